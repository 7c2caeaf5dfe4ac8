package org.shadowheap.analysis;

import java.util.Arrays;

/**
 * Numbers the pairs of a site and something else, the type of an array or a caller, as they come: 0, 1, 2. Open addressing over
 * primitives, no removal; the last pair is remembered, because loops store to one array from one site. For one thread.
 */
final class SitePairs {

    /** Pairs by number: site in the high half, the other in the low half. */
    private long[] pairs = new long[64];

    /** Number of the pair plus one, 0 if the slot is free; a power of two, at most half full. */
    private int[] slots = new int[256];

    private int size;
    private long lastPair = -1;
    private int lastIndex;

    int index(int site, int other) {
        long pair = (long) site << 32 | other & 0xffff_ffffL;
        if (pair != lastPair) {
            lastIndex = find(pair);
            lastPair = pair;
        }
        return lastIndex;
    }

    private int find(long pair) {
        int slot = slot(pair);
        int number = slots[slot];
        if (number != 0) {
            return number - 1;
        }
        return insert(pair, slot);
    }

    /** The slot of the pair, or the free one where it belongs. */
    private int slot(long pair) {
        int mask = slots.length - 1;
        int slot = (int) ((pair * 0x9e37_79b9_7f4a_7c15L) >>> 40) & mask;
        while (slots[slot] != 0 && pairs[slots[slot] - 1] != pair) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private int insert(long pair, int slot) {
        if (size == pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * size);
        }
        pairs[size] = pair;
        slots[slot] = ++size;
        if (2 * size > slots.length) {
            rehash();
        }
        return size - 1;
    }

    private void rehash() {
        slots = new int[2 * slots.length];
        for (int number = 1; number <= size; number++) {
            slots[slot(pairs[number - 1])] = number;
        }
    }

    int size() {
        return size;
    }

    int site(int index) {
        return (int) (pairs[index] >>> 32);
    }

    int other(int index) {
        return (int) pairs[index];
    }
}
