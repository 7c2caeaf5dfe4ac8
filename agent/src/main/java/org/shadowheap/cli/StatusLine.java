package org.shadowheap.cli;

/** One line on standard error that says what is being done, and is wiped at the end; only if that is a terminal. */
final class StatusLine implements AutoCloseable {

    private final boolean isTerminal = Terminal.isStandardError();
    private int drawn;

    /** Replaces the line. */
    synchronized void show(String line) {
        if (isTerminal) {
            System.err.print('\r' + line + " ".repeat(Math.max(0, drawn - line.length())));
            System.err.flush();
            drawn = line.length();
        }
    }

    /** Wipes the line. */
    @Override
    public synchronized void close() {
        if (drawn > 0) {
            System.err.print('\r' + " ".repeat(drawn) + '\r');
            System.err.flush();
            drawn = 0;
        }
    }
}
