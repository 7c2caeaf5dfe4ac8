package org.shadowheap.remset;

/** What a scan of a remembered set looked at. Written by one thread; the tallies of several are added up. */
public final class ScanTally {

    /** Remembered entries: listed pages, dirty cards or logged objects. */
    public long entries;

    /** Pages that held an entry. */
    public long dirtyPages;

    /** Pages whose objects or side metadata were looked at. */
    public long pagesVisited;

    /** Objects that were visited, once for each part. */
    public long objects;

    /** Adds what another thread counted. */
    public void add(ScanTally other) {
        entries += other.entries;
        dirtyPages += other.dirtyPages;
        pagesVisited += other.pagesVisited;
        objects += other.objects;
    }
}
