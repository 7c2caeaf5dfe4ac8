package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shadowheap.collect.ScriptedMutator.BYTES;
import static org.shadowheap.collect.ScriptedMutator.LEFT;
import static org.shadowheap.collect.ScriptedMutator.REFERENCES;
import static org.shadowheap.collect.ScriptedMutator.RIGHT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.shadowheap.heap.Generation;

/** What a heap takes from the operating system, and that it does not grow with time. */
class NativeMemoryOfAHeapTest {

    private static final int WARM_UP_CYCLES = 10;
    private static final int CYCLES = 10_000;
    private static final int ARRAYS = 10;
    private static final int GIBIBYTE = 1 << 30;
    private static final int MEBIBYTE = 1 << 20;

    @Test
    void nativeMemoryIsBackAtItsStartAfterTenThousandCycles() {
        ScriptedMutator mutator = new ScriptedMutator(ScriptedMutator.configuration(2));
        try (mutator) {
            int old = mutator.oldNode();
            for (int cycle = 0; cycle < WARM_UP_CYCLES; cycle++) {
                cycle(mutator, old);
            }
            long before = mutator.heap.usedBytes();
            long promoted = mutator.heap.figures().oldBytes();
            long clock = mutator.heap.figures().clockBytes();
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                cycle(mutator, old);
            }
            assertEquals(before, mutator.heap.usedBytes());
            assertEquals(promoted, mutator.heap.figures().oldBytes(), "nothing is left of a cycle but garbage");
            assertTrue(mutator.heap.figures().clockBytes() - clock > 4L * CYCLES * ScriptedMutator.NODE_BYTES);
        }
        assertEquals(0, mutator.heap.usedBytes());
    }

    /** Its payload is never looked at, so it is nowhere. */
    @Test
    void arrayOfAGibibyteCostsLessThanAMebibyte() throws IOException {
        try (ScriptedMutator mutator = new ScriptedMutator(ScriptedMutator.configuration(1))) {
            long smallestGrowth = Long.MAX_VALUE;
            for (int i = 0; i < ARRAYS; i++) {
                long used = mutator.heap.usedBytes();
                long resident = residentBytes();
                int array = i % 2 == 0 ? mutator.met(BYTES, GIBIBYTE) : mutator.born(BYTES, GIBIBYTE);
                assertEquals(GIBIBYTE + 16, mutator.heap.bytesOf(array));
                assertTrue(mutator.heap.usedBytes() - used < MEBIBYTE, "array=" + i);
                smallestGrowth = Math.min(smallestGrowth, residentBytes() - resident);
            }
            mutator.collectWithoutEvidence();
            // Compiler threads and the like make resident memory grow as well, but not each time.
            assertTrue(smallestGrowth < MEBIBYTE, "smallestGrowth=" + smallestGrowth);
        }
    }

    /** Resident memory of this process, 0 where the operating system does not say. */
    private static long residentBytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmRSS:")) {
                return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return 0;
    }

    /** An array, its element and a node survive one collection and are garbage at the next; the rest at once. */
    private static void cycle(ScriptedMutator mutator, int old) {
        int array = mutator.born(REFERENCES, 10);
        int element = mutator.node();
        mutator.heap.arrayStore(array, 9, element, 1);
        mutator.set(old, LEFT, array);
        mutator.set(old, RIGHT, mutator.born(BYTES, 100));
        for (int i = 0; i < 20; i++) {
            mutator.node();
        }
        mutator.collectWithoutEvidence();
        assertEquals(Generation.AGEING, mutator.heap.generationOf(element));
        assertEquals(Generation.DEAD, mutator.heap.generationOf(element + 2));
    }
}
