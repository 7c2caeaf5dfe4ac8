package org.shadowheap.samples;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The sources that samples work on: the {@code *-sources.jar} files in the folder {@code sources} beside the jar of the
 * samples, or in the folder that the system property {@value #PROPERTY} names.
 */
final class SourceJars {

    /** Names a folder with jars of sources. */
    static final String PROPERTY = "shadowheap.samples.sources";

    private SourceJars() {}

    /** All of them, in the order of their names. */
    static List<Path> find() throws IOException {
        Path folder = folder();
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
                PROPERTY + " must name a folder with *-sources.jar files: " + PROPERTY + "=" + folder);
    }

    /** Whether they are others than those of the build, of which results are known. */
    static boolean areOthers() {
        return System.getProperty(PROPERTY) != null;
    }

    private static Path folder() {
        String named = System.getProperty(PROPERTY);
        if (named != null) {
            return Path.of(named);
        }
        try {
            Path jar = Path.of(SourceJars.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return jar.resolveSibling("sources");
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
