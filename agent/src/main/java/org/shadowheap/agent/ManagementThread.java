package org.shadowheap.agent;

import org.shadowheap.barrier.AgentCode;
import org.shadowheap.barrier.Recording;
import org.shadowheap.drain.AgentThreads;

/**
 * Where the classes of JMX are used: hears of the JVM's own collections, so that each is marked in the stream, and shows the session to
 * consoles, {@link SessionBean}.
 *
 * <p>They are loaded on a thread of the agent's a moment after the start: a program that has ended by then does without, and what was
 * collected before is not told. Nor is anything where the JVM has no management modules. The thread is quiet meanwhile: what it makes is
 * met when it is mentioned, and held, since for a while only the JVM knows of it.
 */
final class ManagementThread implements Runnable {

    private static final long WAIT_MILLIS = 200;

    /** Between two looks whether there is a platform MBean server: none is made for our sake. */
    private static final long LOOK_MILLIS = 500;

    /** Whether the management classes are loaded. */
    private static volatile boolean isManaged;

    private final long startNanos;

    private ManagementThread(long startNanos) {
        this.startNanos = startNanos;
    }

    /**
     * Starts the thread, for the session that is about to run.
     *
     * @param startNanos when the recording began, on the clock of {@link System#nanoTime}
     */
    static void start(long startNanos) {
        long token = AgentCode.enter(); // the thread is none of the program's
        try {
            AgentThreads.create("shadowheap-management", new ManagementThread(startNanos))
                    .start();
        } finally {
            AgentCode.exit(token);
        }
    }

    /** The session has ended: listens no longer, shows nothing. The calling thread is quiet. */
    static void stop() {
        if (isManaged) {
            CollectionListener.unsubscribe();
            SessionBean.unregister();
        }
    }

    @Override
    public void run() {
        AgentCode.enter(); // for good: the thread ends
        try {
            Thread.sleep(WAIT_MILLIS);
            if (Recording.isOn()) {
                isManaged = true;
                CollectionListener.subscribe(startNanos); // the first to name a class of the management modules
            }
            while (Recording.isOn() && !SessionBean.register()) {
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException | LinkageError | RuntimeException nothingToManage) {
            // A JVM without the management modules, or a program that forbids to use them; the report tells of no
            // collections then.
        }
    }
}
