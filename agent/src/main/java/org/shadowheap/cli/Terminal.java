package org.shadowheap.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.TimeUnit;

/** Whether somebody watches standard error. */
final class Terminal {

    private static final long SECONDS = 5;

    private Terminal() {}

    /**
     * Whether standard error is a terminal. No class of the JDK tells: a console says, and only from 22 on, whether standard
     * input and output are terminals. The shell does, in some milliseconds; where there is none the answer is no.
     */
    static boolean isStandardError() {
        if ("dumb".equals(System.getenv("TERM"))) {
            return false; // it would not go back to the beginning of a line
        }
        Process test;
        try {
            test = new ProcessBuilder("sh", "-c", "test -t 2")
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.INHERIT)
                    .start();
        } catch (IOException noShell) {
            return false;
        }
        try {
            return test.waitFor(SECONDS, TimeUnit.SECONDS) && test.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            test.destroy();
        }
    }
}
