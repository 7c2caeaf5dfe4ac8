package org.shadowheap.agent;

import org.shadowheap.drain.AgentThreads;

/**
 * A thread that notes for how long it was kept from running, as any thread of the program's is while the JVM stops them all. Where there are
 * fewer processors than threads that want one this is too long, never too short: a pause that it has not had time to note is seen by who asks.
 */
final class PauseWatch implements Runnable, AutoCloseable {

    private volatile boolean ended;

    private final Pauses pauses = new Pauses(System.nanoTime());
    private final Thread thread = AgentThreads.create("shadowheap-pauses", this);

    private PauseWatch() {}

    /** Watches until it is closed. The calling thread is quiet. */
    static PauseWatch begin() {
        PauseWatch watch = new PauseWatch();
        watch.thread.start();
        return watch;
    }

    /** The longest pause since the last call, in nanoseconds. */
    long longestNanos() {
        return pauses.longest(System.nanoTime());
    }

    @Override
    public void run() {
        while (!ended) {
            AgentThreads.rest(1);
            pauses.ran(System.nanoTime());
        }
    }

    /** Returns when the thread has ended: who looks at threads from now on finds none of this. */
    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }
}
