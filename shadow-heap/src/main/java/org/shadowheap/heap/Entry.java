package org.shadowheap.heap;

/**
 * Layout of what the id table knows of an id.
 *
 * <pre>
 *   63  62      59 58            32 31                     0
 *   +--+----------+----------------+------------------------+
 *   | 1|            address                                 |  old
 *   | 0| survived | cycle       27 | offset in granules  32 |  young; survived is 1 more than collections survived
 *   | 0|    0     |       0        |       1 or 2           |  dead, resurrected
 *   | 0|    0     |       0        |         0              |  never seen
 *   +--+----------+----------------+------------------------+
 * </pre>
 *
 * A young entry of another cycle than the current one is stale: its object is dead. Cycles begin at 1, so the special
 * entries are of no cycle.
 */
final class Entry {

    static final long NEVER_SEEN = 0;
    static final long DEAD = 1;
    static final long RESURRECTED = 2;
    static final int MAX_CYCLE = (1 << 27) - 1;

    private static final int SURVIVED_SHIFT = 59;
    private static final int CYCLE_SHIFT = 32;

    private Entry() {}

    static long old(long address) {
        return address | Long.MIN_VALUE;
    }

    static boolean isOld(long entry) {
        return entry < 0;
    }

    static long address(long oldEntry) {
        return oldEntry & Long.MAX_VALUE;
    }

    static long young(int survived, int cycle, int offset) {
        return (long) (survived + 1) << SURVIVED_SHIFT | (long) cycle << CYCLE_SHIFT | offset & 0xffff_ffffL;
    }

    /** Whether the object is in the nursery or ageing, and was not left behind by a collection. */
    static boolean isYoung(long entry, int cycle) {
        return entry > 0 && ((int) (entry >>> CYCLE_SHIFT) & MAX_CYCLE) == cycle;
    }

    static int offset(long youngEntry) {
        return (int) youngEntry;
    }

    /** Minor collections that a young object survived. */
    static int survived(long youngEntry) {
        return (int) (youngEntry >>> SURVIVED_SHIFT) - 1;
    }
}
