package org.shadowheap.remset;

/**
 * A policy for finding the slots of old objects that may refer to young ones. All policies must find the same survivors;
 * they differ in what they cost.
 *
 * <p>A scan takes what was remembered in units, which several threads may share: {@link #beginScan}, each unit once, {@link
 * #endScan}. Mutators may go on to {@link #remember} meanwhile: what they add waits for the next scan, or is visited in
 * this one, or both.
 */
public interface RememberedSet extends AutoCloseable {

    /** Is given a part of an old object to scan. */
    @FunctionalInterface
    interface ObjectVisitor {

        /**
         * The slots at addresses from {@code from} up to, not including, {@code to} may refer to young objects. The range
         * may begin before the object and go on behind it, and may hold no slot of it at all. May call {@link
         * RememberedSet#remember}.
         *
         * @param object address where the object begins
         */
        void visit(long object, long from, long to);
    }

    /**
     * A slot of an old object was written. Any thread, after the write.
     *
     * <p>Policies skip what is remembered already after a read. A volatile read alone does not keep the write before it: if
     * a scan may run meanwhile, the slot must have been written with a volatile write. Otherwise a plain one will do.
     *
     * @param object address where it begins
     * @param slot address of the slot
     * @return whether this added an entry: the first store since the last scan to its page, card or object
     */
    boolean remember(long object, long slot);

    /** Whether {@link #remember} remembers the whole object: until the next scan, other slots of it need not be. */
    default boolean remembersObjects() {
        return false;
    }

    /**
     * A scan found that a slot still refers to a young object. Any thread that scans.
     *
     * @param age minor collections that the young object has survived
     */
    default void keep(long object, long slot, int age) {
        remember(object, slot);
    }

    /** Whether the next scan will visit the slot. */
    boolean isRemembered(long object, long slot);

    /** Takes what was remembered; returns the number of units. One thread. */
    int beginScan();

    /** Visits what a unit from 0 up remembers, and forgets it. Any thread; each unit once. */
    void scan(int unit, ObjectVisitor visitor, ScanTally tally);

    /** Ends a scan; {@code total} is what all its units counted. One thread. */
    void endScan(ScanTally total);

    /**
     * A block of pages was freed; its metadata, side tables included, are clean. Nobody else calls anything meanwhile, until
     * {@link #endSweep}.
     */
    default void pageFreed(int page) {
        // A list is cleaned at the end of the sweep, of all pages at once.
    }

    /** Pages were freed, and objects in others have died: {@link org.shadowheap.memory.PageTable} knows their starts no more. */
    default void endSweep() {
        // A policy without a list has nothing that outlives the metadata of a page.
    }

    /** What scans found so far, for planning capacity, and what the set costs. */
    RememberedSetStatistics statistics();

    /**
     * Checks the set's own invariants; nobody may remember meanwhile.
     *
     * @throws IllegalStateException naming the page that breaks one
     */
    void verify();

    @Override
    void close();
}
