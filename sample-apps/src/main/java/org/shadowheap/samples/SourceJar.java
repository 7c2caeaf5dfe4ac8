package org.shadowheap.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A jar of Java sources. */
final class SourceJar {

    private SourceJar() {}

    /**
     * Unpacks the sources of a jar; {@code module-info.java} stays behind, so that several jars make one unnamed module.
     *
     * @return how many sources there were
     */
    static int unpack(Path jar, Path folder) throws IOException {
        int count = 0;
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (!entry.getName().endsWith(".java") || file.endsWith("module-info.java")) {
                    continue;
                }
                if (!file.startsWith(folder)) {
                    throw new IOException("an entry leads out of the folder: jar=" + jar + " entry=" + entry.getName());
                }
                Path parent = file.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                Files.copy(zip, file);
                count++;
            }
        }
        return count;
    }
}
