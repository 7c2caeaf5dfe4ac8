package org.shadowheap.journal;

import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * A part of the file that is filled with zeros ahead of its use: a store to a page for which the disk has no room would end the
 * JVM, a write says so. One thread at a time fills.
 */
abstract class Room {

    private static final byte[] ZEROS = new byte[1 << 16];

    private final RandomAccessFile file;
    private final long offset;
    private final int unitBytes;
    private final long units;
    private final long ahead;
    private long filled;

    /**
     * @param offset where in the file it begins, in bytes
     * @param unitBytes bytes of each thing in it
     * @param units how many things it has room for
     * @param ahead how many more than are used are to be filled
     */
    Room(RandomAccessFile file, long offset, int unitBytes, long units, long ahead) {
        this.file = file;
        this.offset = offset;
        this.unitBytes = unitBytes;
        this.units = units;
        this.ahead = ahead;
    }

    /** How many things are used. */
    abstract long used();

    /** So many things may be used from now on. */
    abstract void allow(long things);

    /** Fills for the first time, before anything is used. */
    final void begin() throws IOException {
        fill(Math.min(units, ahead));
    }

    /** What was filled may be used. */
    final void open() {
        allow(filled);
    }

    /** Fills further if much of what was ahead is used. Returns whether it did. */
    final boolean keepAhead() throws IOException {
        long used = used();
        if (filled == units || filled - used > ahead - ahead / 4) {
            return false;
        }
        fill(Math.min(units, used + ahead));
        allow(filled);
        return true;
    }

    final boolean isWhole() {
        return filled == units;
    }

    private void fill(long to) throws IOException {
        long at = offset + filled * unitBytes;
        long end = offset + to * unitBytes;
        // Not a channel: an interrupt would close it.
        synchronized (file) {
            file.seek(at);
            while (at < end) {
                int part = (int) Math.min(ZEROS.length, end - at);
                file.write(ZEROS, 0, part);
                at += part;
            }
        }
        filled = to;
    }
}
