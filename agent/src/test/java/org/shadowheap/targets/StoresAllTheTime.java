package org.shadowheap.targets;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Threads store all the time, to things that are old and to things that are new, until the input ends; much else lies still. They
 * pause now and then, so that no other thread waits for a processor while the shadow heap is collected several times. Says
 * that it is ready, and at the end whether all was as it should be.
 */
public final class StoresAllTheTime {

    private static final int STILL = 20_000;
    private static final int RESTLESS = 500;

    /** Nothing of it changes. */
    private static final List<Object[]> QUIET = new ArrayList<>();

    private static final Map<Integer, int[]> SHARED = new ConcurrentHashMap<>();
    private static final Object[] SLOTS = new Object[RESTLESS];

    private static volatile boolean ends;

    private StoresAllTheTime() {}

    public static void main(String[] arguments) throws Exception {
        for (int i = 0; i < STILL; i++) {
            QUIET.add(new Object[] {"still " + i, new int[3]});
        }
        Thread[] threads = {new Thread(StoresAllTheTime::storeShared), new Thread(StoresAllTheTime::storeSlots)};
        for (Thread each : threads) {
            each.start();
        }
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // Goes on.
        }
        ends = true;
        for (Thread each : threads) {
            each.join();
        }
        SHARED.forEach((key, value) -> {
            if (value[0] != key) {
                throw new AssertionError(key);
            }
        });
    }

    private static void storeShared() {
        for (int i = 0; !ends; i++) {
            putShared(i % RESTLESS);
            pauseNowAndThen(i);
        }
    }

    private static void storeSlots() {
        for (int i = 0; !ends; i++) {
            storeSlot(i % RESTLESS);
            pauseNowAndThen(i);
        }
    }

    /** Methods of their own, so that they are rewritten for a session that begins later. */
    private static void putShared(int key) {
        SHARED.put(key, new int[] {key});
    }

    private static void storeSlot(int slot) {
        SLOTS[slot] = new Object[] {"restless"};
    }

    private static void pauseNowAndThen(int i) {
        if (i % 100 == 0) {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
