package org.shadowheap.barrier;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.DontInline;

/**
 * Marks the stretches in which a thread runs the agent's code instead of the application's.
 *
 * <p>While a thread is quiet its births are not recorded, nor are stores to objects that have no id: what the agent makes
 * for itself stays out of the mirror. Stores to objects that the mirror knows are recorded as always. Who is quiet already
 * enters nothing, and leaves nothing: the outermost stretch counts.
 *
 * <p>A stack overflow may end a stretch anywhere, but not {@link #exit}, or the thread would be quiet for ever: who enters
 * overflows at once if there is too little stack for that. So {@code exit} is called in the frame that called {@code enter}.
 */
public final class AgentCode {

    private static final Unsafe U = Unsafe.getUnsafe();

    /**
     * Frames that must fit before a stretch begins. A compiled one takes 16 bytes at least, mostly 32, and {@link #exit} may
     * be interpreted with {@code Unsafe} below it: some 600 bytes.
     */
    private static final int FRAMES = 64;

    private AgentCode() {}

    /**
     * The calling thread enters agent code.
     *
     * @return what {@link #exit} wants back
     */
    public static long enter() {
        long cell = Cells.current();
        if (cell == Cells.NONE) {
            cell = Cells.create();
        }
        return enter(cell);
    }

    /**
     * As {@link #enter()}, before something that takes long: who is quiet answers no request for roots, so the thread lists now what
     * its stack holds, unless it has done so since the latest request. What it has recorded since is known: the drain lists that for it.
     */
    public static long enterForLong() {
        long cell = Cells.current();
        if (cell != Cells.NONE) {
            EventLog.listRootsOnceAnEpoch(cell);
        }
        return enter();
    }

    /** As {@link #enter()}, for the thread that begins to record before all others. */
    public static long enterFirst() {
        long cell = Cells.current();
        return enter(cell == Cells.NONE ? Cells.make() : cell);
    }

    /** As {@link #enter()}, for the calling thread's cell. */
    static long enter(long cell) {
        if (U.getInt(cell + LogCell.MODE) != LogCell.NORMAL) {
            return Cells.NONE;
        }
        requireStack();
        AgentBytes.begins(cell);
        // Without ids every birth takes the slow path, which asks for the mode.
        U.putLong(cell + LogCell.SAVED_IDS, U.getLong(cell + LogCell.IDS));
        U.putLong(cell + LogCell.IDS, 0);
        U.putInt(cell + LogCell.MODE, LogCell.QUIET);
        return cell;
    }

    /** Overflows if there is too little stack for a few calls, {@link #exit} among them. */
    static void requireStack() {
        descend(FRAMES);
    }

    @DontInline
    private static int descend(int frames) {
        // More than a call remains to be done, or a compiler might make a loop of it.
        return frames == 0 ? 0 : descend(frames - 1) + 1;
    }

    /** The calling thread returns to where it was before {@link #enter()}. */
    public static void exit(long entered) {
        if (U.getInt(entered + LogCell.MODE) == LogCell.QUIET) {
            U.putInt(entered + LogCell.MODE, LogCell.NORMAL);
            U.putLong(entered + LogCell.IDS, U.getLong(entered + LogCell.SAVED_IDS));
            EventLog.quietEnds(entered);
            count(entered);
        }
    }

    /** Counts what was allocated, if there is stack enough to. */
    private static void count(long entered) {
        try {
            AgentBytes.ends(entered);
        } catch (Throwable overflow) {
            // It counts as the program's.
        }
    }

    /**
     * As {@link #enter(long)}, but until {@link #exitUnseen} nothing is recorded at all. For code that stores to what it makes itself and
     * to nothing else: it may lock that, which gives it a hash of the JVM's where the barrier asks for its id.
     */
    static long enterUnseen(long cell) {
        long entered = enter(cell);
        if (entered != Cells.NONE) {
            U.putInt(entered + LogCell.MODE, LogCell.OFF);
        }
        return entered;
    }

    /** The calling thread returns to where it was before {@link #enterUnseen}. */
    static void exitUnseen(long entered) {
        if (entered != Cells.NONE) {
            U.putInt(entered + LogCell.MODE, LogCell.NORMAL);
            U.putLong(entered + LogCell.IDS, U.getLong(entered + LogCell.SAVED_IDS));
            count(entered);
        }
    }

    /** Whether the calling thread is in agent code now. */
    static boolean isEntered() {
        long cell = Cells.current();
        return cell != Cells.NONE && U.getInt(cell + LogCell.MODE) != LogCell.NORMAL;
    }

    /** Whether it is, and stores to what the mirror knows are recorded all the same. */
    static boolean isQuiet() {
        long cell = Cells.current();
        return cell != Cells.NONE && U.getInt(cell + LogCell.MODE) == LogCell.QUIET;
    }

    /** The calling thread is the agent's: from now on nothing it does is recorded, also if recording has not begun. */
    public static void silence() {
        long cell = Cells.current();
        if (cell == Cells.NONE) {
            cell = Cells.make();
        }
        Cells.switchOff(cell);
        if (cell != Cells.NONE) {
            AgentBytes.begins(cell);
        }
    }
}
