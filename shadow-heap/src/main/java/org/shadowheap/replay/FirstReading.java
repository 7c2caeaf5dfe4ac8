package org.shadowheap.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Reads a trace to its end on one thread, while others wait for what is known then. */
final class FirstReading implements AutoCloseable {

    private final Path trace;
    private final long keptBytes;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Written by the reading thread before it has ended, null if it failed or was stopped. */
    private @Nullable WholeTrace result;

    private @Nullable IOException failure;
    private boolean wasStopped;

    /**
     * @param keptBytes how much native memory decoded records may take
     */
    FirstReading(Path trace, long keptBytes) {
        this.trace = trace;
        this.keptBytes = keptBytes;
    }

    /**
     * Reads it, unless it is told to stop.
     *
     * @throws IOException if it cannot be read
     */
    void run(SweepMeter.Part part) throws IOException {
        try {
            part.begins();
            result = WholeTrace.read(trace, part, keptBytes);
        } catch (CancellationException e) {
            wasStopped = true;
        } catch (IOException e) {
            failure = e;
            throw e;
        } finally {
            part.ends();
            ended.countDown();
        }
    }

    /** Returns when it was read, or could not be. */
    void await() throws InterruptedException {
        ended.await();
    }

    /** Whether it was stopped before the end; asked when it has ended. */
    boolean wasStopped() {
        return wasStopped;
    }

    /**
     * What is known; asked when it has ended.
     *
     * @throws IOException if it could not be read
     */
    WholeTrace result() throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (result == null) {
            throw new IOException("the trace could not be read to its end");
        }
        return result;
    }

    /** Gives up what is kept of the trace, when all have ended. */
    @Override
    public void close() {
        if (result != null) {
            result.close();
        }
    }
}
