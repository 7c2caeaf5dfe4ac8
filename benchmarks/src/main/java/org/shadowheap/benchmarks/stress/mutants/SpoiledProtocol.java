package org.shadowheap.benchmarks.stress.mutants;

import java.util.function.LongConsumer;
import org.shadowheap.benchmarks.stress.Protocol;
import org.shadowheap.memory.PageTable;

/** The protocol for a heap of one page, with one mistake or the other. */
final class SpoiledProtocol implements Protocol {

    private final PageTable pages;
    private final boolean clearsLate;
    private final boolean skipsDirty;
    private final Object lock = new Object();
    private int listings;

    private SpoiledProtocol(PageTable pages, boolean clearsLate, boolean skipsDirty) {
        this.pages = pages;
        this.clearsLate = clearsLate;
        this.skipsDirty = skipsDirty;
    }

    /** Visits the objects first and clears flag and bits later. */
    static Protocol scanThenClear(PageTable pages) {
        return new SpoiledProtocol(pages, true, false);
    }

    /** Leaves a dirty bit that is set as it is, on the word of a volatile load. */
    static Protocol dirtyIsSkipped(PageTable pages) {
        return new SpoiledProtocol(pages, false, true);
    }

    @Override
    public boolean remember(long object, long slot) {
        if (!skipsDirty || !pages.isDirtyVolatile(object)) {
            pages.setDirtyVolatile(object);
        }
        return !pages.isListedVolatile(0) && list();
    }

    private boolean list() {
        synchronized (lock) {
            if (pages.isListedVolatile(0)) {
                return false;
            }
            listings++;
            pages.setListedVolatile(0);
            return true;
        }
    }

    @Override
    public long scan(LongConsumer visitor) {
        int snapshot;
        synchronized (lock) {
            snapshot = listings;
            listings = 0;
        }
        for (int i = 0; i < snapshot; i++) {
            scanPage(visitor);
        }
        return snapshot;
    }

    private void scanPage(LongConsumer visitor) {
        if (clearsLate) {
            visit(pages.dirtyVolatile(0, 0), visitor);
            pages.clearListedVolatile(0);
            pages.takeDirtyVolatile(0, 0);
        } else {
            pages.clearListedVolatile(0);
            visit(pages.takeDirtyVolatile(0, 0), visitor);
        }
    }

    private void visit(long dirtyBits, LongConsumer visitor) {
        for (long bits = dirtyBits; bits != 0; bits &= bits - 1) {
            visitor.accept(pages.addressOf(0) + 8L * Long.numberOfTrailingZeros(bits));
        }
    }
}
