package org.shadowheap.remset;

/**
 * A policy for finding the old objects that may refer to young ones. All policies must find the same survivors; they
 * differ in what they cost.
 */
public interface RememberedSet extends AutoCloseable {

    /** Is given an object to scan. */
    @FunctionalInterface
    interface ObjectVisitor {

        /** May call {@link RememberedSet#remember} for the same object, which then waits for the next scan. */
        void visit(long object);
    }

    /**
     * What a scan looked at.
     *
     * @param dirtyPages pages that were remembered
     * @param pagesVisited pages that were looked at
     * @param dirtyObjects objects that were visited
     */
    record Scan(long dirtyPages, long pagesVisited, long dirtyObjects) {}

    /**
     * A slot of an old object was written. Any thread.
     *
     * @param object its address
     * @return whether this was the first store since the last scan that dirtied its page
     */
    boolean remember(long object);

    /** Whether the next scan will visit the object. Any thread. */
    boolean isRemembered(long object);

    /** Visits what was remembered before and forgets it. One thread; others may {@link #remember} meanwhile. */
    Scan scan(ObjectVisitor visitor);

    /** What scans found so far, for planning capacity. */
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
