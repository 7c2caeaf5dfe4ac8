package org.shadowheap.testing;

import java.util.concurrent.atomic.AtomicLongArray;

/** Counts what {@link CountingAgent} has put calls of into a program. Any thread; no store of a reference. */
public final class StoreCounter {

    private static final AtomicLongArray COUNTS = new AtomicLongArray(1 << 19);

    private StoreCounter() {}

    /** A store was made. */
    public static void count(int site) {
        COUNTS.getAndIncrement(site);
    }

    /** Elements are about to be copied: as many as fit, or none at all if the copy throws before the first. */
    public static void count(Object source, int from, Object array, int to, int length, int site) {
        if (source instanceof Object[] elements && array instanceof Object[] target) {
            boolean inBounds = from >= 0
                    && to >= 0
                    && length >= 0
                    && from <= elements.length - length
                    && to <= target.length - length;
            int fit = 0;
            while (inBounds && fit < length && fits(elements[from + fit], target)) {
                fit++;
            }
            COUNTS.getAndAdd(site, fit);
        }
    }

    private static boolean fits(Object element, Object[] target) {
        return element == null || target.getClass().getComponentType().isInstance(element);
    }

    /** As {@link #count(int)}, if the array is one of references. */
    public static void count(Object array, int site) {
        if (array instanceof Object[]) {
            count(site);
        }
    }

    static long counted(int site) {
        return COUNTS.get(site);
    }
}
