package org.shadowheap.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AtomicBitsTest {

    private static final int BITS = 512;

    @Test
    void rangesBehaveLikeThoseOfABitSet() {
        Random random = new Random(1);
        AtomicBits bits = new AtomicBits(BITS);
        BitSet expected = new BitSet();
        for (int i = 0; i < 100_000; i++) {
            int from = random.nextInt(BITS + 1);
            int to = Math.min(BITS, from + random.nextInt(200));
            if (random.nextBoolean()) {
                bits.set(from, to);
                expected.set(from, to);
            } else {
                bits.clear(from, to);
                expected.clear(from, to);
            }
            int low = random.nextInt(BITS);
            int high = low + random.nextInt(BITS - low + 1);
            int next = expected.nextSetBit(low);
            assertEquals(next < 0 ? high : Math.min(high, next), bits.nextSet(low, high));
            assertEquals(Math.min(high, expected.nextClearBit(low)), bits.nextClear(low, high));
            int previous = expected.previousSetBit(high - 1);
            assertEquals(previous < low ? -1 : previous, bits.previousSet(low, high));
            int bit = low & -8;
            assertEquals(expected.nextClearBit(bit) >= bit + 8, bits.areSet(bit, 0xff));
        }
    }
}
