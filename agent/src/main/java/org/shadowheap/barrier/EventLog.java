package org.shadowheap.barrier;

import static org.shadowheap.event.layout.EventRecord.word1;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.DontInline;
import jdk.internal.vm.annotation.ForceInline;
import org.shadowheap.event.layout.EventRecord;

/**
 * A mutator's append to its own log.
 *
 * <p>A run of records has one stamp. A record about an object of one's own carries the stamp counter as read; a record
 * about anything else draws a ticket. The merged order by stamp, at equal stamps own before ticketed, then log, then
 * position, is per object the order of happens-before.
 */
public final class EventLog {

    private static final Unsafe U = Unsafe.getUnsafe();

    private static final int TICKETED = 1;

    /** No stamp is like it. */
    private static final long NO_STAMP = -1;

    private EventLog() {}

    /** Appends a record about an object of this log. */
    @ForceInline
    static void appendOwn(long cell, long word0, long word1) {
        long stamp = Stamps.readOpaque();
        if (stamp != U.getLong(cell + LogCell.STAMP)) {
            stampChanged(cell, stamp);
        }
        append(cell, word0, word1);
    }

    /**
     * Draws a ticket for the records that follow. Those of one's own objects among them stay in its run while nobody else draws:
     * whatever came before them came before the ticket.
     */
    static void draw(long cell) {
        long seen = Stamps.readOpaque();
        if (Stamps.epoch(seen) != U.getLong(cell + LogCell.EPOCH)) {
            answer(cell, seen);
        }
        long ticket = Stamps.draw();
        append(cell, ticket, word1(EventRecord.STAMP, TICKETED, 0));
        U.putLong(cell + LogCell.STAMP, after(cell, ticket));
    }

    /**
     * As {@link #draw}, for what is met and read. The thread that mirrors what exists has runs under tickets alone in its log, so it needs no
     * other one while nobody draws: whoever sees what it has met writes at a later stamp.
     */
    static void drawToMeet(long cell) {
        if (!PendingObjects.isMirroring(cell) || Stamps.readOpaque() != U.getLong(cell + LogCell.STAMP)) {
            draw(cell);
        }
    }

    /** The stamp of what follows a ticket; none if a request for roots came with the ticket, so that the next own record answers it. */
    @ForceInline
    private static long after(long cell, long ticket) {
        boolean isAnswered = Stamps.epoch(ticket) == U.getLong(cell + LogCell.EPOCH);
        return isAnswered || U.getInt(cell + LogCell.MODE) != LogCell.NORMAL ? ticket + 1 : NO_STAMP;
    }

    /** A quiet stretch ends. A request that came meanwhile, with a ticket that was drawn in it, is answered by the next own record. */
    @ForceInline
    static void quietEnds(long cell) {
        if (Stamps.epoch(U.getLong(cell + LogCell.STAMP)) != U.getLong(cell + LogCell.EPOCH)) {
            U.putLong(cell + LogCell.STAMP, NO_STAMP);
        }
    }

    /** Lists roots, if the thread may, since somebody asks. */
    @DontInline
    private static void answer(long cell, long stamp) {
        if (U.getInt(cell + LogCell.MODE) == LogCell.NORMAL) {
            U.putLong(cell + LogCell.EPOCH, Stamps.epoch(stamp));
            listRoots(cell);
        }
    }

    /** The next record begins a run, whatever its stamp. */
    static void endRun(long cell) {
        U.putLong(cell + LogCell.STAMP, NO_STAMP);
    }

    /** Draws a ticket and appends a record under it; more may follow. */
    static void appendTicketed(long cell, long word0, long word1) {
        draw(cell);
        append(cell, word0, word1);
    }

    /**
     * Appends a record of what the caller has just read, under the latest ticket or stamp while nobody else draws one, else
     * under a new ticket: another thread may have given birth to it since.
     */
    static void appendRead(long cell, long word0, long word1) {
        if (Stamps.readOpaque() != U.getLong(cell + LogCell.STAMP)) {
            draw(cell);
        }
        append(cell, word0, word1);
    }

    /** As {@link #appendTicketed}; what the caller reads next it reads after the record was published. */
    @ForceInline
    static void appendTicketedVolatile(long cell, long word0, long word1) {
        long top = U.getLong(cell + LogCell.TOP);
        if (Chunks.hasRoom(top, 2) && Stamps.epoch(Stamps.readOpaque()) == U.getLong(cell + LogCell.EPOCH)) {
            long ticket = Stamps.draw();
            write(top, ticket, word1(EventRecord.STAMP, TICKETED, 0));
            write(top + EventRecord.BYTES, word0, word1);
            // Publishes and is a fence, in one instruction of most processors.
            U.getAndSetLong(null, cell + LogCell.TOP, top + 2 * EventRecord.BYTES);
            U.putLong(cell + LogCell.STAMP, after(cell, ticket));
        } else {
            appendTicketed(cell, word0, word1);
            U.fullFence();
        }
    }

    /** Where the next record goes if it belongs to the current run and fits into the chunk, else 0. For fast paths. */
    @ForceInline
    static long open(long cell) {
        long top = U.getLong(cell + LogCell.TOP);
        return Stamps.readOpaque() == U.getLong(cell + LogCell.STAMP) && !Chunks.isEnd(top) ? top : 0;
    }

    /** As {@link #open(long)}, for so many records. */
    @ForceInline
    static long open(long cell, int records) {
        long top = U.getLong(cell + LogCell.TOP);
        return Stamps.readOpaque() == U.getLong(cell + LogCell.STAMP) && Chunks.hasRoom(top, records) ? top : 0;
    }

