package org.shadowheap.heap;

import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import org.shadowheap.memory.CheckedMemory;
import org.shadowheap.memory.NativeMemory;
import org.shadowheap.memory.PageTable;

/**
 * The old space: bump allocation in a page of one's own. An object of at most a page never straddles two; a larger one
 * takes a run of pages. Of a large primitive array only the first page is taken: nobody ever touches its payload.
 *
 * <p>Each mutator and each collector has an {@link Allocator}; who takes pages holds the budget's lock. What those that rest
 * have left of their pages is used first. Between rounds one
 * thread frees what a major collection found dead.
 */
final class OldSpace implements AutoCloseable {

    private final PageTable pages;
    private final Budget budget;
    private final Allocator[] allocators;
    private long freedBytes;

    /** Those with higher numbers rest. */
    private int atWork;

    /** @param largestSurvivorBytes of an object that may be promoted */
    OldSpace(
            NativeMemory memory,
            Budget budget,
            int pageBytes,
            long boundBytes,
            int allocatorCount,
            long largestSurvivorBytes) {
        this.budget = budget;
        long capacityPages = boundBytes / pageBytes + 1 + allocatorCount;
        pages = new PageTable(memory, pageBytes, (int) Math.min((1 << 30) - 1, capacityPages));
        pages.countFreeRunsOf((int) ((largestSurvivorBytes + pageBytes - 1) / pageBytes));
        allocators = new Allocator[allocatorCount];
        for (int i = 0; i < allocatorCount; i++) {
            allocators[i] = new Allocator();
        }
        atWork = allocatorCount;
    }

    /** Says how many allocators are used from now on, the first ones. Nobody allocates meanwhile. */
    void allocatorsAtWork(int count) {
        atWork = count;
    }

    PageTable pages() {
        return pages;
    }

    Allocator allocator(int number) {
        return allocators[number];
    }

    int allocators() {
        return allocators.length;
    }

    /** Bytes of the objects here, without what they leave of their pages. Between rounds. */
    long objectBytes() {
        long bytes = -freedBytes;
        for (Allocator each : allocators) {
            bytes += each.allocatedBytes;
        }
        return bytes;
    }

    boolean contains(long address) {
        return pages.contains(address);
    }

    /** An object died whose start is forgotten. */
    void freed(long bytes) {
        freedBytes += bytes;
    }

    /** Pages were freed, and can be taken again. */
    void recycled() {
        synchronized (budget) {
            tellBudget();
        }
    }

    private void tellBudget() {
        budget.oldBytes(pages.committedBytes(), pages.freeBytes(), pages.bytes(pages.limit() - pages.pagesInUse()));
    }

    /** Everybody begins a new page: any page in use may be freed. */
    void abandonCurrentPages() {
        for (Allocator each : allocators) {
            each.top = 0;
            each.limit = 0;
        }
    }

    /** Visits every object's address, in the order of the addresses. Nobody allocates meanwhile. */
    void forEachObject(LongConsumer visitor) {
        forEachBlock(page -> forEachObject(page, visitor));
    }

    /** Visits the first page of every block in use. */
    void forEachBlock(IntConsumer visitor) {
        for (int page = 0; page < pages.limit(); page += pages.length(page)) {
            if (pages.kind(page) != PageTable.FREE) {
                visitor.accept(page);
            }
        }
    }

    /** Visits the addresses of a block's objects. */
    void forEachObject(int page, LongConsumer visitor) {
        for (int word = 0; word < pages.words(); word++) {
            forEachObject(page, word, pages.startsPlain(page, word), visitor);
        }
    }

    /** Visits the addresses that bits of a block's word of starts stand for. */
    void forEachObject(int page, int word, long starts, LongConsumer visitor) {
        long base = pages.addressOf(page) + 8L * PageTable.GRANULES_PER_WORD * word;
        for (long rest = starts; rest != 0; rest &= rest - 1) {
            visitor.accept(base + 8L * Long.numberOfTrailingZeros(rest));
        }
    }

    @Override
    public void close() {
        pages.close();
    }

    /** Bump allocation of one thread. */
    final class Allocator {
        private long top;
        private long limit;
        private long allocatedBytes;

        /** The pages just taken for a large object, else 0: the current page stays the current one. */
        private long run;

        /**
         * Takes bytes whose content is undefined, within the budget; returns the address.
         *
         * @param isVirtual whether nothing behind the first page is ever touched
         * @throws HeapFullException before anything changed
         */
        long allocate(long bytes, boolean isVirtual) {
            prepare(bytes, isVirtual, 0);
            return place(bytes, isVirtual);
        }

        /**
         * Takes the pages for the next object, within the budget; does nothing if there is room.
         *
         * @param otherBytes what else the event will commit, of which the caller, who then holds the budget's lock, makes sure
         * @throws HeapFullException before anything changed
         */
        void prepare(long bytes, boolean isVirtual, long otherBytes) {
            if (otherBytes > 0 || !fits(bytes)) {
                synchronized (budget) {
                    int count = fits(bytes) || takesOver(bytes) ? 0 : pagesFor(bytes, isVirtual);
                    if (count == 0) {
                        budget.require(otherBytes);
                    } else {
                        budget.require(otherBytes + pages.bytesToTake(count), pages.freeBytesToTake(count));
                        takePages(bytes, isVirtual);
                    }
                }
            }
        }

        /** As {@link #allocate}, for a survivor: from the copy reserve, whatever the budget says. */
        long allocateForSurvivor(long bytes, boolean isVirtual) {
            if (!fits(bytes)) {
                synchronized (budget) {
                    if (!takesOver(bytes)) {
                        takePages(bytes, isVirtual);
                    }
                }
            }
            return place(bytes, isVirtual);
        }

        /** Whether no pages need to be taken for an object. */
        boolean fits(long bytes) {
            return run != 0 || bytes <= limit - top;
        }

        /** Where the next object will lie, if it fits below {@link #limit}. */
        long top() {
            return top;
        }

        /** End of the current page, 0 if there is none. */
        long limit() {
            return limit;
        }

        /** Goes on in the page of one that rests, if the object fits there. */
        private boolean takesOver(long bytes) {
            for (int i = atWork; i < allocators.length; i++) {
                Allocator resting = allocators[i];
                if (resting.fits(bytes)) {
                    top = resting.top;
                    limit = resting.limit;
                    resting.top = 0;
                    resting.limit = 0;
                    return true;
                }
            }
            return false;
        }

        private int pagesFor(long bytes, boolean isVirtual) {
            return isVirtual ? 1 : (int) ((bytes + pages.pageBytes() - 1) / pages.pageBytes());
        }

        private void takePages(long bytes, boolean isVirtual) {
            if (bytes > pages.pageBytes()) {
                run = pages.addressOf(pages.takeRun(pagesFor(bytes, isVirtual)));
            } else {
                top = pages.addressOf(pages.takeShared());
                limit = top + pages.pageBytes();
            }
            tellBudget();
        }

        private long place(long bytes, boolean isVirtual) {
            long object = run;
            if (object == 0) {
                object = top;
                top += bytes;
            }
            run = 0;
            allocatedBytes += bytes;
            CheckedMemory.objectPlaced(object, isVirtual ? Math.min(bytes, pages.pageBytes()) : bytes);
            pages.startPlain(object);
            return object;
        }
    }
}
