package org.shadowheap.drain;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.shadowheap.barrier.AgentBytes;
import org.shadowheap.barrier.AgentCode;

/** Makes the agent's own threads, where the program does not count them. */
public final class AgentThreads {

    private AgentThreads() {}

    /**
     * As {@link #create}; what the task stores is not recorded. Whoever asks gives the thread a name of its own. No method reference, which
     * would be linked at every start.
     */
    public static final ThreadFactory SILENT = new ThreadFactory() {
        @Override
        public Thread newThread(Runnable task) {
            return create("shadowheap", new Silent(task));
        }
    };

    private record Silent(Runnable task) implements Runnable {
        @Override
        public void run() {
            AgentCode.silence();
            task.run();
        }
    }

    /** A daemon in the root thread group, without a context class loader; not started. */
    public static Thread create(String name, Runnable task) {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        Thread thread = new Thread(group, new Counted(task), name);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    /**
     * Waits for some milliseconds, or less. For threads that nobody means to interrupt, and that do so often: {@link Thread#sleep} has a native method of
     * {@code Thread}, which is compiled after a few hundred calls; from JDK 20 on the JVM then keeps that version of the class for good, two of each
     * session. That of parking is one of {@code Unsafe}, which no session has transformed.
     */
    public static void rest(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
        Thread.interrupted(); // else the next one does not wait
    }

    /** Counts what the thread has allocated when it ends. */
    private static final class Counted implements Runnable {
        private final Runnable task;

        Counted(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            try {
                task.run();
            } finally {
                AgentBytes.threadEnds();
            }
        }
    }
}
