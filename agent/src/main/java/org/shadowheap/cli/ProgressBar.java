package org.shadowheap.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.shadowheap.replay.SweepMeter;

/**
 * Tells a waiting user how far a long replay or sweep is: on one line of standard error, which it wipes at the end, and only
 * if that is a terminal. A thread of its own draws; replays only count.
 */
final class ProgressBar {

    private static final long FIRST_AFTER_MILLIS = 2_000;
    private static final long INTERVAL_MILLIS = 500;
    private static final int BAR = 24;
    private static final int LEAST_COLUMNS = 20;
    private static final int DEFAULT_COLUMNS = 80;
    private static final double NANOS_PER_SECOND = 1e9;

    private final SweepMeter meter;
    private final PrintStream err;
    private final BooleanSupplier isTerminal;
    private final int columns;
    private final long firstAfterMillis;
    private final long startNanos = System.nanoTime();
    private final Thread drawer = new Thread(this::draw, "shadowheap-progress");

    private ProgressBar(
            SweepMeter meter, PrintStream err, BooleanSupplier isTerminal, int columns, long firstAfterMillis) {
        this.meter = meter;
        this.err = err;
        this.isTerminal = isTerminal;
        this.columns = columns;
        this.firstAfterMillis = firstAfterMillis;
    }

    /** Begins to watch; draws first after two seconds, as nobody needs a bar before. */
    static ProgressBar of(SweepMeter meter) {
        int columns = columns(System.getenv("COLUMNS"));
        return start(meter, System.err, Terminal::isStandardError, columns, FIRST_AFTER_MILLIS);
    }

    /** Columns of a terminal as the environment tells them; 80 if it does not. */
    static int columns(@Nullable String environment) {
        return environment != null && environment.matches("[0-9]{1,4}")
                ? Math.max(LEAST_COLUMNS, Integer.parseInt(environment))
                : DEFAULT_COLUMNS;
    }

    /** With another stream, for tests. */
    static ProgressBar start(
            SweepMeter meter, PrintStream err, BooleanSupplier isTerminal, int columns, long firstAfterMillis) {
        ProgressBar bar = new ProgressBar(meter, err, isTerminal, columns, firstAfterMillis);
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
                String line = line(meter.share(), meter.records(), System.nanoTime() - startNanos, columns);
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

    /**
     * {@code [######------------------]  25 %  12.3 M events, 25.1 M/s, 1:23 left}; less of that where the terminal is narrow: a line
     * that wraps could not be wiped. The last column stays free, as some terminals wrap when it is written.
     */
    static String line(double share, long events, long nanos, int columns) {
        String percent = String.format(Locale.ROOT, "%3d %%", (int) (100 * share));
        double seconds = nanos / NANOS_PER_SECOND;
        String left = share > 0 ? clock(Math.round(seconds * (1 - share) / share)) + " left" : "";
        String rates = String.format(
                Locale.ROOT, "%.1f M events, %.1f M/s", events / 1e6, seconds > 0 ? events / 1e6 / seconds : 0);
        String all = percent + "  " + rates + (left.isEmpty() ? "" : ", " + left);
        int room = columns - 1;
        for (String text : new String[] {bar(share) + ' ' + all, all, percent + "  " + left}) {
            if (text.length() <= room) {
                return text;
            }
        }
        return percent;
    }

    private static String bar(double share) {
        int done = (int) (share * BAR);
        return '[' + "#".repeat(done) + "-".repeat(BAR - done) + ']';
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
