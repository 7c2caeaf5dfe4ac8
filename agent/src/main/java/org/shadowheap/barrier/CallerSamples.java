package org.shadowheap.barrier;

import static org.shadowheap.event.layout.EventRecord.word0;
import static org.shadowheap.event.layout.EventRecord.word1;

import jdk.internal.misc.Unsafe;
import org.shadowheap.event.layout.EventRecord;

/**
 * Samples who calls the sites outside the application.
 *
 * <p>Costs the fast paths nothing: it is asked by a record that finds its chunk full. One chunk in so many, by chance, ends with a
 * sample: of the record that does not fit into it any more, if that is a store of such a site. That chunk begins at a random
 * place, and what is skipped is filled with stamps: so each record of a log has the same chance, however the lengths of the
 * program's loops and of chunks go together. Each chunk is chosen for itself, so a thread that soon ends is sampled as often
 * as others. A sample stands for the mean number of records between two.
 *
 * <p>How many chunks come to one sample follows from the time that walks take: each chunk earns {@value #NANOS_EARNED} ns of a
 * walk, and takes its thread at least fifty times as long to fill. The first walks of a JVM are closer together, for the sake of
 * short programs: the n-th is one in 1 + n / 4 chunks.
 *
 * <p>Any thread, for its own cell. Nothing is thrown but a stack overflow, as in all of the barrier.
 */
final class CallerSamples {

    private static final Unsafe U = Unsafe.getUnsafe();

    /** Records that fit into a chunk. */
    private static final int RECORDS = (Chunks.BYTES - Chunks.FIRST_RECORD) / EventRecord.BYTES;

    /** Of a walk, by each chunk: 0.1 ns for a record, which costs 5 ns at least. */
    private static final int NANOS_EARNED = 25;

    private static final int LEAST_CHUNKS = 16;
    private static final int EARLY_WALKS = 4;

    /** A walk that took longer had no processor for a while: that is not its cost. */
    private static final long LONGEST_WALK_NANOS = 200_000;

    /** Records that fit behind what is skipped, at least. */
    private static final int RESERVED = 8;

    private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

    /** Means are moved by an eighth of the difference. */
    private static final int SMOOTHING = 8;

    /** Nanoseconds of a walk, a moving mean; how many there were; chunks to a sample. Any thread writes, racing. */
    private static final long WALK_NANOS = IdBlocks.zeroed(3 * Long.BYTES);

    private static final long WALKS = WALK_NANOS + Long.BYTES;
    private static final long CHUNKS_TO_A_SAMPLE = WALKS + Long.BYTES;

    private CallerSamples() {}

    /**
     * A log goes on in a new chunk.
     *
     * @param next word 1 of the record that opens it
     * @return whether something was appended: where the next record goes has changed, and perhaps its stamp, to a new ticket
     */
    static boolean chunkBegins(long cell, long next) {
        int standsFor = U.getInt(cell + LogCell.SAMPLE);
        CallerWalk walk = Recording.callerWalk;
        if (walk == null) {
            return false;
        }
        U.putInt(cell + LogCell.SAMPLE, 0);
        if (U.getInt(cell + LogCell.MODE) != LogCell.NORMAL) {
            return false;
        }
        boolean sampled = standsFor != 0 && isOfLibrary(next) && CarrierThread.mayFindCaller();
        if (sampled) {
            sample(cell, walk, EventRecord.site(next), standsFor);
        }
        int chunks = (int) U.getLongOpaque(null, CHUNKS_TO_A_SAMPLE) + 1;
        boolean chosen = random(cell, chunks) == 0;
        if (chosen) {
            U.putInt(cell + LogCell.SAMPLE, (chunks - 1) * RECORDS + (RECORDS + RESERVED) / 2);
            skip(cell);
            // What was skipped is the end of the record's run: a later ticket is as good.
            EventLog.draw(cell);
        }
        return sampled || chosen;
    }

    private static boolean isOfLibrary(long word1) {
        int kind = EventRecord.kind(word1);
        boolean isStore = kind == EventRecord.FIELD_STORE
                || kind == EventRecord.ARRAY_STORE
                || kind == EventRecord.STATIC_STORE
                || kind == EventRecord.COPIED_ELEMENT;
        return isStore && SiteTable.isOfLibrary(EventRecord.site(word1));
    }

    private static void sample(long cell, CallerWalk walk, int site, int standsFor) {
        long entered = Cells.NONE;
        int caller = CallerWalk.FAILED;
        try {
            entered = AgentCode.enterUnseen(cell);
            long begin = System.nanoTime();
            caller = walk.nearest();
            note(System.nanoTime() - begin);
        } catch (Throwable unwalkable) {
            // No event is lost by that; the other samples share what this one would have stood for.
        } finally {
            AgentCode.exitUnseen(entered);
        }
        if (caller != CallerWalk.FAILED) {
            EventLog.append(cell, word0(0, caller), word1(EventRecord.CALLED_FROM, standsFor, site));
        }
    }

    private static void note(long nanos) {
        long mean = U.getLongOpaque(null, WALK_NANOS);
        mean += (Math.min(nanos, LONGEST_WALK_NANOS) - mean) / SMOOTHING;
        long walks = U.getLongOpaque(null, WALKS) + 1;
        U.putLongOpaque(null, WALK_NANOS, mean);
        U.putLongOpaque(null, WALKS, walks);
        // One less: it is 0 at first.
        U.putLongOpaque(
                null,
                CHUNKS_TO_A_SAMPLE,
                Math.min(Math.max(LEAST_CHUNKS, mean / NANOS_EARNED) - 1, walks / EARLY_WALKS));
    }

    /** Leaves out a random part of the chunk. */
    private static void skip(long cell) {
        long stamp = Stamps.readOpaque();
        for (int left = random(cell, RECORDS - RESERVED); left > 0; left--) {
            EventLog.append(cell, stamp, word1(EventRecord.STAMP, 0, 0));
        }
    }

    /** A number from 0 up to a bound, exclusive. Xorshift, G. Marsaglia 2003. */
    private static int random(long cell, int bound) {
        long x = U.getLong(cell + LogCell.RANDOM);
        if (x == 0) {
            // Spread over all bits: of a thread that soon ends the first numbers are the only ones.
            x = (System.nanoTime() ^ cell) * SPREAD | 1;
        }
        x ^= x << 13;
        x ^= x >>> 7;
        x ^= x << 17;
        U.putLong(cell + LogCell.RANDOM, x);
        return (int) ((x >>> 33) * bound >>> 31);
    }
}
