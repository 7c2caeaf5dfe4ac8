package org.shadowheap.remset;

import static org.shadowheap.remset.Invariant.require;

import org.shadowheap.memory.PageTable;

/**
 * Remembers nothing but a dirty bit for each object; a scan looks for them in every page in use. The simplest barrier, and
 * what the others are compared with: a scan costs O(pages), clean ones included.
 *
 * <p>A mutator writes the slot, then sets the bit; a scan takes the bits, then visits the objects. An entry is a dirty
 * object.
 */
public final class AllPages implements RememberedSet {

    private final PageTable pages;
    private final PageUnits units;
    private final SlowPaths slowPaths = new SlowPaths();
    private final ScanHistory history = new ScanHistory();

    public AllPages(PageTable pages) {
        this.pages = pages;
        units = new PageUnits(pages);
    }

    @Override
    public boolean remembersObjects() {
        return true;
    }

    @Override
    public boolean remember(long object, long slot) {
        if (!pages.setDirtyVolatile(object)) {
            return false;
        }
        slowPaths.add();
        return true;
    }

    @Override
    public boolean isRemembered(long object, long slot) {
        return pages.isDirtyVolatile(object);
    }

    @Override
    public int beginScan() {
        return units.begin();
    }

    @Override
    public void scan(int unit, ObjectVisitor visitor, ScanTally tally) {
        int end = units.end(unit);
        for (int page = units.first(unit); page < end; page += pages.length(page)) {
            if (pages.kind(page) == PageTable.FREE) {
                continue;
            }
            tally.pagesVisited++;
            int objects = DirtyObjects.take(pages, page, visitor);
            if (objects > 0) {
                tally.dirtyPages++;
                tally.entries += objects;
                tally.objects += objects;
            }
        }
    }

    @Override
    public void endScan(ScanTally total) {
        history.add(total.entries);
    }

    @Override
    public RememberedSetStatistics statistics() {
        return history.statistics(0, 0, slowPaths.count(), 0);
    }

    @Override
    public void verify() {
        for (int page = 0; page < pages.limit(); page += pages.length(page)) {
            if (pages.kind(page) == PageTable.FREE) {
                continue;
            }
            for (int word = 0; word < pages.words(); word++) {
                long withoutObject = pages.dirtyVolatile(page, word) & ~pages.startsPlain(page, word);
                require(withoutObject == 0, "dirty bit where no object begins", page);
            }
        }
    }

    @Override
    public void close() {
        // It owns no memory.
    }
}
