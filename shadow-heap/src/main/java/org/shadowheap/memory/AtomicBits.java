package org.shadowheap.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A fixed number of bits, clear at first. Ranges go from {@code from} up to, not including, {@code to}. Any thread; two
 * threads may change neighbouring ranges at once, not the same.
 */
final class AtomicBits {

    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int WORD_SHIFT = 6;

    private final long[] words;

    AtomicBits(int bits) {
        words = new long[bits >>> WORD_SHIFT];
    }

    /** Whether the bits from this one on that {@code mask} selects, all in one word, are set. */
    boolean areSet(int first, long mask) {
        long wanted = mask << first;
        return (word(first >>> WORD_SHIFT) & wanted) == wanted;
    }

    void set(int from, int to) {
        for (int at = from; at < to; at = (at | 63) + 1) {
            long mask = mask(at, to);
            if (mask == -1) {
                WORD.setVolatile(words, at >>> WORD_SHIFT, -1L);
            } else {
                WORD.getAndBitwiseOr(words, at >>> WORD_SHIFT, mask);
            }
        }
    }

    void clear(int from, int to) {
        for (int at = from; at < to; at = (at | 63) + 1) {
            long mask = mask(at, to);
            if (mask == -1) {
                WORD.setVolatile(words, at >>> WORD_SHIFT, 0L);
            } else {
                WORD.getAndBitwiseAnd(words, at >>> WORD_SHIFT, ~mask);
            }
        }
    }

    /** The first set bit of a range, {@code to} if there is none. */
    int nextSet(int from, int to) {
        return next(from, to, 0);
    }

    /** The first clear bit of a range, {@code to} if there is none. */
    int nextClear(int from, int to) {
        return next(from, to, -1);
    }

    private int next(int from, int to, long inverter) {
        if (from >= to) {
            return to;
        }
        int last = to - 1 >>> WORD_SHIFT;
        int i = from >>> WORD_SHIFT;
        long found = (word(i) ^ inverter) & -1L << from;
        while (found == 0 && i < last) {
            found = word(++i) ^ inverter;
        }
        return found == 0 ? to : Math.min(to, (i << WORD_SHIFT) + Long.numberOfTrailingZeros(found));
    }

    /** The last set bit of a range, -1 if there is none. */
    int previousSet(int from, int to) {
        if (from >= to) {
            return -1;
        }
        int first = from >>> WORD_SHIFT;
        int i = to - 1 >>> WORD_SHIFT;
        long found = word(i) & -1L >>> -to;
        while (found == 0 && i > first) {
            found = word(--i);
        }
        int bit = (i << WORD_SHIFT) + 63 - Long.numberOfLeadingZeros(found);
        return found == 0 || bit < from ? -1 : bit;
    }

    private long word(int index) {
        return (long) WORD.getAcquire(words, index);
    }

    /** The bits of a range that lie in its first word. */
    private static long mask(int from, int to) {
        int end = Math.min(to, (from | 63) + 1);
        return -1L >>> 64 - (end - from) << from;
    }
}
