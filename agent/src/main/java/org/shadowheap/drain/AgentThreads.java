package org.shadowheap.drain;

import java.util.concurrent.ThreadFactory;
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
