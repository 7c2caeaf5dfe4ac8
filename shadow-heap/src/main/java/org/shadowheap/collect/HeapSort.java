package org.shadowheap.collect;

/**
 * Sorts numbers. {@code java.util.Arrays} does so too, but from JDK 22 on links lambdas while it does, each when it first
 * needs it: a drain must link nothing.
 *
 * <p>Heapsort: Williams, Algorithm 232, CACM 7(6), 1964. In place, O(n log n).
 */
final class HeapSort {

    private HeapSort() {}

    static void ascending(int[] numbers) {
        for (int root = numbers.length / 2 - 1; root >= 0; root--) {
            siftDown(numbers, root, numbers.length);
        }
        for (int end = numbers.length - 1; end > 0; end--) {
            int largest = numbers[0];
            numbers[0] = numbers[end];
            numbers[end] = largest;
            siftDown(numbers, 0, end);
        }
    }

    /** Lets the number at {@code from} sink to its place in the heap of the first {@code size} numbers. */
    private static void siftDown(int[] numbers, int from, int size) {
        int number = numbers[from];
        int at = from;
        for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && numbers[child + 1] > numbers[child]) {
                child++;
            }
            if (numbers[child] <= number) {
                break;
            }
            numbers[at] = numbers[child];
            at = child;
        }
        numbers[at] = number;
    }
}
