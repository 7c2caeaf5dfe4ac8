package org.shadowheap.barrier;

import static org.shadowheap.event.layout.EventRecord.word0;
import static org.shadowheap.event.layout.EventRecord.word1;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.DontInline;
import jdk.internal.vm.annotation.ForceInline;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.layout.EventRecord;

/**
 * Marks where the JVM has collected, within a chunk of the log of the first thread that notices.
 *
 * <p>The JVM counts its collections in memory that the process can read. So a thread that begins a chunk of its log, or makes a large array, compares that count with
 * the one that was marked last: two loads of words that nobody writes meanwhile. Who finds them different marks what is missing, and who
 * changes the one that was marked is the only one to do so. Nobody waits, and nothing is allocated.
 *
 * <p>One for each kind of collections. Any thread.
 */
public final class CollectionPlaces {

    private static final Unsafe U = Unsafe.getUnsafe();

    /** Numbers of {@code CollectionKind}. */
    private static final int YOUNG_KIND = 1;

    private static final int OLD_KIND = 2;

    private static final CollectionPlaces YOUNG = new CollectionPlaces(YOUNG_KIND, BarrierSetup.youngCollections);
    private static final CollectionPlaces OLD = new CollectionPlaces(OLD_KIND, BarrierSetup.oldCollections);

    private static final long MICROS = 1_000_000;
    private static final long MILLIS = 1_000;

    /** When the recording began, in ticks, and how many make a second. */
    private static volatile long startTicks;

    private static volatile long ticksPerSecond = 1;

    private final int kind;

    /** Addresses of what the JVM writes; where it counts nothing, of a word that stays 0. */
    private final long count;

    private final long lastEntry;
    private final long lastExit;
    private final boolean isCounted;

    /** How many were marked, or came before the session. Any thread writes, by compare-and-set. */
    private final long marked = IdBlocks.zeroed(2 * Long.BYTES);

    /** How many came before the session. Written before it records. */
    private final long before = marked + Long.BYTES;

    private CollectionPlaces(int kind, @Nullable CollectionCounter counter) {
        this.kind = kind;
        isCounted = counter != null;
        CollectionCounter there = counter;
        if (there == null) {
            long nothing = IdBlocks.zeroed(Long.BYTES);
            there = new CollectionCounter(nothing, nothing, nothing);
        }
        count = there.count();
        lastEntry = there.lastEntry();
        lastExit = there.lastExit();
    }

    /** What was collected before this call is not marked. Before a session records. */
    public static void begin() {
        YOUNG.forget();
        OLD.forget();
    }

    /**
     * Times of collections are told from now on.
     *
     * @param ticks of the clock by which the JVM notes when it collects
     * @param perSecond how many of them
     */
    public static void clockStarts(long ticks, long perSecond) {
        startTicks = ticks;
        ticksPerSecond = perSecond;
    }

    /** Whether collections of a kind are marked in place, in this JVM. */
    public static boolean areMarked(int kind) {
        CollectionPlaces places = of(kind);
        return places != null && places.isCounted;
    }

    /**
     * A log begins a chunk.
     *
     * @param next word 1 of the record that opens it: nothing has a place within a list of roots
     * @return whether something was appended, so that the next record goes elsewhere, under a new ticket
     */
    @ForceInline
    static boolean chunkBegins(long cell, long next) {
        return areNew() && EventRecord.kind(next) != EventRecord.ROOT && mark(cell);
    }

    @ForceInline
    private static boolean areNew() {
        return YOUNG.isNew() || OLD.isNew();
    }

    /** Marks what nobody has noticed yet, in the calling thread's log; it may be in agent code. Nothing is thrown. */
    public static void notice() {
        long cell = Cells.enter(Cells.current());
        if (cell != Cells.NONE) {
            notice(cell);
        }
    }

    /** A large array is about to be told of: few of them fill an eden. */
    static void largeBirth() {
        if (areNew()) {
            long cell = Cells.current();
            if (U.getInt(cell + LogCell.MODE) == LogCell.NORMAL) {
                notice(cell);
            }
        }
    }

    private static void notice(long cell) {
        try {
            if (markAll(cell)) {
                EventLog.endRun(cell);
            }
        } catch (Throwable failure) {
            // What could not be marked was counted as lost.
        }
    }

    /**
     * Tells what is known of a collection that is marked in place. Appends to the calling thread's log, which may be in agent code. Nothing is
     * thrown.
     *
     * @param number as the JVM counts those of this kind; what came before the session is passed over
     */
    public static void tell(int kind, int number, int pauseMicros, int youngKiB) {
        CollectionPlaces places = of(kind);
        if (places == null || number <= U.getLongVolatile(null, places.before)) {
            return;
        }
        notice();
        long cell = Cells.enter(Cells.current());
        if (cell == Cells.NONE) {
            return;
        }
        try {
            EventLog.appendTicketed(
                    cell, word0(number, pauseMicros), word1(EventRecord.COLLECTION_TOLD, youngKiB, kind));
        } catch (Throwable failure) {
            Cells.countLost(cell);
        }
    }

    private static @Nullable CollectionPlaces of(int kind) {
        return kind == YOUNG_KIND ? YOUNG : kind == OLD_KIND ? OLD : null;
    }

    /** Not in agent code: that may be writing a list, in which nothing else has a place. */
    @DontInline
    private static boolean mark(long cell) {
        if (U.getInt(cell + LogCell.MODE) != LogCell.NORMAL || !markAll(cell)) {
            return false;
        }
        // The marks are alone under their tickets, so that a round can end behind them: what follows has another, which
        // is as good.
        EventLog.draw(cell);
        return true;
    }

    private static boolean markAll(long cell) {
        boolean young = YOUNG.markNew(cell);
        boolean old = OLD.markNew(cell);
        return young || old;
    }

    private void forget() {
        long now = U.getLongOpaque(null, count);
        U.putLongVolatile(null, marked, now);
        U.putLongVolatile(null, before, now);
    }

    @ForceInline
    private boolean isNew() {
        return U.getLongOpaque(null, count) != U.getLongOpaque(null, marked);
    }

    /** Marks those that are not; others may do so at the same time. Of several that nobody noticed only the last one's times are known. */
    private boolean markNew(long cell) {
        long now = U.getLongOpaque(null, count);
        long last = U.getLongVolatile(null, marked);
        if (now <= last || !U.compareAndSetLong(null, marked, last, now)) {
            return false;
        }
        long began = U.getLongOpaque(null, lastEntry);
        long paused = Math.max(0, U.getLongOpaque(null, lastExit) - began);
        int wallMillis = (int) in(MILLIS, Math.max(0, began - startTicks));
        for (long number = last + 1; number <= now; number++) {
            int pauseMicros = number == now ? (int) in(MICROS, paused) : 0;
            try {
                EventLog.appendTicketed(
                        cell, word0(wallMillis, pauseMicros), word1(EventRecord.COLLECTED, (int) number, kind));
            } catch (Throwable overflow) {
                Cells.countLost(cell);
                throw overflow;
            }
        }
        return true;
    }

    private static long in(long unitsPerSecond, long ticks) {
        long perSecond = ticksPerSecond;
        return Math.min(
                ticks / perSecond * unitsPerSecond + ticks % perSecond * unitsPerSecond / perSecond, Integer.MAX_VALUE);
    }
}
