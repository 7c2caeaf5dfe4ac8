package org.shadowheap.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A JDK on this machine.
 *
 * @param home its folder, which holds {@code bin/java}
 * @param feature 17, 21, 25 ...
 */
public record Jdk(Path home, int feature) {

    /** Names the folder of a second JDK. */
    public static final String SECOND_PROPERTY = "shadowheap.second.jdk";

    private static final int OLDEST = 17;

    /** The one that runs the tests. */
    public static Jdk running() {
        return new Jdk(
                Path.of(System.getProperty("java.home")), Runtime.version().feature());
    }

    /**
     * The newest of another version: the one that the system property {@value #SECOND_PROPERTY} names; else one that an
     * environment variable such as {@code JAVA25_HOME}, {@code JAVA_25_HOME} or {@code JAVA_HOME_25_X64} names, or one
     * that is installed beside the running one.
     */
    public static Optional<Jdk> second() {
        String named = System.getProperty(SECOND_PROPERTY);
        if (named != null) {
            return at(Path.of(named));
        }
        return Stream.concat(fromEnvironment(), beside(running().home))
                .flatMap(home -> at(home).stream())
                .filter(jdk -> jdk.feature >= OLDEST && jdk.feature != running().feature)
                .max(Comparator.comparingInt(Jdk::feature));
    }

    /** The running one, and the second if there is one. */
    public static List<Jdk> all() {
        return Stream.concat(Stream.of(running()), second().stream()).toList();
    }

    /** For tests that take long, and of which others ask each JDK: the running one; all with {@code -Dshadowheap.long=true}. */
    public static List<Jdk> enough() {
        return isLong() ? all() : List.of(running());
    }

    /** Whether tests may take long. */
    public static boolean isLong() {
        return Boolean.getBoolean("shadowheap.long");
    }

    public Path java() {
        return launcher(home);
    }

    @Override
    public String toString() {
        return "JDK " + feature;
    }

    private static Stream<Path> fromEnvironment() {
        return System.getenv().entrySet().stream()
                .filter(variable -> variable.getKey().matches("JAVA_?[0-9]+_HOME|JAVA_HOME_[0-9]+.*"))
                .map(Map.Entry::getValue)
                .map(Path::of);
    }

    private static Stream<Path> beside(Path home) {
        Path parent = home.getParent();
        if (parent == null) {
            return Stream.empty();
        }
        try (Stream<Path> siblings = Files.list(parent)) {
            return List.copyOf(siblings.toList()).stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The JDK in a folder, if there is one: its file {@code release} tells the version. */
    private static Optional<Jdk> at(Path home) {
        Path release = home.resolve("release");
        if (!Files.isExecutable(launcher(home)) || !Files.isReadable(release)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(release)) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.substring(line.indexOf('=') + 1).replace("\"", ""))
                    .map(version -> new Jdk(home, Runtime.Version.parse(version).feature()))
                    .findFirst();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Path launcher(Path home) {
        Path unix = home.resolve("bin").resolve("java");
        return Files.exists(unix) ? unix : home.resolve("bin").resolve("java.exe");
    }
}
