package org.shadowheap.replay;

import java.util.Arrays;

/** Numbers in a row. */
final class IntList {

    private int[] numbers = new int[1024];
    private int size;

    void add(int number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        numbers[size++] = number;
    }

    int get(int place) {
        return numbers[place];
    }

    void set(int place, int number) {
        numbers[place] = number;
    }

    int size() {
        return size;
    }

    /** Forgets all from here on. */
    void truncate(int newSize) {
        size = newSize;
    }
}
