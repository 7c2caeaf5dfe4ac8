package org.shadowheap.targets;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Builds a heap, says that it is ready, and then does what its standard input says, line by line, with an answer for each: {@code store N}
 * gives an old holder so many young values, {@code loop} does so with one in a frame that was there from the beginning, {@code wake}
 * lets a parked thread go on, {@code threads} prints how many threads there are; it ends with its input.
 */
public final class StoresOnDemand {

    /** What is there before anybody attaches. */
    private static final Map<Integer, Object[]> HEAP = new HashMap<>();

    private static final int HEAP_ENTRIES = 10_000;

    private static final StoresOnDemand HOLDER = new StoresOnDemand();

    @Nullable
    Object young;

    @Nullable
    Object ofLoop;

    @Nullable
    Object woken;

    private volatile boolean wakes;

    private StoresOnDemand() {}

    public static void main(String[] args) throws Exception {
        for (int i = 0; i < HEAP_ENTRIES; i++) {
            HEAP.put(i, new Object[] {"value " + i, new int[2]});
        }
        Thread parked = new Thread(HOLDER::park, "parked");
        parked.start();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("store ")) {
                System.out.println("stored " + HOLDER.store(Integer.parseInt(line.substring("store ".length()))));
            } else if (line.equals("loop")) {
                HOLDER.ofLoop = new int[1];
                System.out.println("looped");
            } else if (line.equals("wake")) {
                HOLDER.wakes = true;
                LockSupport.unpark(parked);
                parked.join();
                System.out.println("woke " + (HOLDER.woken != null));
            } else if (line.equals("threads")) {
                System.out.println("threads " + Thread.getAllStackTraces().size());
            }
        }
        HOLDER.wakes = true;
        LockSupport.unpark(parked);
    }

    private int store(int count) {
        for (int i = 0; i < count; i++) {
            young = new int[4];
        }
        return count;
    }

    /** Holds an array in a local variable alone. */
    private void park() {
        int[] local = {1, 2, 3};
        while (!wakes) {
            LockSupport.park();
        }
        keep(local);
    }

    private void keep(int[] local) {
        woken = local;
    }
}
