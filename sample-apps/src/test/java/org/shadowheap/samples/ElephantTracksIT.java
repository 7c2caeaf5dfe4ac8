package org.shadowheap.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/**
 * The trace of a sample in the form of Elephant Tracks, read by somebody who knows that form alone: each object is allocated once,
 * before it is mentioned, and dies once at most, after it is mentioned last; and what lives refers to what lives.
 */
class ElephantTracksIT {

    private static final String AGENT = System.getProperty("shadowheap.jar");
    private static final String SAMPLES = System.getProperty("shadowheap.samples.jar");

    /** Slots of weak references that keep the id of what was collected, and what races: some of millions. */
    private static final int FEW = 1_000;

    @TempDir
    private Path folder;

    /** Targets by slot, of each object that lives. */
    private final Map<Integer, Map<Integer, Integer>> living = new HashMap<>();

    private final Set<Integer> dead = new HashSet<>();
    private final Set<String> types = new HashSet<>();
    private long otherOldTargets;

    @Test
    void anIndependentReaderCanRebuildWhatLives() throws Exception {
        Path trace = folder.resolve("run.shtrace");
        Path report = folder.resolve("live.json");
        Path lines = folder.resolve("run.et");
        run(List.of("-javaagent:" + AGENT + "=trace=" + trace + ",report=" + report, "-jar", SAMPLES, "01"));
        ChildJvm export =
                run(List.of("-jar", AGENT, "export", trace.toString(), "--format", "et", "--output", lines.toString()));
        try (Stream<String> each = Files.lines(lines)) {
            each.forEach(this::read);
        }
        assertEquals(lines + ": " + count(lines) + " lines" + System.lineSeparator(), export.out());
        assertTrue(types.contains("Lorg/shadowheap/samples/S01LruCache$Entry;"), () -> "types: " + types.size());
        long objects = Json.number(Json.read(report), "fidelity", "idsUsed");
        long exported = living.size() + (long) dead.size();
        // Two threads that meet an object both say so, and then it counts twice.
        assertTrue(exported <= objects && exported > objects - FEW, "objects=" + objects + " exported=" + exported);
        assertTrue(dead.size() > 500_000, "dead=" + dead.size());
        long dangling = living.values().stream()
                .flatMap(slots -> slots.values().stream())
                .filter(dead::contains)
                .count();
        assertTrue(dangling < FEW, "dangling=" + dangling);
        assertTrue(otherOldTargets < FEW, "other old targets=" + otherOldTargets);
    }

    private ChildJvm run(List<String> arguments) throws Exception {
        return ChildJvm.run(Jdk.running(), folder, arguments).succeeded();
    }

    private static long count(Path lines) throws IOException {
        try (Stream<String> each = Files.lines(lines)) {
            return each.count();
        }
    }

    private void read(String line) {
        String[] token = line.split(" ", -1);
        switch (token[0]) {
            case "A", "N", "P", "V" -> {
                boolean isNew = !dead.contains(id(token[1])) && living.put(id(token[1]), new HashMap<>()) == null;
                assertTrue(isNew, line);
                assertEquals(token[3].startsWith("[") ? 7 : 6, token.length, line);
                types.add(token[3]);
            }
            case "U" -> update(line, id(token[1]), id(token[2]), id(token[3]), id(token[4]));
            case "R" -> assertTrue(living.containsKey(id(token[1])), line);
            case "D" -> {
                assertTrue(living.remove(id(token[1])) != null, line);
                dead.add(id(token[1]));
            }
            default -> throw new AssertionError(line);
        }
    }

    private void update(String line, int oldTarget, int object, int newTarget, int slot) {
        Map<Integer, Integer> slots = living.get(object);
        assertTrue(slots != null && (newTarget == 0 || living.containsKey(newTarget)), line);
        Integer before = slots.put(slot, newTarget);
        if (oldTarget != (before == null ? 0 : before)) {
            otherOldTargets++;
        }
    }

    private static int id(String hexadecimal) {
        return Integer.parseInt(hexadecimal, 16);
    }
}