    /** Writes a record at the top of the log and publishes it. */
    @ForceInline
    static void put(long cell, long top, long word0, long word1) {
        write(top, word0, word1);
        publish(cell, top + EventRecord.BYTES);
    }

    /** Lets the drain read the records before {@code top}. */
    @ForceInline
    static void publish(long cell, long top) {
        U.putLongRelease(null, cell + LogCell.TOP, top);
    }

    /** Writes a record that is not published yet. */
    @ForceInline
    static void write(long at, long word0, long word1) {
        U.putLong(at + EventRecord.WORD0_OFFSET, word0);
        U.putLong(at + EventRecord.WORD1_OFFSET, word1);
    }

    /** Appends a record to the current run and publishes it. */
    @ForceInline
    static void append(long cell, long word0, long word1) {
        long top = U.getLong(cell + LogCell.TOP);
        if (Chunks.isEnd(top)) {
            top = chunkIsFull(cell, word1);
            if (top == 0) {
                return;
            }
        }
        put(cell, top, word0, word1);
    }

    /**
     * Where the next record goes, or 0 if it is lost. On the way it is marked that the JVM has collected, if it has, and once in many chunks it
     * is sampled who called.
     */
    @DontInline
    private static long chunkIsFull(long cell, long word1) {
        long top = nextChunk(cell);
        if (top == 0) {
            return top;
        }
        boolean isMarked = CollectionPlaces.chunkBegins(cell, word1);
        boolean isSampled = CallerSamples.chunkBegins(cell, word1);
        if (!isMarked && !isSampled) {
            return top;
        }
        top = U.getLong(cell + LogCell.TOP);
        return Chunks.isEnd(top) ? nextChunk(cell) : top;
    }

    @DontInline
    private static void stampChanged(long cell, long stamp) {
        long seen = stamp;
        if (Stamps.epoch(seen) != U.getLong(cell + LogCell.EPOCH)) {
            answer(cell, seen);
            seen = Stamps.readOpaque();
        }
        append(cell, seen, word1(EventRecord.STAMP, 0, 0));
        U.putLong(cell + LogCell.STAMP, seen);
    }

    private static void listRoots(long cell) {
        if (!tryToListRoots(cell)) {
            // What only this stack holds may be judged dead.
            Cells.countLost(cell);
        }
    }

    /**
     * Lists roots if the thread has recorded anything since it did so last, once an epoch: while it waits, or runs agent code, it will hear of no
     * request, and what it has in hand may be held by it alone. If that fails, as it does at the end of the stack, nothing is lost that was asked for.
     */
    static void listRootsOnceAnEpoch(long cell) {
        long epoch = Stamps.epoch(Stamps.readOpaque());
        if (U.getLong(cell + LogCell.TOP) != U.getLong(cell + LogCell.LISTED)
                && U.getLong(cell + LogCell.WAITED) != epoch
                && U.getInt(cell + LogCell.MODE) == LogCell.NORMAL) {
            U.putLong(cell + LogCell.WAITED, epoch);
            if (tryToListRoots(cell)) {
                U.putLong(cell + LogCell.EPOCH, epoch);
            }
        }
    }

    private static boolean tryToListRoots(long cell) {
        StackWalk walk = Recording.stackWalk;
        if (walk == null || !CarrierThread.mayWalk()) {
            return true;
        }
        long entered = Cells.NONE;
        try {
            entered = AgentCode.enter(cell);
            RootList.write(cell, walk);
            U.putLong(cell + LogCell.LISTED, U.getLong(cell + LogCell.TOP));
            return true;
        } catch (Throwable unwalkable) {
            return false;
        } finally {
            AgentCode.exit(entered);
        }
    }

    /**
     * Links a new chunk; returns where the next record goes, or 0 if it is lost. If the stack overflows on the way, the next one
     * who comes goes on with the chunk that is linked already.
     */
    @DontInline
    private static long nextChunk(long cell) {
        if (U.getInt(cell + LogCell.MODE) == LogCell.OFF || cell == Cells.NONE) {
            return 0;
        }
        long top = U.getLong(cell + LogCell.TOP);
        long linked = top == 0 ? U.getLong(cell + LogCell.FIRST_CHUNK) : Chunks.next(Chunks.chunkBefore(top));
        long chunk = linked != 0 ? linked : Recording.isOn() ? Chunks.take() : 0;
        if (chunk == 0) {
            chunk = LogWait.untilFree();
        }
        if (chunk == 0) {
            if (Recording.isOn()) {
                // A text that is there already: to make one would append, and wait once more.
                Recording.fail("the event log stayed full longer than max-wait: try a larger log");
            }
            Cells.switchOff(cell);
            return 0;
        }
        if (top != 0) {
            U.putLongRelease(null, Chunks.chunkBefore(top) + Chunks.NEXT, chunk);
        } else {
            U.putLongRelease(null, cell + LogCell.FIRST_CHUNK, chunk);
        }
        long chunks = U.getLong(cell + LogCell.CHUNKS);
        U.putLong(cell + LogCell.CHUNKS, chunks + 1);
        if ((chunks & RootDemand.CHUNKS - 1) == 0) {
            RootDemand.groupBegins();
        }
        long first = chunk + Chunks.FIRST_RECORD;
        U.putLongRelease(null, cell + LogCell.TOP, first);
        return first;
    }
}
