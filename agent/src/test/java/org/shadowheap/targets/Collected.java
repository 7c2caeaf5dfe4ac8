package org.shadowheap.targets;

/** Makes garbage until the JVM has collected a few times, at least once all of its heap; for a heap of 64 MiB or less. */
public final class Collected {

    private static final int ROUNDS = 3;
    private static final int ARRAYS = 1_500;
    private static final int ARRAY_BYTES = 64 << 10;

    private static final Object[] YOUNG = new Object[16];

    private Collected() {}

    public static void main(String[] args) throws Exception {
        Thread.sleep(2_000); // the agent listens after a moment, and what it loads for that takes another
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < ARRAYS; i++) {
                YOUNG[i % YOUNG.length] = new byte[ARRAY_BYTES];
            }
            System.gc();
        }
        Thread.sleep(500); // the JVM tells when it has time
        System.out.println("collected");
    }
}
