package org.shadowheap.barrier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shadowheap.event.layout.EventRecord;

/** The permutation between ids and hashes; it touches no object. */
class IdentityTest {

    private static final int MILLION = 1_000_000;

    @Test
    void unmixUndoesMixAndNoIdBecomesZero() {
        long seed = 20250101;
        Random random = new Random(seed);
        for (int i = 0; i < MILLION; i++) {
            assertThereAndBack(1 + random.nextInt(EventRecord.MAX_ID), seed);
            assertThereAndBack(i + 1, seed);
            assertThereAndBack(EventRecord.MAX_ID - i, seed);
        }
        for (int bit = 0; bit < 31; bit++) {
            assertThereAndBack(1 << bit, seed);
        }
    }

    private static void assertThereAndBack(int id, long seed) {
        int hash = Identity.mix(id);
        if (hash <= 0 || Identity.unmix(hash) != id || Identity.mix(Identity.unmix(id)) != id) {
            throw new AssertionError("id=" + id + " hash=" + hash + " back=" + Identity.unmix(hash) + " seed=" + seed);
        }
    }

    @Test
    void zeroStandsForNoIdAndNoHash() {
        assertEquals(0, Identity.mix(0));
        assertEquals(0, Identity.unmix(0));
        assertNotEquals(0, Identity.unmix(EventRecord.MAX_ID));
    }

    @Test
    void noTwoOfManyIdsHaveTheSameHash() {
        BitSet seen = new BitSet();
        for (int id = 1; id <= MILLION; id++) {
            int hash = Identity.mix(id);
            assertTrue(!seen.get(hash), () -> "hash=" + hash);
            seen.set(hash);
        }
    }

    /**
     * An IdentityHashMap probes linearly from {@code (h << 1) - (h << 8)}, at most two thirds full. For random hashes a
     * key is found after about (1 + 1/(1 - 2/3)) / 2 = 2 probes (Knuth, The Art of Computer Programming 3, 6.4).
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 1024, 5 << 10, 1 << 20, 1 << 30, EventRecord.MAX_ID - 700_000})
    void sequentialIdsSpreadInAnIdentityHashMapAsRandomHashesDo(int first) {
        int slots = 1 << 20;
        int keys = slots * 2 / 3;
        BitSet used = new BitSet(slots);
        long probes = 0;
        for (int id = first; id < first + keys; id++) {
            int hash = Identity.mix(id);
            int slot = ((hash << 1) - (hash << 8) >> 1) & slots - 1;
            probes++;
            while (used.get(slot)) {
                slot = slot + 1 & slots - 1;
                probes++;
            }
            used.set(slot);
        }
        double mean = (double) probes / keys;
        assertTrue(mean < 2.2, () -> "mean=" + mean);
    }

    /** A HashMap of keys without a hashCode of their own folds the upper half in and takes the low bits. */
    @ParameterizedTest
    @ValueSource(ints = {1, 1 << 20, 1 << 30})
    void sequentialIdsSpreadInAHashMap(int first) {
        int buckets = 1 << 16;
        int[] sizes = new int[buckets];
        int longest = 0;
        for (int id = first; id < first + buckets; id++) {
            int hash = Identity.mix(id);
            int bucket = (hash ^ hash >>> 16) & buckets - 1;
            longest = Math.max(longest, ++sizes[bucket]);
        }
        int most = longest;
        assertTrue(most <= 12, () -> "longest=" + most);
    }
}
