package org.shadowheap.heap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongIndexTest {

    @Test
    void behavesLikeAHashMapUnderRandomPutsAndRemovals() {
        Random random = new Random(1);
        LongIndex index = new LongIndex();
        Map<Long, Integer> map = new HashMap<>();
        for (int i = 0; i < 100_000; i++) {
            long key = random.nextInt(200) * (1L << 32);
            if (random.nextInt(3) > 0) {
                index.put(key, i);
                map.put(key, i);
            } else {
                index.remove(key);
                map.remove(key);
            }
            long other = random.nextInt(200) * (1L << 32);
            assertEquals(map.getOrDefault(other, LongIndex.ABSENT), index.get(other));
            assertEquals(map.size(), index.size());
        }
    }

    /** Elements of a large array, say: they must not crowd into a part of a large table. */
    @Test
    void neighbouringKeysHaveHomesAllOverATableOfAnySize() {
        for (int slots = 16; slots <= 1 << 28; slots *= 2) {
            boolean[] parts = new boolean[16];
            for (int i = 0; i < 1000; i++) {
                parts[(int) (16L * LongIndex.home(7L << 32 | i, slots) / slots)] = true;
            }
            for (boolean part : parts) {
                assertTrue(part, "slots=" + slots);
            }
        }
    }
}
