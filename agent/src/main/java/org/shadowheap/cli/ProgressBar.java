package org.shadowheap.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.shadowheap.replay.SweepMeter;

/**
 * Tells a waiting user how far a long replay or sweep is: on one line of standard error, which it wipes at the end, and only
 * if that is a terminal. A thread of its own draws; replays only count.
 */
final class ProgressBar {

    private static final long FIRST_AFTER_MILLIS = 2_000;
    private static final long INTERVAL_MILLIS = 500;
    private static final int BAR = 24;
    private static final double NANOS_PER_SECOND = 1e9;

    private final SweepMeter meter;
    private final PrintStream err;
    private final BooleanSupplier isTerminal;
    private final long firstAfterMillis;
    private final long startNanos = System.nanoTime();
    private final Thread drawer = new Thread(this::draw, "shadowheap-progress");

    private ProgressBar(SweepMeter meter, PrintStream err, BooleanSupplier isTerminal, long firstAfterMillis) {
        this.meter = meter;
        this.err = err;
        this.isTerminal = isTerminal;
        this.firstAfterMillis = firstAfterMillis;
    }

    /** Begins to watch; draws first after two seconds, as nobody needs a bar before. */
    static ProgressBar of(SweepMeter meter) {
        return start(meter, System.err, Terminal::isStandardError, FIRST_AFTER_MILLIS);
    }

    /** With another stream, for tests. */
    static ProgressBar start(SweepMeter meter, PrintStream err, BooleanSupplier isTerminal, long firstAfterMillis) {
        ProgressBar bar = new ProgressBar(meter, err, isTerminal, firstAfterMillis);
        bar.drawer.setDaemon(true);
        bar.drawer.start();
        return bar;
    }

    private void draw() {
        int drawn = 0;
        try {
            Thread.sleep(firstAfterMillis);
            if (!isTerminal.getAsBoolean()) {
                return;
            }
            for (; ; ) {
                String line = line(meter.share(), meter.records(), System.nanoTime() - startNanos);
                err.print('\r' + line + " ".repeat(Math.max(0, drawn - line.length())));
                err.flush();
                drawn = line.length();
                Thread.sleep(INTERVAL_MILLIS);
            }
        } catch (InterruptedException closed) {
            if (drawn > 0) {
                err.print('\r' + " ".repeat(drawn) + '\r');
                err.flush();
            }
        }
    }

    /** {@code [######------------------]  25 %  12.3 M events, 25.1 M/s, 1:23 left}. */
    static String line(double share, long events, long nanos) {
        int done = (int) (share * BAR);
        double seconds = nanos / NANOS_PER_SECOND;
        return String.format(
                Locale.ROOT,
                "[%s%s] %3d %%  %.1f M events, %.1f M/s%s",
                "#".repeat(done),
                "-".repeat(BAR - done),
                (int) (100 * share),
                events / 1e6,
                seconds > 0 ? events / 1e6 / seconds : 0,
                share > 0 ? ", " + clock(Math.round(seconds * (1 - share) / share)) + " left" : "");
    }

    private static String clock(long seconds) {
        long hours = seconds / 3600;
        String minutes =
                String.format(Locale.ROOT, hours > 0 ? "%02d:%02d" : "%d:%02d", seconds / 60 % 60, seconds % 60);
        return hours > 0 ? hours + ":" + minutes : minutes;
    }

    /** Wipes the line; when it returns nothing is drawn any more. */
    void close() {
        drawer.interrupt();
        boolean interrupted = false;
        while (drawer.isAlive()) {
            try {
                drawer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
