package org.shadowheap.barrier;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.DontInline;
import jdk.internal.vm.annotation.ForceInline;
import org.jspecify.annotations.Nullable;

/**
 * Finds the cell of the current carrier thread: a two-level table by thread id, no ThreadLocal, and before it a small one
 * of the threads that were lately looked for.
 *
 * <p>A thread creates and enters its own cell; the drain recycles cells of threads that have ended. A cell is never given
 * back to the system: whoever still holds the address of one finds another thread's id in it, or none. A thread that
 * attaches through JNI runs its own constructor before it has an id: it has no cell until then.
 */
public final class Cells {

    private static final Unsafe U = Unsafe.getUnsafe();

    /** Rows of 4,096 threads; the directory covers thread ids below 2^28, later ones wrap and are told apart. */
    private static final int ROW_SHIFT = 12;

    private static final int ROW_MASK = (1 << ROW_SHIFT) - 1;
    private static final int ROWS_MASK = (1 << 16) - 1;

    /** Owns no object: neither what has an owner nor what has none. */
    private static final int NO_LOG = Integer.MIN_VALUE;

    private static final long THREAD_ID_OFFSET = BarrierSetup.threadIdOffset;

    /** The cell of a thread that has none: every fast path of it turns to the slow path. */
    static final long NONE = none();

    /** By the low bits of its id, the thread among those that share them which asked last. */
    private static final long RECENT = row();

    private static final long EMPTY_ROW = row();
    private static final long DIRECTORY = directory();

    /** Largest number of logs. */
    public static final int LOGS = 1 << 16;

    /** What the cells of all logs take, in bytes. */
    public static final long AREA_BYTES = (long) (LOGS + 2) * LogCell.BYTES;

    /** What the cell of a log takes, in bytes. */
    public static final int CELL_BYTES = LogCell.BYTES;

    /** The cells, by log number. */
    private static final long CELLS = BarrierSetup.cellsAddress != 0
            ? BarrierSetup.cellsAddress
            : U.allocateMemory(AREA_BYTES) + LogCell.BYTES - 1 & -(long) LogCell.BYTES;

    /** Logs below this number may be used so far: as for chunks. */
    private static volatile int allowed = BarrierSetup.cellsAddress != 0 ? 0 : LOGS;

    /** Addresses of the cells in use by log number, else 0; and the next number. */
    private static final long BY_LOG = IdBlocks.zeroed((long) LOGS * Long.BYTES);

    private static final long NEXT_LOG = IdBlocks.zeroed(Long.BYTES);

    /** Numbers of logs that were recycled: a ring that the drain fills and new threads empty. */
    private static final long FREE_LOGS = IdBlocks.zeroed((long) LOGS * Integer.BYTES);

    private static final long FREE_HEAD = IdBlocks.zeroed(2 * Long.BYTES);
    private static final long FREE_TAIL = FREE_HEAD + Long.BYTES;

    /** The threads of all cells by log number. Written by the thread itself, cleared by the drain. */
    private static final @Nullable WeakReference<?>[] THREADS = new WeakReference<?>[LOGS];

    private Cells() {}

    private static long none() {
        long cell = IdBlocks.zeroed(LogCell.BYTES);
        U.putInt(cell + LogCell.MODE, LogCell.OFF);
        U.putLong(cell + LogCell.THREAD_ID, -1);
        U.putInt(cell + LogCell.LOG, NO_LOG);
        return cell;
    }

    private static long row() {
        return filled(ROW_MASK + 1, NONE);
    }

    private static long directory() {
        return filled(ROWS_MASK + 1, EMPTY_ROW);
    }

    /** Native memory of so many longs, a power of two: copies what it has, as a loop would be interpreted at the start. */
    private static long filled(int count, long value) {
        long memory = U.allocateMemory((long) count * Long.BYTES);
        U.putLong(memory, value);
        for (long bytes = Long.BYTES; bytes < (long) count * Long.BYTES; bytes *= 2) {
            U.copyMemory(memory, memory + bytes, bytes);
        }
        U.storeFence();
        return memory;
    }

    /** The cell of the thread that executes, {@link #NONE} if it has none or another was looked for. For fast paths. */
    @ForceInline
    static long recent() {
        long thread = U.getLong(CarrierThread.current(), THREAD_ID_OFFSET);
        long cell = U.getLong(RECENT + ((thread & ROW_MASK) << 3));
        return U.getLong(cell + LogCell.THREAD_ID) == thread ? cell : NONE;
    }

    /** The cell of the thread that executes, {@link #NONE} if it has none yet. */
    static long current() {
        long cell = recent();
        return cell != NONE ? cell : find();
    }

    @DontInline
    private static long find() {
        long thread = U.getLong(CarrierThread.current(), THREAD_ID_OFFSET);
        long row = U.getLong(DIRECTORY + ((thread >>> ROW_SHIFT & ROWS_MASK) << 3));
        long cell = U.getLong(row + ((thread & ROW_MASK) << 3));
        if (U.getLong(cell + LogCell.THREAD_ID) != thread) {
            return NONE;
        }
        U.putLongRelease(null, RECENT + ((thread & ROW_MASK) << 3), cell);
        return cell;
    }

