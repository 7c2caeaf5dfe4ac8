package org.shadowheap.barrier;

import static org.shadowheap.event.layout.EventRecord.word0;
import static org.shadowheap.event.layout.EventRecord.word1;

import org.shadowheap.event.layout.EventRecord;

/** Marks in the stream that the JVM itself has collected, or that somebody asks for a collection of the shadow heap. */
public final class RealCollection {

    private RealCollection() {}

    /**
     * Appends to the calling thread's log, under a ticket: what any thread recorded before comes before it. Any thread, which
     * may be in agent code. Nothing is thrown.
     *
     * @param kind number of a collection's kind
     * @param wallMillis when it began, milliseconds since the recording did
     * @param pauseMicros how long it stopped the program, 0 if it did not
     * @param youngKiB KiB of eden that were full before, unsigned; 0 if nobody can tell
     */
    public static void mark(int kind, int wallMillis, int pauseMicros, int youngKiB) {
        long cell = Cells.enter(Cells.current());
        if (cell == Cells.NONE) {
            return;
        }
        try {
            EventLog.appendTicketed(
                    cell, word0(wallMillis, pauseMicros), word1(EventRecord.REAL_COLLECTION, youngKiB, kind));
        } catch (Throwable failure) {
            Cells.countLost(cell);
        }
    }
}
