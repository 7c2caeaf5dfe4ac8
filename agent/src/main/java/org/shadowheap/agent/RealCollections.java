package org.shadowheap.agent;

import org.shadowheap.barrier.AgentCode;
import org.shadowheap.barrier.Recording;
import org.shadowheap.drain.AgentThreads;

/**
 * Hears of the JVM's own collections by its notifications, so that each is marked in the stream.
 *
 * <p>The management classes are loaded on a thread of the agent's a moment after the start: a program that has ended by then
 * does without, and what was collected before is not told. Nor is anything where the JVM has no management modules. The thread is quiet
 * meanwhile: what listening makes is met when it is mentioned, and held, since for a while only the JVM knows of it.
 */
final class RealCollections implements Runnable {

    private static final long WAIT_MILLIS = 200;

    /** Whether the management classes are loaded. */
    private static volatile boolean hasListened;

    private final long startNanos;

    private RealCollections(long startNanos) {
        this.startNanos = startNanos;
    }

    /**
     * Begins to listen soon.
     *
     * @param startNanos when the recording began, on the clock of {@link System#nanoTime}
     */
    static void listen(long startNanos) {
        long token = AgentCode.enter(); // the thread is none of the program's
        try {
            AgentThreads.create("shadowheap-collections", new RealCollections(startNanos))
                    .start();
        } finally {
            AgentCode.exit(token);
        }
    }

    /** Listens no longer. The calling thread is quiet. */
    static void stop() {
        if (hasListened) {
            CollectionListener.unsubscribe();
        }
    }

    @Override
    public void run() {
        AgentCode.enter(); // for good: the thread ends
        try {
            Thread.sleep(WAIT_MILLIS);
            if (Recording.isOn()) {
                hasListened = true;
                CollectionListener.subscribe(startNanos); // the first to name a class of the management modules
            }
        } catch (InterruptedException | LinkageError | RuntimeException nothingToHear) {
            // A JVM without the management modules; the report tells of no collections then.
        }
    }
}
