package org.shadowheap.heap;

import org.shadowheap.memory.NativeMemory;
import org.shadowheap.memory.PageTable;

/**
 * The old space: bump allocation in the current page. An object of at most a page never straddles two; a larger one takes
 * a run of pages of its own. Nothing is freed yet: there is no major collection. One thread at a time.
 */
final class OldSpace implements AutoCloseable {

    private final PageTable pages;
    private final Budget budget;
    private long top;
    private long limit;
    private long objectBytes;

    OldSpace(NativeMemory memory, Budget budget, int pageBytes, long boundBytes) {
        this.budget = budget;
        pages = new PageTable(memory, pageBytes, (int) Math.min(Integer.MAX_VALUE - 1, boundBytes / pageBytes + 1));
    }

    PageTable pages() {
        return pages;
    }

    /** Bytes of the objects here, without what they leave of their pages. */
    long objectBytes() {
        return objectBytes;
    }

    boolean contains(long address) {
        return pages.contains(address);
    }

    /**
     * Fails unless {@link #allocate} will stay within the budget.
     *
     * @throws HeapFullException before anything changed
     */
    void prepare(long bytes) {
        if (bytes > pages.pageBytes() || bytes > limit - top) {
            budget.require(pages.bytesToTake(pagesFor(bytes)));
        }
    }

    /** Takes bytes; their content is undefined. Returns the address. */
    long allocate(long bytes) {
        objectBytes += bytes;
        long object;
        if (bytes > pages.pageBytes()) {
            object = pages.addressOf(pages.takeRun(pagesFor(bytes)));
            budget.oldCommittedBytes(pages.committedBytes());
        } else {
            if (bytes > limit - top) {
                top = pages.addressOf(pages.takeShared());
                limit = top + pages.pageBytes();
                budget.oldCommittedBytes(pages.committedBytes());
            }
            object = top;
            top += bytes;
        }
        pages.startPlain(object);
        return object;
    }

    @Override
    public void close() {
        pages.close();
    }

    private int pagesFor(long bytes) {
        return (int) ((bytes + pages.pageBytes() - 1) / pages.pageBytes());
    }
}
