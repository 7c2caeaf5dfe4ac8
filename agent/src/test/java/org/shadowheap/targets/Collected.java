package org.shadowheap.targets;

import java.util.Arrays;
import java.util.Map;

/** Makes garbage until the JVM has collected a few times, at least once all of its heap; for a heap of 64 MiB or less. */
public final class Collected {

    /** Before it begins: the agent listens after a moment. */
    private static final int WAIT_MILLIS = 2_000;

    /** What the agent loads for that takes another moment, on a busy machine a long one. */
    private static final int MOST_WAITS = 30;

    private static final int ROUNDS = 3;
    private static final int ARRAYS = 1_500;
    private static final int ARRAY_BYTES = 64 << 10;

    private static final Object[] YOUNG = new Object[16];

    private Collected() {}

    public static void main(String[] args) throws Exception {
        for (int wait = 0; wait < MOST_WAITS && (wait == 0 || !isListenedTo()); wait++) {
            Thread.sleep(WAIT_MILLIS);
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < ARRAYS; i++) {
                YOUNG[i % YOUNG.length] = new byte[ARRAY_BYTES];
            }
            System.gc();
        }
        Thread.sleep(500); // the JVM tells when it has time
        System.out.println("collected");
    }

    /** Whether the agent's thread has asked for the JVM's beans, and waits for what it is asked to do; or has ended, as there are none. */
    private static boolean isListenedTo() {
        for (Map.Entry<Thread, StackTraceElement[]> each :
                Thread.getAllStackTraces().entrySet()) {
            if (each.getKey().getName().equals("shadowheap-management")) {
                return Arrays.stream(each.getValue())
                        .anyMatch(frame -> frame.getMethodName().equals("poll"));
            }
        }
        return true;
    }
}
