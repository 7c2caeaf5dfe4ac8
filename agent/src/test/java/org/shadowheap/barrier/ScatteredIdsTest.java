package org.shadowheap.barrier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shadowheap.event.layout.EventRecord;
import org.shadowheap.event.layout.IdOrder;

/** The order in which blocks hand out their ids, which an application's hash tables see. */
class ScatteredIdsTest {

    private static final int[] FIRST = {IdBlocks.SIZE, 5 << 10, 1 << 20, 1 << 29};
    private static final int[] KEYS = {1_000, 5_000, 40_000, 87_000, 170_000, 690_000};

    @Test
    void eachIdOfABlockIsHandedOutOnce() {
        for (int first : new int[] {IdBlocks.SIZE, 77 << IdBlocks.SHIFT, 1 << 30, EventRecord.MAX_ID - 1023}) {
            BitSet seen = new BitSet();
            for (int i = 0; i < IdBlocks.SIZE; i++) {
                int id = IdOrder.scattered(first + i);
                assertEquals(first >>> IdBlocks.SHIFT, id >>> IdBlocks.SHIFT, () -> "id=" + id);
                seen.set(id - first);
            }
            assertEquals(IdBlocks.SIZE, seen.cardinality());
        }
    }

    /**
     * An IdentityHashMap probes linearly from {@code (h << 1) - (h << 8)}, at most two thirds full. For random hashes a
     * key is found after about (1 + 1/(1 - 2/3)) / 2 = 2 probes (Knuth, The Art of Computer Programming 3, 6.4).
     */
    @ParameterizedTest(name = "every {0}th object is a key")
    @ValueSource(ints = {1, 2, 3, 5, 8, 16, 31, 32, 64, 100, 128, 256, 1_000, 1_023, 1_024, 1_025, 2_048, 3_072})
    void keysSpreadInAnIdentityHashMap(int stride) {
        double worst = 0;
        for (int keys : KEYS) {
            int slots = Integer.highestOneBit(keys * 3 / 2) * 2;
            for (int first : FIRST) {
                worst = Math.max(worst, meanProbes(slots, keys, first, stride));
            }
        }
        double mean = worst;
        assertTrue(mean < 8, () -> "mean=" + mean);
    }

    private static double meanProbes(int slots, int keys, int first, int stride) {
        BitSet used = new BitSet(slots);
        long probes = 0;
        for (int i = 0; i < keys; i++) {
            int hash = IdOrder.scattered(first + i * stride);
            int slot = ((hash << 1) - (hash << 8) >> 1) & slots - 1;
            probes++;
            while (used.get(slot)) {
                slot = slot + 1 & slots - 1;
                probes++;
            }
            used.set(slot);
        }
        return (double) probes / keys;
    }

    /** A HashMap of keys without a hashCode of their own folds the upper half in and takes the low bits. */
    @ParameterizedTest(name = "every {0}th object is a key")
    @ValueSource(ints = {1, 2, 3, 5, 8, 16, 31, 32, 64, 100, 128, 256, 1_000, 1_023, 1_024, 1_025, 2_048, 3_072})
    void keysSpreadInAHashMap(int stride) {
        for (int keys : KEYS) {
            int buckets = Integer.highestOneBit(keys * 4 / 3) * 2;
            for (int first : FIRST) {
                int[] sizes = new int[buckets];
                for (int i = 0; i < keys; i++) {
                    int hash = IdOrder.scattered(first + i * stride);
                    int size = ++sizes[(hash ^ hash >>> 16) & buckets - 1];
                    assertTrue(size <= 12, "a list of " + size);
                }
            }
        }
    }
}
