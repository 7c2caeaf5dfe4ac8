package org.shadowheap.samples;

import static org.shadowheap.samples.Bounds.atLeast;
import static org.shadowheap.samples.Bounds.atMost;
import static org.shadowheap.samples.Bounds.exactly;
import static org.shadowheap.samples.Bounds.nearly;

import java.util.List;

/**
 * Sample 02: one store makes a large old array dirty as a whole.
 *
 * <p>The array has {@value #LENGTH} elements and is old. Now and then one element gets a young value. A collector that
 * remembers <em>objects</em> must then scan all elements to find the one; a collector that remembers <em>cards</em>
 * scans the few hundred bytes around it. The shadow heap with its default remembered set traces a large object as one
 * unit, so the report shows few old-to-young stores, one dirty object in each minor collection, and millions of slots
 * scanned for it.
 *
 * <p>The fix: an array of small arrays. There are as many old-to-young stores, and each makes a small array dirty.
 */
final class S02LargeArray {

    /** Elements of the array: 4 MiB with 4-byte references. */
    static final int LENGTH = 1 << 20;

    /** Elements of a small array. */
    static final int SMALL_LENGTH = 1 << 8;

    /** Stores to an element, all of them old-to-young. */
    static final int UPDATES = 600;

    /** Bytes of garbage between two updates. 600 updates allocate 150 MiB: about 9 nurseries of 16 MiB. */
    static final int GARBAGE_BYTES = 256 << 10;

    /** Minor collections while elements are updated, at most. */
    static final long COLLECTIONS = Garbage.collections(UPDATES * (GARBAGE_BYTES + (32L << 10)));

    private S02LargeArray() {}

    /** Slots scanned are of the whole program, so the bounds leave room for what else there is. */
    static List<Figure> figures(boolean fixed) {
        Class<?> table = fixed ? Small.class : Large.class;
        return List.of(
                Figure.site(table, "update", "stores", exactly(UPDATES)),
                Figure.site(table, "update", "oldToYoung", nearly(UPDATES, COLLECTIONS)),
                Figure.site(
                        table, "update", "pagesDirtied", fixed ? atLeast(UPDATES / 10) : new Bounds(4, COLLECTIONS)),
                Figure.minor("slotsScanned", fixed ? atMost(5L * LENGTH) : atLeast(7L * LENGTH)));
    }

    /** Where the elements are. */
    private interface Table {

        /** The store that the sample is about. */
        void update(int index, int[] value);

        Object get(int index);
    }

    private static final class Large implements Table {
        private final Object[] elements = new Object[LENGTH];

        @Override
        public void update(int index, int[] value) {
            elements[index] = value;
        }

        @Override
        public Object get(int index) {
            return elements[index];
        }
    }

    private static final class Small implements Table {
        private final Object[][] parts = new Object[LENGTH / SMALL_LENGTH][SMALL_LENGTH];

        @Override
        public void update(int index, int[] value) {
            parts[index / SMALL_LENGTH][index % SMALL_LENGTH] = value;
        }

        @Override
        public Object get(int index) {
            return parts[index / SMALL_LENGTH][index % SMALL_LENGTH];
        }
    }

    static String run(boolean fixed) {
        Table table = fixed ? new Small() : new Large();
        long garbage = Garbage.settle();
        for (int i = 0; i < UPDATES; i++) {
            // Elements that lie far from each other, one after the other.
            table.update(i * 7_919 % LENGTH, new int[] {i});
            garbage += Garbage.make(GARBAGE_BYTES);
        }
        return "updates=" + UPDATES + " garbage=" + garbage + " sum=" + sum(table);
    }

    private static long sum(Table table) {
        long sum = 0;
        for (int i = 0; i < LENGTH; i++) {
            if (table.get(i) instanceof int[] number) {
                sum += number[0];
            }
        }
        return sum;
    }
}
