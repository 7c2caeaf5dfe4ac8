package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shadowheap.collect.ScriptedMutator.BYTES;
import static org.shadowheap.collect.ScriptedMutator.LEFT;
import static org.shadowheap.collect.ScriptedMutator.REFERENCES;
import static org.shadowheap.collect.ScriptedMutator.RIGHT;

import org.junit.jupiter.api.Test;
import org.shadowheap.heap.Generation;

/** What a heap takes from the operating system, and that it does not grow with time. */
class NativeMemoryOfAHeapTest {

    private static final int WARM_UP_CYCLES = 10;
    private static final int CYCLES = 10_000;

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
