package org.shadowheap.barrier;

import jdk.internal.misc.Unsafe;

/**
 * Marks the stretches in which a thread runs the agent's code instead of the application's.
 *
 * <p>While a thread is quiet its births are not recorded, nor are stores to objects that have no id: what the agent makes
 * for itself stays out of the mirror. Stores to objects that the mirror knows are recorded as always. Stretches nest.
 */
public final class AgentCode {

    private static final Unsafe U = Unsafe.getUnsafe();

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
        enter(cell);
        return cell;
    }

    static void enter(long cell) {
        int mode = U.getInt(cell + LogCell.MODE);
        if (mode == LogCell.OFF) {
            return;
        }
        if (mode == LogCell.NORMAL) {
            // Without ids every birth takes the slow path, which asks for the mode.
            U.putLong(cell + LogCell.SAVED_IDS, U.getLong(cell + LogCell.IDS));
            U.putLong(cell + LogCell.IDS, 0);
        }
        U.putInt(cell + LogCell.MODE, mode + LogCell.QUIET);
    }

    /** The calling thread returns to where it was before {@link #enter()}. */
    public static void exit(long cell) {
        int mode = U.getInt(cell + LogCell.MODE);
        if (mode < LogCell.QUIET) {
            return;
        }
        U.putInt(cell + LogCell.MODE, mode - LogCell.QUIET);
        if (mode == LogCell.QUIET) {
            U.putLong(cell + LogCell.IDS, U.getLong(cell + LogCell.SAVED_IDS));
        }
    }

    /** Leaves all stretches that were entered since the mode was this one: a stack overflow may have kept some from it. */
    static void leaveTo(long cell, int mode) {
        while (U.getInt(cell + LogCell.MODE) > mode) {
            exit(cell);
        }
    }

    /** Whether the calling thread is in agent code now. */
    static boolean isEntered() {
        long cell = Cells.current();
        return cell != Cells.NONE && U.getInt(cell + LogCell.MODE) != LogCell.NORMAL;
    }

    /** The calling thread is the agent's: from now on nothing it does is recorded, also if recording has not begun. */
    public static void silence() {
        long cell = Cells.current();
        if (cell == Cells.NONE) {
            cell = Cells.make();
        }
        enter(cell);
        Cells.switchOff(cell);
    }
}
