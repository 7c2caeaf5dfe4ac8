package org.shadowheap.drain;

import static org.shadowheap.event.layout.EventRecord.WORD0_OFFSET;
import static org.shadowheap.event.layout.EventRecord.WORD1_OFFSET;

import jdk.internal.misc.Unsafe;
import org.shadowheap.barrier.Cells;
import org.shadowheap.barrier.Chunks;
import org.shadowheap.barrier.Stamps;
import org.shadowheap.event.EventDecoder;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.layout.EventRecord;

/** Where the drain stands in one log. Used by the drain's thread alone. */
final class LogReader {

    private static final Unsafe U = Unsafe.getUnsafe();

    /** Records of a list that are not read until it is complete: a longer one may fill the logs. */
    private static final long MOST_OF_LIST = Chunks.capacityEvents() / 64;

    final int log;
    final long cell;

    private final SinceListed since;

    private long chunk;
    private long position;
    private long end;

    /** Order of the current run: twice its stamp, one more if it is ticketed. */
    private long key;

    /** That of the run before. */
    private long keyBefore;

    private long lostSeen;

    /** Whether the run that was delivered last was a mark of a collection. */
    private boolean isMark;

    LogReader(int log, long cell, SinceListed since) {
        this.log = log;
        this.cell = cell;
        this.since = since;
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

    /**
     * The key of the next run; the largest long if no record is left before the end. A list of roots counts as there when all of it is:
     * while its thread writes it, nothing follows.
     */
    long nextKey() {
        while (position != end) {
            if (position == chunk + Chunks.BYTES) {
                nextChunk();
                continue;
            }
            long word1 = U.getLong(position + WORD1_OFFSET);
            if (EventRecord.kind(word1) != EventRecord.STAMP) {
                return isPartOfList(word1) ? Long.MAX_VALUE : key;
            }
            keyBefore = key;
            key = U.getLong(position + WORD0_OFFSET) << 1 | EventRecord.operand(word1);
            position += EventRecord.BYTES;
        }
        return Long.MAX_VALUE;
    }

    private boolean isPartOfList(long word1) {
        return EventRecord.kind(word1) == EventRecord.ROOTS
                && !isBeforeEnd(EventRecord.object(U.getLong(position + WORD0_OFFSET)));
    }

    /** Whether so many records more than the next one are there; or so many that who writes them may wait for room. */
    private boolean isBeforeEnd(int records) {
        long last = Chunks.chunkBefore(end);
        long left = Math.min(records, MOST_OF_LIST);
        long from = position + EventRecord.BYTES;
        for (long in = chunk; in != last && left > 0; in = Chunks.next(in)) {
            left -= (in + Chunks.BYTES - from) / EventRecord.BYTES;
            from = Chunks.next(in) + Chunks.FIRST_RECORD;
        }
        return left <= 0 || left <= (end - from) / EventRecord.BYTES;
    }

    private void nextChunk() {
        long next = Chunks.next(chunk);
        since.chunkRead(chunk);
        chunk = next;
        position = next + Chunks.FIRST_RECORD;
    }

    /** Lists what the thread mentioned, if it has not answered a request, as {@link SinceListed#listInItsPlace}. */
    void listInItsPlace(EventSink sink, long expected, long evident) {
        if (chunk != 0) {
            since.listInItsPlace(sink, log, expected, evident, chunk, position);
        }
    }

    /** The thread has ended, and its log was read to its end. */
    void close() {
        since.end(chunk);
    }

    /** Whether the current run marks a collection, or begins with a list of its thread's roots. {@link #nextKey} has just stopped at its first record. */
    private void noteFirst() {
        long word1 = U.getLong(position + WORD1_OFFSET);
        isMark = EventRecord.kind(word1) == EventRecord.COLLECTED;
        if (EventRecord.kind(word1) == EventRecord.ROOTS && EventRecord.operand(word1) == log) {
            boolean answers = EventRecord.subject(U.getLong(position + WORD0_OFFSET)) != 0;
            since.listed(chunk, position, Stamps.epoch(key >>> 1), Stamps.epoch(keyBefore >>> 1), answers);
        }
    }

    /** Whether what was delivered last says that the JVM has collected just there. */
    boolean wasMark() {
        return isMark;
    }

    /** Delivers the records of the current run; returns how many. */
    long deliverRun(EventSink sink) {
        noteFirst();
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
