package org.shadowheap.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a compiler made, in one line.
 *
 * @param classes number of class files
 * @param bytes their size in bytes
 * @param sha256 digest over names and contents, in the order of the names
 */
record ClassDigest(int classes, long bytes, String sha256) {

    /** Reads every class file below a folder. */
    static ClassDigest of(Path folder) throws IOException {
        Digest digest = new Digest();
        int classes = 0;
        long bytes = 0;
        for (String name : names(folder)) {
            byte[] content = Files.readAllBytes(folder.resolve(name));
            digest.add(name);
            digest.add(content);
            classes++;
            bytes += content.length;
        }
        return new ClassDigest(classes, bytes, digest.hex());
    }

    /** Relative names with slashes, the same on every system. */
    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public String toString() {
        return "classes=" + classes + " bytes=" + bytes + " sha256=" + sha256;
    }
}
