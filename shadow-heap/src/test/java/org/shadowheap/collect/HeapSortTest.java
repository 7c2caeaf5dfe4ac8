package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.shadowheap.memory.NativeIntList;
import org.shadowheap.memory.NativeMemory;

class HeapSortTest {

    @Test
    void sortsWhateverItIsGiven() {
        for (int size = 0; size < 200; size++) {
            for (int bound : new int[] {1, 3, Integer.MAX_VALUE}) {
                int[] numbers =
                        new SplittableRandom(size).ints(size, -bound, bound).toArray();
                int[] expected = numbers.clone();
                Arrays.sort(expected);
                assertArrayEquals(expected, sorted(numbers));
            }
        }
    }

    private static int[] sorted(int[] numbers) {
        try (NativeIntList list = new NativeIntList(new NativeMemory())) {
            for (int number : numbers) {
                list.add(number);
            }
            HeapSort.ascending(list);
            return IntStream.range(0, list.size()).map(list::get).toArray();
        }
    }
}
