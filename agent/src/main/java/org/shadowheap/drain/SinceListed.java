package org.shadowheap.drain;

import static org.shadowheap.event.layout.EventRecord.WORD0_OFFSET;
import static org.shadowheap.event.layout.EventRecord.WORD1_OFFSET;

import java.util.Arrays;
import jdk.internal.misc.Unsafe;
import org.shadowheap.barrier.Chunks;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.layout.EventRecord;

/**
 * What a thread has recorded since it last listed its roots: kept after it was read, in the chunks it was written to.
 *
 * <p>A thread that gets no processor, waits for a monitor or runs native code records nothing and so hears of no request, while what
 * it mentioned ceases to be evidence. What it has made since its last list nobody else need hold, but its records tell. So the
 * drain lists that in its place; what the list said stays. Used by the drain's thread alone.
 */
final class SinceListed {

    private static final Unsafe U = Unsafe.getUnsafe();

    /**
     * Records before a list that are kept, too, if they are in its chunk and of one run: where a call is about to be linked, a walk does
     * not find the arguments, which were mostly made just before.
     */
    private static final int BEFORE_LIST = 64;

    private final Logs logs;
    private final Kept kept;

    /** The first chunk that is kept, 0 if the thread answers no requests; and where in it, behind the beginning of its list. */
    private long first;

    private long from;

    /** How far before that records are kept, too, in bytes, and the epoch that all of them are of. */
    private long bytesBefore;

    private long epochBefore;

    /** The epoch of the latest list. */
    private long epoch;

    /** What all logs keep together, and what is needed to tell of it. */
    static final class Kept {

        /** Of all chunks, how many may be kept: the others are for what was not read yet. */
        private static final int SHARE = 8;

        /** Of mentions, how many are remembered, by their low bits: most are of what was mentioned just before. */
        private static final int REMEMBERED = 1 << 12;

        private final long most = Chunks.capacityBytes() / Chunks.BYTES / SHARE;
        private final int[] mentioned = new int[REMEMBERED];
        private long chunks;

        private void tell(EventSink sink, int log, int object) {
            int at = object & REMEMBERED - 1;
            if (object != 0 && mentioned[at] != object) {
                mentioned[at] = object;
                sink.root(log, object);
            }
        }
    }

    SinceListed(Logs logs, Kept kept) {
        this.logs = logs;
        this.kept = kept;
    }

    /**
     * The thread lists its roots.
     *
     * @param position of the first record of the list, in this chunk
     * @param itsEpoch the latest request that the thread knew of
     * @param before the one it knew of when it recorded what comes before
     * @param answers whether it will answer the next one
     */
    void listed(long chunk, long position, long itsEpoch, long before, boolean answers) {
        freeUpTo(chunk);
        first = answers ? chunk : 0;
        from = position;
        epoch = itsEpoch;
        epochBefore = before;
        bytesBefore = position - beginOfRun(chunk, position);
    }

    /** Where the run begins that ends before the list's stamp, or the last records of it. */
    private static long beginOfRun(long chunk, long position) {
        long least = Math.max(chunk + Chunks.FIRST_RECORD, position - (long) (BEFORE_LIST + 1) * EventRecord.BYTES);
        long at = Math.max(least, position - EventRecord.BYTES); // the stamp
        while (at > least && EventRecord.kind(U.getLong(at - EventRecord.BYTES + WORD1_OFFSET)) != EventRecord.STAMP) {
            at -= EventRecord.BYTES;
        }
        return at;
    }

    /** A chunk was read to its end. */
    void chunkRead(long chunk) {
        if (first == 0) {
            logs.free(chunk);
        } else if (++kept.chunks > kept.most) {
            long oldest = first;
            keepFrom(Chunks.next(oldest), Chunks.next(oldest) + Chunks.FIRST_RECORD);
            free(oldest);
        }
    }

    /**
     * Threads were asked; what was recorded before the request with the epoch {@code expected} is no evidence any more. If the thread has
     * not answered that one, what it mentioned is listed in its place.
     *
     * @param evident what was recorded from this epoch on was evidence until now: it is not dead yet
     * @param position in this chunk, up to which its log was read
     */
    void listInItsPlace(EventSink sink, int log, long expected, long evident, long chunk, long position) {
        if (first == 0 || epoch >= expected) {
            return;
        }
        long begin = from - (epochBefore >= evident ? bytesBefore : 0);
        if (begin == position) {
            return;
        }
        Arrays.fill(kept.mentioned, 0);
        long in = first;
        for (long at = begin; at != position; at += EventRecord.BYTES) {
            if (at == in + Chunks.BYTES) {
                in = Chunks.next(in);
                at = in + Chunks.FIRST_RECORD;
                if (at == position) {
                    break;
                }
            }
            tell(sink, log, U.getLong(at + WORD0_OFFSET), U.getLong(at + WORD1_OFFSET));
        }
        freeUpTo(chunk);
        keepFrom(chunk, position);
    }

    private void keepFrom(long chunk, long position) {
        first = chunk;
        from = position;
        bytesBefore = 0;
    }

    private void tell(EventSink sink, int log, long word0, long word1) {
        switch (EventRecord.kind(word1)) {
            case EventRecord.BIRTH, EventRecord.CONTACT, EventRecord.ARRAY_COPY ->
                kept.tell(sink, log, EventRecord.subject(word0));
            case EventRecord.FIELD_STORE,
                    EventRecord.ARRAY_STORE,
                    EventRecord.STATIC_STORE,
                    EventRecord.COPIED_ELEMENT -> {
                kept.tell(sink, log, EventRecord.subject(word0));
                kept.tell(sink, log, EventRecord.object(word0));
            }
            default -> {}
        }
    }

    /** Nothing is kept any more: the thread has ended, and this is the chunk that its log ends in. */
    void end(long chunk) {
        freeUpTo(chunk);
        first = 0;
    }

    /** Frees what is kept before a chunk. */
    private void freeUpTo(long chunk) {
        while (first != 0 && first != chunk) {
            long next = Chunks.next(first);
            free(first);
            first = next;
        }
    }

    private void free(long chunk) {
        kept.chunks--;
        logs.free(chunk);
    }
}
