package org.shadowheap.remset;

/** What a scan of a remembered set looked at. Written by one thread; the tallies of several are added up. */
public final class ScanTally {

    /** Remembered entries: listed pages, dirty cards or logged objects. */
    public long entries;

    /**
     * Blocks that held an entry: pages that objects share, and runs, which count once. The same by every policy, unless a
     * dirty object has died in a page that stays: a list then still has the page.
     */
    public long dirtyPages;

    /**
     * Pages where the policy looked for entries. With a list, those that held one. Of {@link AllPages} every block in use. Of
     * {@link CardTable} every page, tails of runs and free ones included, since it reads the cards of all. Of {@link
     * YoungestGeneration} those whose cards were read; the bytes by which it skips the others do not count.
     */
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
