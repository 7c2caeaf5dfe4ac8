package org.shadowheap.analysis;

import java.util.Arrays;

/** Three counters for each small number, side by side in one array that grows. */
final class Counts {

    private static final int STORES = 0;
    private static final int OLD_TO_YOUNG = 1;
    private static final int PAGES_DIRTIED = 2;
    private static final int WIDTH = 3;

    private long[] counts = new long[256 * WIDTH];

    void add(int index, boolean oldToYoung, boolean pageDirtied) {
        int at = index * WIDTH;
        if (at >= counts.length) {
            grow(at);
        }
        counts[at + STORES]++;
        if (oldToYoung) {
            counts[at + OLD_TO_YOUNG]++;
        }
        if (pageDirtied) {
            counts[at + PAGES_DIRTIED]++;
        }
    }

    private void grow(int at) {
        counts = Arrays.copyOf(counts, Math.max(2 * counts.length, at + WIDTH));
    }

    /** Every index that was counted is below it. */
    int limit() {
        return counts.length / WIDTH;
    }

    long stores(int index) {
        return counts[index * WIDTH + STORES];
    }

    long oldToYoung(int index) {
        return counts[index * WIDTH + OLD_TO_YOUNG];
    }

    long pagesDirtied(int index) {
        return counts[index * WIDTH + PAGES_DIRTIED];
    }
}