    /** Whether a thread has recorded anything. Any thread asks; the answer may be old. */
    public static boolean hasCell(Thread asked) {
        long thread = U.getLong(asked, THREAD_ID_OFFSET);
        long row = U.getLong(DIRECTORY + ((thread >>> ROW_SHIFT & ROWS_MASK) << 3));
        return U.getLong(U.getLong(row + ((thread & ROW_MASK) << 3)) + LogCell.THREAD_ID) == thread;
    }

    /** Gives the executing thread a cell if events are recorded; returns it, or {@link #NONE}. */
    @DontInline
    static long create() {
        if (!Recording.isOpen()) {
            return NONE;
        }
        long cell = make();
        if (cell != NONE) {
            RootList.begin(cell, CarrierThread.current());
        }
        return cell;
    }

    /** As {@link #create}, whether or not events are recorded. */
    static long make() {
        Thread carrier = CarrierThread.current();
        long thread = U.getLong(carrier, THREAD_ID_OFFSET);
        if (thread <= 0) {
            return NONE;
        }
        long slot = rowFor(thread) + ((thread & ROW_MASK) << 3);
        // A number that is taken and not used is gone.
        AgentCode.requireStack();
        int log = takeLog();
        if (log >= allowed) {
            Recording.fail("more than " + (allowed - 1) + " threads at once");
            return NONE;
        }
        long cell = CELLS + (long) log * LogCell.BYTES;
        for (int i = 0; i < LogCell.BYTES; i += Long.BYTES) {
            // Nobody's id, and not 0: a thread that attaches has that while it is constructed, and may look here.
            U.putLong(cell + i, i == LogCell.THREAD_ID ? -1 : 0);
        }
        U.putInt(cell + LogCell.LOG, log);
        U.putLong(cell + LogCell.STAMP, -1);
        U.putLong(cell + LogCell.WAITED, -1); // the first epoch is 0
        U.putLong(cell + LogCell.EPOCH, Stamps.epoch(Stamps.readOpaque()));
        U.putLongRelease(null, cell + LogCell.THREAD_ID, thread);
        // The drain before the thread: what is written to a log is read.
        U.putLongRelease(null, BY_LOG + (long) log * Long.BYTES, cell);
        U.putLongRelease(null, slot, cell);
        long entered = AgentCode.enter(cell);
        try {
            // Without the reference the log is never recycled.
            THREADS[log] = new WeakReference<>(carrier);
        } finally {
            AgentCode.exit(entered);
        }
        return cell;
    }

    /** The thread's cell, made if need be; {@link #NONE} if it records nothing. For slow paths. */
    static long enter(long known) {
        try {
            long cell = known != NONE ? known : current();
            if (cell == NONE) {
                cell = create();
            }
            return U.getInt(cell + LogCell.MODE) == LogCell.OFF ? NONE : cell;
        } catch (Throwable outOfMemory) {
            countLost(known);
            return NONE;
        }
    }

    private static int takeLog() {
        for (; ; ) {
            long head = U.getLongVolatile(null, FREE_HEAD);
            if (head == U.getLongVolatile(null, FREE_TAIL)) {
                return Math.min(U.getAndAddInt(null, NEXT_LOG, 1), LOGS) + 1;
            }
            int log = U.getIntVolatile(null, FREE_LOGS + ((head & LOGS - 1) << 2));
            if (U.compareAndSetLong(null, FREE_HEAD, head, head + 1)) {
                return log;
            }
        }
    }

    private static long rowFor(long thread) {
        long entry = DIRECTORY + ((thread >>> ROW_SHIFT & ROWS_MASK) << 3);
        long row = U.getLongVolatile(null, entry);
        if (row != EMPTY_ROW) {
            return row;
        }
        long fresh = row();
        if (U.compareAndSetLong(null, entry, EMPTY_ROW, fresh)) {
            return fresh;
        }
        U.freeMemory(fresh);
        return U.getLongVolatile(null, entry);
    }

    /** The thread of this cell records nothing from now on. Called by the thread itself. */
    static void switchOff(long cell) {
        if (cell == NONE) {
            return;
        }
        U.putInt(cell + LogCell.MODE, LogCell.OFF);
        U.putLong(cell + LogCell.IDS, 0);
        U.putInt(cell + LogCell.LOG, NO_LOG);
    }

    /** Logs with lower numbers than this may be used from now on. */
    public static void allow(int logs) {
        allowed = Math.min(logs, LOGS);
    }

    /** The thread of a cell, by its id; -1 or 0 if it has none. */
    public static long thread(long cell) {
        return U.getLongAcquire(null, cell + LogCell.THREAD_ID);
    }

