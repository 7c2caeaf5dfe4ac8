package org.shadowheap.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a collector: worker 0 is the one that calls {@link #run}, the others are daemons that wait in between.
 * They are started when they are first needed. With one worker there is no thread, no lock and no barrier.
 *
 * <p>One thread at a time calls; fields are guarded by this object's lock. Monitors are used, not {@code
 * java.util.concurrent}: beside a recorded program these threads must not write to lists that the program's threads share.
 */
final class CollectorThreads implements AutoCloseable {

    /** A part of a collection, of which every worker does its share. */
    interface Phase {
        void run(int worker);
    }

    private static final Phase NONE = worker -> {};

    private final int workers;
    private final ThreadFactory factory;
    private final List<Thread> threads = new ArrayList<>();
    private Phase phase = NONE;
    private int phases;
    private int running;
    private boolean closed;
    private @Nullable Throwable failure;

    /**
     * Starts nothing yet.
     *
     * @param workers the calling one included
     * @param factory makes the others; they become daemons with names of ours
     */
    CollectorThreads(int workers, ThreadFactory factory) {
        this.workers = workers;
        this.factory = factory;
    }

    /**
     * Runs a phase on all workers; returns when the last has done its share. What was written before is seen by all, and
     * what they wrote by the caller.
     *
     * <p>What a worker throws is thrown here, after all have ended; of several failures the others are suppressed.
     */
    void run(Phase next) {
        if (workers == 1) {
            next.run(0);
            return;
        }
        start();
        begin(next);
        runShare(next, 0);
        Throwable thrown = awaitEnd();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown != null) {
            throw (RuntimeException) thrown; // a phase declares nothing
        }
    }

    /** Starts the threads that are not there yet, so that a phase does not fail for want of them. */
    void start() {
        while (threads.size() < workers - 1) {
            int worker = threads.size() + 1;
            Thread thread = factory.newThread(() -> work(worker));
            thread.setName("shadowheap-collector-" + worker);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    private synchronized void begin(Phase next) {
        phase = next;
        running = workers - 1;
        phases++;
        notifyAll();
    }

    private void work(int worker) {
        int done = 0;
        for (Phase next = awaitBeginAfter(done); next != null; next = awaitBeginAfter(++done)) {
            runShare(next, worker);
            ended();
        }
    }

    /** Null if no phase comes any more. */
    private synchronized @Nullable Phase awaitBeginAfter(int done) {
        while (phases == done && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                // Only close() ends a worker.
            }
        }
        return phases > done ? phase : null;
    }

    private void runShare(Phase next, int worker) {
        try {
            next.run(worker);
        } catch (Throwable e) {
            noteFailure(e);
        }
    }

    private synchronized void noteFailure(Throwable e) {
        if (failure == null) {
            failure = e;
        } else if (failure != e) {
            failure.addSuppressed(e);
        }
    }

    private synchronized void ended() {
        if (--running == 0) {
            notifyAll();
        }
    }

    private synchronized @Nullable Throwable awaitEnd() {
        boolean interrupted = false;
        while (running > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        phase = NONE;
        Throwable thrown = failure;
        failure = null;
        return thrown;
    }

    /** Ends the threads, which wait. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        boolean interrupted = false;
        for (Thread each : threads) {
            while (each.isAlive()) {
                try {
                    each.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        threads.clear();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
