package org.shadowheap.samples;

/**
 * Sample 02: one store makes a large old array dirty as a whole.
 *
 * <p>The array has {@value #LENGTH} elements and is old. Now and then one element gets a young value. A collector that
 * remembers <em>objects</em> must then scan all elements to find the one; a collector that remembers <em>cards</em>
 * scans the few hundred bytes around it. The shadow heap with its default remembered set traces a large object as one
 * unit, so the report shows few old-to-young stores, one dirty object in each minor collection, and a high cost for
 * it.
 *
 * <p>What would help: an array of small arrays, so that a store dirties a small one.
 */
final class S02LargeArray {

    /** Elements of the array: 4 MiB with 4-byte references. */
    static final int LENGTH = 1 << 20;

    /** Stores to an element of the array in {@link #update}, all of them old-to-young. */
    static final int UPDATES = 600;

    /** Bytes of garbage between two updates. 600 updates allocate 300 MiB: about 19 nurseries of 16 MiB. */
    static final int GARBAGE_BYTES = 512 << 10;

    /** Bytes of garbage before the first update: two nurseries of 16 MiB, after which the array is old. */
    static final int SETTLING_BYTES = 32 << 20;

    private static final Object[] TABLE = new Object[LENGTH];

    private S02LargeArray() {}

    static String run() {
        long garbage = Garbage.make(SETTLING_BYTES);
        for (int i = 0; i < UPDATES; i++) {
            update(i);
            garbage += Garbage.make(GARBAGE_BYTES);
        }
        return "updates=" + UPDATES + " garbage=" + garbage + " sum=" + sum();
    }

    /** The store that the sample is about: elements that lie far from each other, one after the other. */
    private static void update(int i) {
        TABLE[i * 7_919 % LENGTH] = new int[] {i};
    }

    private static long sum() {
        long sum = 0;
        for (Object element : TABLE) {
            if (element instanceof int[] number) {
                sum += number[0];
            }
        }
        return sum;
    }
}
