package org.shadowheap.cli;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What somebody who presses Ctrl-C gets of a long work: the work is told to stop, and the JVM does not end before what is done
 * was written. The JVM ends by the signal all the same, with its exit code, 130: a hook of its shutdown only keeps it so long.
 */
final class Interruption {

    /** What the work may still take; to end it and to write partial results takes less than a second. */
    private static final long MOST_SECONDS = 60;

    /** Work that ends with an exit code, soon after it is told to stop. */
    @FunctionalInterface
    interface Work {
        int run() throws IOException;
    }

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Runnable stop;
    private final Thread hook = new Thread(this::stopAndWait, "shadowheap-interruption");

    private Interruption(Runnable stop) {
        this.stop = stop;
    }

    /**
     * Runs work that writes what is done if it is interrupted.
     *
     * @param stop tells the work to stop; on a thread of its own
     * @return the exit code of the work
     * @throws IOException if the work does
     */
    static int mayStop(Runnable stop, Work work) throws IOException {
        Interruption interruption = new Interruption(stop);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        try {
            return work.run();
        } finally {
            interruption.ended();
        }
    }

    private void stopAndWait() {
        stop.run();
        try {
            if (!ended.await(MOST_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("shadowheap: interrupted, and did not end for " + MOST_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ended() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            return; // the hook runs, and has been told
        }
    }
}