    /**
     * Moves what a cell refers to, in an image of the cells and chunks of a JVM that is no more.
     *
     * @param bytes how much further everything lies in the image
     */
    public static void relocate(long cell, long bytes) {
        if (U.getLong(cell + LogCell.TOP) != 0) {
            U.putLong(cell + LogCell.TOP, U.getLong(cell + LogCell.TOP) + bytes);
        }
        if (U.getLong(cell + LogCell.FIRST_CHUNK) != 0) {
            U.putLong(cell + LogCell.FIRST_CHUNK, U.getLong(cell + LogCell.FIRST_CHUNK) + bytes);
        }
    }

    /** Number of logs so far; they are numbered from 1. */
    public static int logs() {
        return Math.min(U.getIntVolatile(null, NEXT_LOG) + 1, LOGS - 1);
    }

    /** The cell of a log, 0 if it is not complete yet or has been recycled. For the drain. */
    public static long ofLog(int log) {
        return U.getLongAcquire(null, BY_LOG + (long) log * Long.BYTES);
    }

    /** Whether the thread of a log has ended. For the drain. */
    public static boolean hasEnded(int log) {
        WeakReference<?> reference = THREADS[log];
        return reference != null && !(reference.get() instanceof Thread thread && thread.isAlive());
    }

    /**
     * Whether the thread of a cell has listed its roots in an epoch or later, or recorded nothing since it listed them last, or is not recorded now.
     * For the drain.
     */
    public static boolean hasAnswered(long cell, long epoch) {
        return U.getLongOpaque(null, cell + LogCell.EPOCH) >= epoch
                || topAcquire(cell) == U.getLongOpaque(null, cell + LogCell.LISTED)
                || U.getIntOpaque(null, cell + LogCell.MODE) != LogCell.NORMAL;
    }

    /** End of the records in a cell's log. For the drain. */
    public static long topAcquire(long cell) {
        return U.getLongAcquire(null, cell + LogCell.TOP);
    }

    /** The chunk in which a log begins, 0 while it is empty. For the drain. */
    public static long firstChunk(long cell) {
        return U.getLongAcquire(null, cell + LogCell.FIRST_CHUNK);
    }

    /** Events that the thread of a cell lost. */
    public static long lost(long cell) {
        return U.getLongOpaque(null, cell + LogCell.LOST);
    }

    /** Something failed while an event was recorded, most likely the stack overflowed: the event is lost. */
    static void countLost(long cell) {
        if (cell != NONE) {
            U.putLongOpaque(null, cell + LogCell.LOST, U.getLong(cell + LogCell.LOST) + 1);
        } else {
            U.getAndAddLong(null, NONE + LogCell.LOST, 1);
        }
    }

    /** Events lost by threads without a cell, and where the stack overflowed before a thread could ask for its cell. */
    public static long lostWithoutCell() {
        return U.getLongVolatile(null, NONE + LogCell.LOST) + WriteBarrier.overflows;
    }

    /**
     * From now on no thread has a cell; who is in the barrier has one still. While nothing is recorded nobody gets another.
     */
    static void forget() {
        for (int i = 0; i <= ROWS_MASK; i++) {
            long row = U.getLong(DIRECTORY + ((long) i << 3));
            if (row != EMPTY_ROW) {
                clear(row);
            }
        }
        clear(RECENT);
    }

    private static void clear(long row) {
        for (int i = 0; i <= ROW_MASK; i++) {
            U.putLongRelease(null, row + ((long) i << 3), NONE);
        }
    }

    /** Numbers are given from the first on. Nobody is in the barrier, nor reads a log. */
    static void clear() {
        U.setMemory(BY_LOG, (long) LOGS * Long.BYTES, (byte) 0);
        Arrays.fill(THREADS, null);
        U.putIntVolatile(null, NEXT_LOG, 0);
        U.putLongVolatile(null, FREE_HEAD, 0);
        U.putLongVolatile(null, FREE_TAIL, 0);
        U.putLongVolatile(null, NONE + LogCell.LOST, 0);
        WriteBarrier.overflows = 0;
    }

    /** Forgets the log of a thread that has ended, after its last record was read. For the drain. */
    public static void recycle(int log) {
        long cell = ofLog(log);
        long thread = U.getLong(cell + LogCell.THREAD_ID);
        U.putLong(cell + LogCell.THREAD_ID, -1);
        U.compareAndSetLong(null, rowFor(thread) + ((thread & ROW_MASK) << 3), cell, NONE);
        U.putLongVolatile(null, BY_LOG + (long) log * Long.BYTES, 0);
        THREADS[log] = null;
        long top = U.getLong(cell + LogCell.TOP);
        if (top != 0) {
            Chunks.free(Chunks.chunkBefore(top));
        }
        long tail = U.getLongVolatile(null, FREE_TAIL);
        U.putIntVolatile(null, FREE_LOGS + ((tail & LOGS - 1) << 2), log);
        U.putLongVolatile(null, FREE_TAIL, tail + 1);
    }
}
