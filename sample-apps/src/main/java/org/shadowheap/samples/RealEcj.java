package org.shadowheap.samples;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;

/**
 * A real application: the batch compiler of Eclipse compiles the sources of two libraries.
 *
 * <p>It makes tens of millions of objects in a few seconds, reads ahead on a second thread, and its output is known to the
 * byte: the digest over all class files must not depend on whether an agent looks on.
 *
 * <p>The sources are the {@code *-sources.jar} files in the folder {@code sources} beside the jar of the samples, or in the
 * folder that the system property {@value #SOURCES_PROPERTY} names.
 */
final class RealEcj {

    /** Names a folder with jars of sources. */
    static final String SOURCES_PROPERTY = "shadowheap.samples.sources";

    /** The result with the compiler and the libraries that the build pins, on every JDK. */
    static final String RESULT = "sources=618 classes=1001 bytes=3500717"
            + " sha256=e32a20bf1f1ba7cb5e9794eea399adce2cee47528037f381cf2b9beb1da3e594";

    private RealEcj() {}

    /** Compiles as many times as the argument says, once without one, and prints what the last compilation made. */
    static String run(List<String> arguments) throws IOException {
        int times = times(arguments);
        Path folder = Files.createTempDirectory("real-ecj");
        try {
            Path sources = Files.createDirectory(folder.resolve("src"));
            int count = 0;
            for (Path jar : sourceJars()) {
                count += SourceJar.unpack(jar, sources);
            }
            String result = "";
            for (int i = 0; i < times; i++) {
                Path classes = Files.createDirectory(folder.resolve("classes-" + i));
                compile(sources, classes);
                result = ClassDigest.of(classes).toString();
                delete(classes);
            }
            return "sources=" + count + " " + result;
        } finally {
            delete(folder);
        }
    }

    private static int times(List<String> arguments) {
        String times = arguments.isEmpty() ? "1" : arguments.get(0);
        if (arguments.size() > 1 || !times.matches("[1-9][0-9]{0,3}")) {
            throw new IllegalArgumentException(
                    "TIMES must be one number from 1 to 9999: TIMES=" + String.join(" ", arguments));
        }
        return Integer.parseInt(times);
    }

    private static List<Path> sourceJars() throws IOException {
        Path folder = sourceFolder();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                List<Path> jars = files.filter(file -> file.toString().endsWith("-sources.jar"))
                        .sorted()
                        .toList();
                if (!jars.isEmpty()) {
                    return jars;
                }
            }
        }
        throw new IllegalArgumentException(
                SOURCES_PROPERTY + " must name a folder with *-sources.jar files: " + SOURCES_PROPERTY + "=" + folder);
    }

    private static Path sourceFolder() {
        String named = System.getProperty(SOURCES_PROPERTY);
        if (named != null) {
            return Path.of(named);
        }
        try {
            Path jar = Path.of(RealEcj.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return jar.resolveSibling("sources");
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Fails with the compiler's own words if there is an error. */
    private static void compile(Path sources, Path classes) {
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-encoding", "UTF-8"));
        arguments.addAll(List.of("-g", "-nowarn", "-proc:none", "-d", classes.toString(), sources.toString()));
        StringWriter messages = new StringWriter();
        PrintWriter writer = new PrintWriter(messages);
        if (!BatchCompiler.compile(arguments.toArray(String[]::new), writer, writer, null)) {
            throw new IllegalStateException("the sources do not compile: " + messages);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(RealEcj::deleteOne);
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.delete(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
