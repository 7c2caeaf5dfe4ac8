package org.shadowheap.drain;

import static org.shadowheap.event.layout.EventRecord.WORD0_OFFSET;
import static org.shadowheap.event.layout.EventRecord.WORD1_OFFSET;

import jdk.internal.misc.Unsafe;
import org.shadowheap.barrier.Cells;
import org.shadowheap.barrier.Chunks;
import org.shadowheap.event.EventDecoder;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.layout.EventRecord;

/** Where the drain stands in one log. Used by the drain's thread alone. */
final class LogReader {

    private static final Unsafe U = Unsafe.getUnsafe();

    final int log;
    final long cell;

    private final Logs logs;

    private long chunk;
    private long position;
    private long end;

    /** Order of the current run: twice its stamp, one more if it is ticketed. */
    private long key;

    private long lostSeen;

    LogReader(int log, long cell, Logs logs) {
        this.log = log;
        this.cell = cell;
        this.logs = logs;
    }

    /** Goes on where another reader of this log stood; before it has read an end. */
    void resume(long itsChunk, long itsPosition, long itsKey, long itsLostSeen) {
        chunk = itsChunk;
        position = itsPosition;
        key = itsKey;
        lostSeen = itsLostSeen;
    }

    /** Tells where it stands. */
    void tell(Positions.Visitor visitor) {
        visitor.log(log, cell, chunk, position, key, lostSeen);
    }

    /** Reads the published end of the log; what lies before it may be delivered from now on. */
    void readEnd() {
        long top = Cells.topAcquire(cell);
        if (top == 0) {
            return;
        }
        if (chunk == 0) {
            chunk = Cells.firstChunk(cell);
            position = chunk + Chunks.FIRST_RECORD;
        }
        end = top;
    }

    /** The end that was read last. */
    long end() {
        return end;
    }

    /** Events that this thread lost since the last call. */
    long takeLost() {
        long lost = Cells.lost(cell);
        long fresh = lost - lostSeen;
        lostSeen = lost;
        return fresh;
    }

    /** The key of the next run; the largest long if no record is left before the end. */
    long nextKey() {
        while (position != end) {
            if (position == chunk + Chunks.BYTES) {
                nextChunk();
                continue;
            }
            long word1 = U.getLong(position + WORD1_OFFSET);
            if (EventRecord.kind(word1) != EventRecord.STAMP) {
                return key;
            }
            key = U.getLong(position + WORD0_OFFSET) << 1 | EventRecord.operand(word1);
            position += EventRecord.BYTES;
        }
        return Long.MAX_VALUE;
    }

    private void nextChunk() {
        long next = Chunks.next(chunk);
        logs.free(chunk);
        chunk = next;
        position = next + Chunks.FIRST_RECORD;
    }

    /** Delivers the records of the current run; returns how many. */
    long deliverRun(EventSink sink) {
        long count = 0;
        while (position != end) {
            if (position == chunk + Chunks.BYTES) {
                nextChunk();
                continue;
            }
            long limit = Chunks.chunkBefore(end) == chunk ? end : chunk + Chunks.BYTES;
            long at = position;
            for (; at != limit; at += EventRecord.BYTES) {
                long word1 = U.getLong(at + WORD1_OFFSET);
                if (EventRecord.kind(word1) == EventRecord.STAMP) {
                    position = at;
                    return count;
                }
                EventDecoder.decode(U.getLong(at + WORD0_OFFSET), word1, sink);
                count++;
            }
            position = at;
        }
        return count;
    }
}
