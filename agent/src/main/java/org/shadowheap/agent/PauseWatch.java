package org.shadowheap.agent;

import org.shadowheap.drain.AgentThreads;

/**
 * A thread that notes for how long it was kept from running, as any thread of the program's is while the JVM stops them all. Where there are
 * fewer processors than threads that want one this is too long, never too short.
 */
final class PauseWatch implements Runnable, AutoCloseable {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private volatile boolean ended;

    /** Written by the thread, and set back by who asks: of two at the same time either is good. */
    private volatile long longestNanos;

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
        long longest = longestNanos;
        longestNanos = 0;
        return longest;
    }

    @Override
    public void run() {
        try {
            long last = System.nanoTime();
            while (!ended) {
                Thread.sleep(1);
                long now = System.nanoTime();
                long pause = now - last - NANOS_PER_MILLI;
                last = now;
                if (pause > longestNanos) {
                    longestNanos = pause;
                }
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
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
