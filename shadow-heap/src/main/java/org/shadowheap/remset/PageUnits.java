package org.shadowheap.remset;

import org.shadowheap.memory.PageTable;

/**
 * Divides all pages into units for a scan. A unit is the blocks that begin in a stretch of {@link #PAGES}: a run that goes
 * on in the next stretch belongs to the unit in which it begins.
 *
 * <p>Pages that are taken after {@link #begin} are in no unit. {@link #begin} is called by one thread, the others by any.
 */
final class PageUnits {

    /** Pages of a stretch: few enough that threads can share a small old space, many for the cost of handing one out. */
    static final int PAGES = 128;

    private final PageTable pages;
    private int limit;

    PageUnits(PageTable pages) {
        this.pages = pages;
    }

    /** Fixes what there is to scan; returns the number of units. */
    int begin() {
        limit = pages.limit();
        return (int) (((long) limit + PAGES - 1) / PAGES);
    }

    /** First page of a unit. */
    int first(int unit) {
        return blockFrom((long) unit * PAGES);
    }

    /** The page after the last one of a unit. */
    int end(int unit) {
        return blockFrom((unit + 1L) * PAGES);
    }

    private int blockFrom(long wanted) {
        if (wanted >= limit) {
            return limit;
        }
        int page = (int) wanted;
        int head = pages.headOf(page);
        return head == page ? page : head + pages.length(head);
    }
}
