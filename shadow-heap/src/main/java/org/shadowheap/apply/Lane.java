package org.shadowheap.apply;

import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.EventDecoder;
import org.shadowheap.heap.Mutator;

/**
 * The way of events to one mutator, and the thread at its end: a ring of batches of records.
 *
 * <pre>
 *            first            first + full
 *              v                   v
 *   |        | applied | waiting | filled now |        |     BATCHES arrays of RECORDS records, two words each,
 *                                                                  and where in the round each was
 * </pre>
 *
 * The caller alone writes the batch that is filled now, the lane's thread alone reads those that are full; the counts
 * change under this object's lock. Monitors are used, not {@code java.util.concurrent}: beside a recorded program the
 * caller must not write to lists that the program's threads share.
 */
final class Lane implements AutoCloseable {

    private static final int BATCHES = 4;
    private static final int RECORDS = 1024;

    private final Mutator mutator;
    private final FirstFailure failure;
    private final long[][] batches = new long[BATCHES][2 * RECORDS];
    private final int[][] places = new int[BATCHES][RECORDS];
    private final int[] words = new int[BATCHES];
    private @Nullable Thread thread;

    // Of the caller.
    private long[] filling = batches[0];
    private int[] fillingPlaces = places[0];
    private int filled;

    // Guarded by this.
    private int first;
    private int full;
    private boolean closed;

    Lane(Mutator mutator, FirstFailure failure) {
        this.mutator = mutator;
        this.failure = failure;
    }

    void start(ThreadFactory threads, String name) {
        Thread made = threads.newThread(this::work);
        made.setName(name);
        made.setDaemon(true);
        made.start();
        thread = made;
    }

    /**
     * Adds a record; returns whether that completed a batch, which was handed over.
     *
     * @param place in the round
     */
    boolean add(long word0, long word1, int place) {
        fillingPlaces[filled >> 1] = place;
        filling[filled] = word0;
        filling[filled + 1] = word1;
        filled += 2;
        if (filled == filling.length) {
            handOver();
            return true;
        }
        return false;
    }

    /** Hands over what was added; waits until there is room to go on. */
    void handOver() {
        if (filled > 0) {
            int batch = exchange();
            filling = batches[batch];
            fillingPlaces = places[batch];
            filled = 0;
        }
    }

    private synchronized int exchange() {
        words[(first + full) % BATCHES] = filled;
        full++;
        notifyAll();
        awaitAtMost(BATCHES - 1);
        return (first + full) % BATCHES;
    }

    /** Waits until what was handed over was applied, or left out after a failure. */
    synchronized void awaitIdle() {
        awaitAtMost(0);
    }

    /** An interruption ends nothing; it is kept. The lane's thread takes every batch, whatever happens. */
    private void awaitAtMost(int batchesLeft) {
        boolean interrupted = false;
        while (full > batchesLeft) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        for (int batch = awaitBatch(); batch >= 0; batch = awaitBatch()) {
            try {
                apply(batches[batch], places[batch], words[batch]);
            } catch (Throwable e) {
                failure.note(e);
            }
            done();
        }
    }

    /** Number of the next full batch, -1 if none comes any more. */
    private synchronized int awaitBatch() {
        while (full == 0 && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                // Only close() ends a lane.
            }
        }
        return full > 0 ? first : -1;
    }

    private void apply(long[] batch, int[] inRound, int length) {
        for (int i = 0; i < length && failure.get() == null; i += 2) {
            mutator.at(inRound[i >> 1]);
            EventDecoder.decode(batch[i], batch[i + 1], mutator);
        }
    }

    private synchronized void done() {
        first = (first + 1) % BATCHES;
        full--;
        notifyAll();
    }

    /** Ends the thread once it has taken what was handed over. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (thread != null && thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
