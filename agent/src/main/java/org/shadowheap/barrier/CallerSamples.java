package org.shadowheap.barrier;

import static org.shadowheap.event.layout.EventRecord.word0;
import static org.shadowheap.event.layout.EventRecord.word1;

import jdk.internal.misc.Unsafe;
import org.shadowheap.event.layout.EventRecord;

/**
 * Looks, once in many records, who called the site of a store that lies outside the application.
 *
 * <p>Costs the fast paths nothing: what looks is a store that finds its chunk full. How many chunks lie between two looks is
 * drawn at random, and the last of them is begun at a random place (what is skipped is filled with stamps), so that every
 * record has the same chance whatever the length of the program's loops. A record that is no such store is passed over, not
 * replaced by a later one. Each look stands for the mean of the distances that it was drawn from.
 *
 * <p>A walk's own time says how far apart walks must be: {@link #NANOS_EARNED} of it are earned by each chunk, which takes its
 * thread at least fifty times as long. The first {@code 8 * mean} of a JVM are closer together, lest a short program have none.
 */
final class CallerSamples {

    private static final Unsafe U = Unsafe.getUnsafe();

    private static final int RECORDS = (Chunks.BYTES - Chunks.FIRST_RECORD) / EventRecord.BYTES;

    /** What a chunk of 255 records may pay for walks: 0.1 ns a record. */
    private static final int NANOS_EARNED = RECORDS / 10;

    private static final int LEAST_CHUNKS = 16;
    private static final int MOST_CHUNKS = 4096;
    private static final long LONGEST_WALK_NANOS = 50_000;

    /** Records of a chunk that are always left behind what is skipped: a look takes some. */
    private static final int RESERVED = 8;

    /** Nanoseconds of a walk, a moving average; and how many walks there were. Written by any thread, racing. */
    private static final long WALK_NANOS = IdBlocks.zeroed(2 * Long.BYTES);

    private static final long WALKS = WALK_NANOS + Long.BYTES;

    private CallerSamples() {}

    /** A chunk is full: whether {@link #take} has something to do. */
    static boolean isDue(long cell) {
        int left = U.getInt(cell + LogCell.CHUNKS_LEFT) - 1;
        U.putInt(cell + LogCell.CHUNKS_LEFT, left);
        return left <= 1;
    }

    /**
     * The next record opens a new chunk.
     *
     * @param next word 1 of that record; it may be under another stamp afterwards, a ticket
     */
    static void take(long cell, long next) {
        if (U.getInt(cell + LogCell.MODE) != LogCell.NORMAL) {
            return;
        }
        int left = U.getInt(cell + LogCell.CHUNKS_LEFT);
        if (left == 0 && isOfLibrary(next)) {
            look(cell, EventRecord.site(next));
        }
        if (left <= 0) {
            left = drawDistance(cell);
        }
        if (left == 1) {
            skip(cell);
        }
        // Of the record's own run nothing is left: a later ticket is as good.
        EventLog.draw(cell);
    }

    private static boolean isOfLibrary(long word1) {
        int kind = EventRecord.kind(word1);
        boolean isStore = kind == EventRecord.FIELD_STORE
                || kind == EventRecord.ARRAY_STORE
                || kind == EventRecord.STATIC_STORE
                || kind == EventRecord.COPIED_ELEMENT;
        return isStore && SiteTable.isOfLibrary(EventRecord.site(word1));
    }

    private static void look(long cell, int site) {
        CallerWalk walk = Recording.callerWalk;
        if (walk == null || !CarrierThread.mayFindCaller()) {
            return;
        }
        int stores = U.getInt(cell + LogCell.STANDS_FOR);
        long entered = Cells.NONE;
        int caller = -1;
        try {
            entered = AgentCode.enter(cell);
            long begin = System.nanoTime();
            caller = walk.nearest();
            note(System.nanoTime() - begin);
        } catch (Throwable unwalkable) {
            // No event is lost by that; the others share what this one would have stood for.
        } finally {
            AgentCode.exit(entered);
        }
        if (caller >= 0) {
            EventLog.append(cell, word0(0, caller), word1(EventRecord.CALLED_FROM, stores, site));
        }
    }

    private static void note(long nanos) {
        long before = U.getLongOpaque(null, WALK_NANOS);
        U.putLongOpaque(null, WALK_NANOS, before - before / 8 + Math.min(nanos, LONGEST_WALK_NANOS) / 8);
        U.putLongOpaque(null, WALKS, U.getLongOpaque(null, WALKS) + 1);
    }

    private static int drawDistance(long cell) {
        long byCost = Math.max(LEAST_CHUNKS, U.getLongOpaque(null, WALK_NANOS) / NANOS_EARNED);
        int mean = (int) Math.min(Math.min(byCost, MOST_CHUNKS), 1 + U.getLongOpaque(null, WALKS) / 8);
        int chunks = 1 + random(cell, 2 * mean - 1);
        U.putInt(cell + LogCell.STANDS_FOR, (mean - 1) * RECORDS + (RECORDS + RESERVED) / 2);
        U.putInt(cell + LogCell.CHUNKS_LEFT, chunks);
        return chunks;
    }

    /** Begins the chunk at a random place. */
    private static void skip(long cell) {
        long stamp = Stamps.readOpaque();
        for (int left = random(cell, RECORDS - RESERVED); left > 0; left--) {
            EventLog.append(cell, stamp, word1(EventRecord.STAMP, 0, 0));
        }
    }

    /** A number from 0 up to a bound, exclusive (xorshift, Marsaglia 2003). */
    private static int random(long cell, int bound) {
        long x = U.getLong(cell + LogCell.RANDOM);
        if (x == 0) {
            x = cell ^ System.nanoTime() | 1;
        }
        x ^= x << 13;
        x ^= x >>> 7;
        x ^= x << 17;
        U.putLong(cell + LogCell.RANDOM, x);
        return (int) ((x >>> 33) % bound);
    }
}
