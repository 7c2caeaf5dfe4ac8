package org.shadowheap.trace;

import java.io.IOException;

/** A file is no trace that can be read. The message is one line: the byte offset, what was expected, what was found. */
public final class TraceFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Where in the file, in bytes from its start. */
    private final long offset;

    TraceFormatException(long offset, String expected, String found) {
        super("unreadable trace at byte " + offset + ": expected " + expected + ", found " + found);
        this.offset = offset;
    }

    /** Offset of the damage in bytes from the start of the file. */
    public long offset() {
        return offset;
    }
}
