package org.shadowheap.samples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Some lines of a source file, which are found as one.
 *
 * @param number counts the passages of all files
 * @param name file and number of the first line
 */
record Passage(int number, String name, String text) {

    private static final int LINES = 25;

    /** All passages of all sources in jars, in the order of the jars and of the names in them. */
    static List<Passage> of(List<Path> jars) throws IOException {
        List<Passage> passages = new ArrayList<>();
        for (Path jar : jars) {
            sources(jar)
                    .forEach((name, text) -> addAll(passages, name, text.lines().toList()));
        }
        return List.copyOf(passages);
    }

    private static void addAll(List<Passage> passages, String name, List<String> lines) {
        for (int first = 0; first < lines.size(); first += LINES) {
            List<String> some = lines.subList(first, Math.min(first + LINES, lines.size()));
            passages.add(new Passage(passages.size(), name + ":" + (first + 1), String.join("\n", some)));
        }
    }

    private static Map<String, String> sources(Path jar) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(".java")) {
                    sources.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return sources;
    }
}
