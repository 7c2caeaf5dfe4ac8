package org.shadowheap.agent;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The process's own standard error, whatever the program has made of {@code System.err}. */
final class StandardError {

    private StandardError() {}

    /** A new stream; it is flushed, never closed. */
    static PrintStream stream() {
        return new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8);
    }

    /** Prints one line that says who speaks. */
    static void line(String text) {
        PrintStream out = stream();
        out.println("shadowheap: " + text);
        out.flush();
    }
}
