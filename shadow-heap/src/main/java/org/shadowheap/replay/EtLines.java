package org.shadowheap.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/**
 * The lines of a trace of Elephant Tracks: a letter for the kind, then numbers in hexadecimal, set apart by blanks. What they mean
 * here says {@code docs/elephant-tracks.md}.
 *
 * <p>A writer that fails is told as an {@link UncheckedIOException}, since sinks of events throw nothing else.
 */
final class EtLines {

    /** Nobody recorded where an object is born, nor which thread stores. */
    private static final int UNKNOWN = 0;

    private final Writer out;
    private final StringBuilder line = new StringBuilder();
    private long lines;

    EtLines(Writer out) {
        this.out = out;
    }

    /**
     * An object comes to be known.
     *
     * @param kind {@code N} an instance is born, {@code A} an array, {@code P} was there before, {@code V} is met later
     * @param descriptor of its type, as in a class file
     * @param length of an array, -1 of anything else
     */
    void allocation(char kind, int object, long bytes, String descriptor, int length) {
        begin(kind);
        number(object);
        number(bytes);
        line.append(' ').append(descriptor);
        number(UNKNOWN);
        if (length >= 0) {
            number(length);
        }
        number(UNKNOWN);
        end();
    }

    /** A slot of an object refers to another one now, 0 for none. */
    void update(int oldTarget, int object, int newTarget, int slot) {
        begin('U');
        number(oldTarget);
        number(object);
        number(newTarget);
        number(slot);
        number(UNKNOWN);
        end();
    }

    /** A reference was seen on the stack of a thread. */
    void root(int object, int thread) {
        begin('R');
        number(object);
        number(thread);
        end();
    }

    void death(int object) {
        begin('D');
        number(object);
        number(UNKNOWN);
        end();
    }

    /** Lines so far. */
    long count() {
        return lines;
    }

    private void begin(char kind) {
        line.setLength(0);
        line.append(kind);
    }

    private void number(long value) {
        line.append(' ').append(Long.toHexString(value));
    }

    private void number(int value) {
        line.append(' ').append(Integer.toHexString(value));
    }

    private void end() {
        try {
            out.append(line.append('\n'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines++;
    }
}
