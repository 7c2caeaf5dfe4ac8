package org.shadowheap.targets;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Two methods put values into maps whose keys are there already, one three times as often as the other, in turn: on the main
 * thread, or on {@code virtual} ones, which need 21; compiled for 17, so reflectively. {@code main N} takes N turns.
 */
public final class TwoCallers {

    private static final int TURNS = 1_500_000;
    private static final int THREADS = 300;
    private static final int KEYS = 16;

    private TwoCallers() {}

    public static void main(String[] arguments) throws Exception {
        int turns = arguments.length > 1 ? Integer.parseInt(arguments[1]) : TURNS;
        int values = 0;
        if (arguments.length > 0 && arguments[0].equals("virtual")) {
            Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                Runnable work = TwoCallers::blockAndTakeTurns;
                threads.add((Thread) start.invoke(null, work));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        } else {
            values = takeTurns(turns).size();
        }
        System.out.println("values=" + values);
    }

    /** Each turn on whatever carrier. */
    private static void blockAndTakeTurns() {
        for (int i = 0; i < 10; i++) {
            takeTurns(TURNS / THREADS / 10);
            try {
                Thread.sleep(1);
            } catch (InterruptedException nobody) {
                throw new IllegalStateException(nobody);
            }
        }
    }

    private static Map<Integer, Object> takeTurns(int turns) {
        Map<Integer, Object> map = new HashMap<>();
        for (int key = 0; key < KEYS; key++) {
            map.put(key, map);
        }
        for (int i = 0; i < turns; i++) {
            often(map, i, null);
            often(map, i + 1, null);
            often(map, i + 2, null);
            seldom(map, i);
        }
        return map;
    }

    /** @param never its class is never needed: nobody has to load it, and whoever looks at this frame must not */
    private static void often(Map<Integer, Object> map, int key, NeverLoaded never) {
        if (never == null) {
            map.put(key % KEYS, new int[0]);
        }
    }

    private static void seldom(Map<Integer, Object> map, int key) {
        map.put(key % KEYS, new int[0]);
    }

    /** In the signature of a method that is called, and nowhere else. */
    static final class NeverLoaded {}
}
