package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HeapSortTest {

    @Test
    void sortsWhateverItIsGiven() {
        for (int size = 0; size < 200; size++) {
            for (int bound : new int[] {1, 3, Integer.MAX_VALUE}) {
                int[] numbers =
                        new SplittableRandom(size).ints(size, -bound, bound).toArray();
                int[] expected = numbers.clone();
                Arrays.sort(expected);
                HeapSort.ascending(numbers);
                assertArrayEquals(expected, numbers);
            }
        }
    }
}
