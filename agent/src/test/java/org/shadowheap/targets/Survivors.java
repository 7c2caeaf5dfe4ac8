package org.shadowheap.targets;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps objects in a static array, others in a local variable alone, others in a thread-local variable of a thread that statics led to for a
 * while, and the domains of classes that it keeps, and makes garbage meanwhile, until the JVM has collected its whole heap
 * so many times; with the serial collector, and somebody who asks for that.
 */
public final class Survivors {

    private static final int KEPT = 4_000;
    private static final int GARBAGE = 300;
    private static final int COLLECTIONS = 5;
    private static final int WHILE = 2;
    private static final long MOST_NANOS = 60_000_000_000L;

    private static final int DEFINED = 300;

    private static final Object[] REACHABLE = new Object[KEPT];

    private static final ThreadLocal<Object[]> OF_THREAD = ThreadLocal.withInitial(() -> new Object[KEPT]);

    private static final List<Class<?>> DEFINITIONS = new ArrayList<>();

    private static Object last = REACHABLE;
    private static Thread thread = Thread.currentThread();

    private Survivors() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Object[] local = new Object[KEPT];
        for (int i = 0; i < KEPT; i++) {
            REACHABLE[i] = new Object();
            local[i] = new int[1];
            OF_THREAD.get()[i] = new double[1];
        }
        define();
        long start = System.nanoTime();
        while (collections() < COLLECTIONS && System.nanoTime() - start < MOST_NANOS) {
            for (int i = 0; i < GARBAGE; i++) {
                last = new long[i % 64];
            }
            if (collections() == WHILE && thread != null) {
                thread = null;
            }
            Thread.sleep(1); // who compares waits for all that is recorded
        }
        int found = 0;
        for (int i = 0; i < KEPT; i++) {
            found += REACHABLE[i] != null
                            && ((int[]) local[i]).length == 1
                            && OF_THREAD.get()[i] != null
                    ? 1
                    : 0;
        }
        System.out.println("kept=" + found + " garbage=" + (last != REACHABLE));
    }

    /** Classes that have each a protection domain of their own. */
    private static void define() throws IOException {
        byte[] bytes;
        try (InputStream in = Survivors.class.getResourceAsStream("Survivors$Defined.class")) {
            bytes = in.readAllBytes();
        }
        for (int i = 0; i < DEFINED; i++) {
            DEFINITIONS.add(new OneClass().define(bytes));
        }
    }

    static final class Defined {
        private Defined() {}
    }

    private static final class OneClass extends ClassLoader {
        Class<?> define(byte[] bytes) {
            return defineClass(null, bytes, 0, bytes.length, new ProtectionDomain(null, null));
        }
    }

    private static long collections() {
        long whole = 0;
        for (GarbageCollectorMXBean each : ManagementFactory.getGarbageCollectorMXBeans()) {
            whole += each.getName().equals("MarkSweepCompact") ? each.getCollectionCount() : 0;
        }
        return whole;
    }
}
