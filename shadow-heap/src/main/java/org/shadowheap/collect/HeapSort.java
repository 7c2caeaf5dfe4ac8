package org.shadowheap.collect;

import org.shadowheap.memory.NativeIntList;

/**
 * Sorts numbers in native memory. {@code java.util.Arrays} does so too, but from JDK 22 on links lambdas while it does, each when it first
 * needs it: a drain must link nothing.
 *
 * <p>Heapsort: Williams, Algorithm 232, CACM 7(6), 1964. In place, O(n log n).
 */
final class HeapSort {

    private HeapSort() {}

    static void ascending(NativeIntList numbers) {
        for (int root = numbers.size() / 2 - 1; root >= 0; root--) {
            siftDown(numbers, root, numbers.size());
        }
        for (int end = numbers.size() - 1; end > 0; end--) {
            int largest = numbers.get(0);
            numbers.set(0, numbers.get(end));
            numbers.set(end, largest);
            siftDown(numbers, 0, end);
        }
    }

    /** Lets the number at {@code from} sink to its place in the heap of the first {@code size} numbers. */
    private static void siftDown(NativeIntList numbers, int from, int size) {
        int number = numbers.get(from);
        int at = from;
        for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && numbers.get(child + 1) > numbers.get(child)) {
                child++;
            }
            if (numbers.get(child) <= number) {
                break;
            }
            numbers.set(at, numbers.get(child));
            at = child;
        }
        numbers.set(at, number);
    }
}
