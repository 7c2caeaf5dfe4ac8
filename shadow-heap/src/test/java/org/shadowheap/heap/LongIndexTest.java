package org.shadowheap.heap;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
