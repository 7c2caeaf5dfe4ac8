package org.shadowheap.targets;

/** Stores more and more often from one {@code System.gc()} to the next, from its first moment on, and never waits. */
public final class StoresBetweenCollections {

    /** How often it collects. */
    public static final int TIMES = 6;

    /** Stores before the first time; before the second twice as many, before the third three times. */
    public static final int STORES = 200_000;

    private static final Object[] SLOTS = new Object[64];

    private StoresBetweenCollections() {}

    public static void main(String[] args) {
        for (int time = 1; time <= TIMES; time++) {
            store(time * STORES);
            System.gc();
        }
        store(STORES);
        System.out.println("stored");
    }

    private static void store(int times) {
        Object value = new Object();
        for (int i = 0; i < times; i++) {
            SLOTS[i % SLOTS.length] = value;
        }
    }
}
