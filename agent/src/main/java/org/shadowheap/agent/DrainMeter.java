package org.shadowheap.agent;

import java.util.Locale;
import org.shadowheap.barrier.AgentCode;
import org.shadowheap.barrier.Chunks;
import org.shadowheap.barrier.Recording;
import org.shadowheap.drain.AgentThreads;
import org.shadowheap.drain.Drain;

/** Prints each second how the drain keeps up, on standard error: {@code debug=drain}. Its thread is quiet. */
final class DrainMeter implements Runnable {

    private static final long MILLIS = 1_000;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MIB = 1 << 20;

    private final Drain drain;

    private DrainMeter(Drain drain) {
        this.drain = drain;
    }

    /** Starts the thread, which ends with the recording. */
    static void start(Drain drain) {
        long token = AgentCode.enter();
        try {
            AgentThreads.create("shadowheap-meter", new DrainMeter(drain)).start();
        } finally {
            AgentCode.exit(token);
        }
    }

    @Override
    public void run() {
        AgentCode.enter(); // for good: the thread ends
        long lastNanos = System.nanoTime();
        long lastEvents = drain.events();
        long lastRuns = drain.runs();
        try {
            while (Recording.isOn()) {
                Thread.sleep(MILLIS);
                long nanos = System.nanoTime();
                long events = drain.events();
                long runs = drain.runs();
                double seconds = (nanos - lastNanos) / NANOS_PER_SECOND;
                StandardError.line(String.format(
                        Locale.ROOT,
                        "drain: %,.0f events/s in %,.0f runs/s, the log holds %.1f of %.0f MiB",
                        (events - lastEvents) / seconds,
                        (runs - lastRuns) / seconds,
                        (double) Chunks.inUse() * Chunks.BYTES / MIB,
                        Chunks.capacityBytes() / MIB));
                lastNanos = nanos;
                lastEvents = events;
                lastRuns = runs;
            }
        } catch (InterruptedException nobodyMeansUs) {
            // Its thread is nobody's to interrupt.
        }
    }
}
