package org.shadowheap.barrier;

import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the agent's own code allocates, on whatever thread: while a thread is quiet, or records nothing, what it allocates is the
 * agent's ({@link AgentCode}). So what the JVM says of all threads tells what the program allocated.
 */
public final class AgentBytes {

    private static final Unsafe U = Unsafe.getUnsafe();

    /** Bytes of stretches that are over. Any thread adds. */
    private static final long COUNTED = IdBlocks.zeroed(Long.BYTES);

    private static volatile @Nullable AllocationMeter meter;

    private AgentBytes() {}

    /** From now on agent code is counted. Called before the agent's threads begin. */
    public static void countWith(AllocationMeter asked) {
        meter = asked;
    }

    /** Agent code begins on the calling thread, whose cell it is. */
    static void begins(long cell) {
        AllocationMeter asked = meter;
        if (asked != null) {
            U.putLong(cell + LogCell.QUIET_SINCE, asked.ofThisThread() + 1);
        }
    }

    /** The stretch is over that {@link #begins} began. */
    static void ends(long cell) {
        AllocationMeter asked = meter;
        long since = U.getLong(cell + LogCell.QUIET_SINCE);
        U.putLong(cell + LogCell.QUIET_SINCE, 0);
        if (asked != null && since != 0) {
            U.getAndAddLong(null, COUNTED, asked.ofThisThread() + 1 - since);
        }
    }

    /**
     * The JVM has made something for the agent's sake, just before the stretch of agent code began in which the calling thread is.
     *
     * @param entered what {@link AgentCode#enter} returned: where the thread was in agent code already, the bytes are counted
     */
    public static void madeForUs(long entered, long bytes) {
        if (entered != Cells.NONE) {
            U.getAndAddLong(null, COUNTED, bytes);
        }
    }

    /** An agent's thread is about to end, which does nothing else than agent code. */
    public static void threadEnds() {
        long cell = Cells.current();
        if (cell != Cells.NONE) {
            ends(cell);
        }
    }

    /** Bytes up to now; while others begin and end stretches, one of theirs may be missing. 0 where nobody can tell. */
    public static long soFar() {
        AllocationMeter asked = meter;
        if (asked == null) {
            return 0;
        }
        long bytes = 0;
        for (int log = 1; log <= Cells.logs(); log++) {
            long cell = Cells.ofLog(log);
            boolean runsAgentCode = cell != 0 && U.getIntVolatile(null, cell + LogCell.MODE) != LogCell.NORMAL;
            long since = runsAgentCode ? U.getLongVolatile(null, cell + LogCell.QUIET_SINCE) : 0;
            long thread = since == 0 ? 0 : Cells.thread(cell);
            long allocated = thread <= 0 ? -1 : asked.ofThread(thread);
            if (allocated >= 0) {
                bytes += Math.max(0, allocated + 1 - since);
            }
        }
        return bytes + U.getLongVolatile(null, COUNTED);
    }
}
