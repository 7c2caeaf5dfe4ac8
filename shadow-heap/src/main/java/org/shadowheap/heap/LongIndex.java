package org.shadowheap.heap;

import java.util.Arrays;

/**
 * A map from long to int, open addressing with linear probing, removal by shifting back. Makes garbage only when it
 * grows. One thread at a time.
 */
final class LongIndex {

    /** What {@link #get} answers for a key that is not there. */
    static final int ABSENT = -1;

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private long[] keys = new long[16];
    private int[] values = new int[16];
    private int size;

    LongIndex() {
        Arrays.fill(values, ABSENT);
    }

    int size() {
        return size;
    }

    int get(long key) {
        for (int i = home(key); values[i] != ABSENT; i = next(i)) {
            if (keys[i] == key) {
                return values[i];
            }
        }
        return ABSENT;
    }

    /** Maps a key to a value from 0 up. */
    void put(long key, int value) {
        int i = home(key);
        while (values[i] != ABSENT && keys[i] != key) {
            i = next(i);
        }
        boolean added = values[i] == ABSENT;
        keys[i] = key;
        values[i] = value;
        if (added && ++size * 2 > keys.length) {
            grow();
        }
    }

    void remove(long key) {
        int hole = home(key);
        while (values[hole] != ABSENT && keys[hole] != key) {
            hole = next(hole);
        }
        if (values[hole] == ABSENT) {
            return;
        }
        size--;
        int mask = keys.length - 1;
        for (int i = next(hole); values[i] != ABSENT; i = next(i)) {
            if ((i - home(keys[i]) & mask) >= (i - hole & mask)) {
                keys[hole] = keys[i];
                values[hole] = values[i];
                hole = i;
            }
        }
        values[hole] = ABSENT;
    }

    void clear() {
        if (size > 0) {
            Arrays.fill(values, ABSENT);
            size = 0;
        }
    }

    private int home(long key) {
        return home(key, keys.length);
    }

    /** Where a key belongs in a table of so many slots, a power of two: the highest bits are those that depend on all others. */
    static int home(long key, int slots) {
        return (int) (key * GOLDEN >>> 64 - Integer.numberOfTrailingZeros(slots));
    }

    private int next(int i) {
        return i + 1 & keys.length - 1;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new int[keys.length];
        Arrays.fill(values, ABSENT);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != ABSENT) {
                int to = home(oldKeys[i]);
                while (values[to] != ABSENT) {
                    to = next(to);
                }
                keys[to] = oldKeys[i];
                values[to] = oldValues[i];
            }
        }
    }
}
