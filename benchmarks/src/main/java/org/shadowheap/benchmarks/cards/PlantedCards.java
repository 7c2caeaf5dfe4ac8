package org.shadowheap.benchmarks.cards;

/**
 * Dirties a known number of cards between two young collections, a few times, and prints it. For a young generation of 32 MiB at most, whose
 * survivors are old at once.
 */
public final class PlantedCards {

    private static final int TIMES = 3;

    /** No two objects of that many references begin in one card of 512 bytes. */
    private static final int LENGTH = 130;

    private static final int GARBAGE_BYTES = 64 << 10;
    private static final long EDEN_BYTES = 32L << 20;

    /** A JVM tells of a collection when it has time, and agents listen after a moment. */
    private static final long PATIENCE_MILLIS = 1_500;

    /** Stores to it dirty one card more. */
    private static final Object[] GARBAGE = new Object[16];

    private static final Object[][] HOLDERS = new Object[1 << 20][];

    private PlantedCards() {}

    public static void main(String[] arguments) throws InterruptedException {
        int cards = Integer.parseInt(arguments[0]);
        for (int i = 0; i < cards; i++) {
            HOLDERS[i] = new Object[LENGTH];
        }
        Thread.sleep(PATIENCE_MILLIS);
        collect();
        collect();
        for (int time = 0; time < TIMES; time++) {
            for (int i = 0; i < cards; i++) {
                HOLDERS[i][LENGTH / 2] = new int[] {i};
            }
            collect();
            collect();
        }
        System.out.println(cards);
    }

    /** Fills eden once and a little more: one collection at least, two at most. */
    private static void collect() throws InterruptedException {
        for (int i = 0; (long) i * GARBAGE_BYTES < EDEN_BYTES; i++) {
            GARBAGE[i % GARBAGE.length] = new byte[GARBAGE_BYTES];
        }
        Thread.sleep(PATIENCE_MILLIS / 3);
    }
}
