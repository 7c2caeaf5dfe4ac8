package org.shadowheap.cli;

import java.io.Console;
import java.io.PrintStream;
import org.shadowheap.replay.Replay.Progress;

/** Tells a waiting user how far a long replay is, on a terminal only and on one line that it wipes at the end. */
final class ReplayProgress implements Progress {

    private static final long FIRST_AFTER_NANOS = 2_000_000_000L;
    private static final long INTERVAL_NANOS = 500_000_000L;

    private final PrintStream err;
    private long nextNanos = System.nanoTime() + FIRST_AFTER_NANOS;
    private boolean shown;

    private ReplayProgress(PrintStream err) {
        this.err = err;
    }

    /** A progress on standard error if that is a terminal, else one that stays silent. */
    static Progress onTerminal() {
        return hasTerminal() ? new ReplayProgress(System.err) : Progress.NONE;
    }

    /** Without a terminal there is no console up to 21; from 22 on there may be one, which tells. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean hasTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    @Override
    public void reached(long doneBytes, long allBytes) {
        if (shown && doneBytes >= allBytes) {
            err.print("\r                    \r");
        } else if (System.nanoTime() - nextNanos >= 0) {
            nextNanos = System.nanoTime() + INTERVAL_NANOS;
            shown = true;
            err.print("\rreplayed " + 100 * doneBytes / Math.max(1, allBytes) + " %");
        }
    }
}
