package org.shadowheap.targets;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;

/**
 * Stores, to old and to new objects and arrays, and gives birth, as fast as it can; and says how many bytes the drain's thread allocates on
 * the Java heap meanwhile, when everything has been loaded and compiled that it needs.
 */
public final class CountsGarbageOfTheDrain {

    private static final int OLD = 50_000;
    private static final int ROUNDS = 40;

    private final Object[] old = new Object[OLD];
    private Object latest = this;

    private CountsGarbageOfTheDrain() {}

    private static final class Node {
        private Object left;
        private Object right;

        private Node(Object left, Object right) {
            this.left = left;
            this.right = right;
        }
    }

    /** Runs; no arguments. */
    public static void main(String[] arguments) throws Exception {
        // What the classes of JMX are like, which the agent loads for it a moment after the start, the drain keeps.
        OwnSession.await();
        CountsGarbageOfTheDrain program = new CountsGarbageOfTheDrain();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long drain = drain(threads);
        // The first reading loads what a reading needs.
        threads.getThreadAllocatedBytes(drain);
        program.work();
        long before = threads.getThreadAllocatedBytes(drain);
        long events = program.work();
        System.out.println("events=" + events + " bytes=" + (threads.getThreadAllocatedBytes(drain) - before));
    }

    private static long drain(ThreadMXBean threads) {
        for (ThreadInfo each : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (each != null && each.getThreadName().equals("shadowheap-drain")) {
                return each.getThreadId();
            }
        }
        throw new IllegalStateException("no drain");
    }

    /** Returns how many events it made, about; the drain has seen them all. */
    private long work() throws InterruptedException {
        long events = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < OLD; i++) {
                Node node = new Node(latest, old[i]);
                node.right = null;
                node.left = old[(i * 31) % OLD];
                latest = node;
                Object[] few = {node, old[i]};
                few[0] = null;
                if (i % 8 == 0 || node.left == node.right && few[0] == this) {
                    old[i] = node;
                    node.right = few;
                }
                events += 8;
            }
            latest = this;
        }
        Thread.sleep(500);
        return events;
    }
}
