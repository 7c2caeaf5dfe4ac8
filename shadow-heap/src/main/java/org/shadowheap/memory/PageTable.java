package org.shadowheap.memory;

import java.util.ArrayList;
import java.util.List;

/**
 * Pages in a contiguous range, reserved at once and committed as it is touched. They are used in blocks: a page that objects
 * share, or a run for one object. Only a block's first page has metadata; from any other page its head can be found.
 *
 * <pre>
 *   heads     | 4 bytes | 4 bytes | ...               kind (2 bits); 30 bits: pages of the block that begins here, or up to the head
 * </pre>
 *
 * One thread at a time takes and frees pages. Flags and bits are {@link PageBits}: a class above this one, not beside it, so
 * that who sets a dirty bit finds everything in one object.
 *
 * <p>Metadata costs 3/64 of the pages in use and 5 bytes a page; it too is committed only as pages are taken. A third of it
 * are marks, which are touched in the first major collection and count from the start, as they must fit then. Side tables,
 * which others may add, come on top.
 */
public final class PageTable extends PageBits {

    /** A block that is not in use. */
    public static final byte FREE = 0;

    /** A page of objects of at most a page. */
    public static final byte SHARED = 1;

    /** Pages of one object. */
    public static final byte RUN = 2;

    /** A page of a run that is not its first. */
    public static final byte TAIL = 3;

    private static final int KIND_SHIFT = 30;
    private static final int LENGTH_MASK = (1 << KIND_SHIFT) - 1;
    private static final int HEAD_BYTES = 4;

    private final FreeRuns freeRuns;

    /** One for all pages that are taken: each would make a new one. */
    private final FreeRuns.RestObserver restObserver = (rest, length) -> setHead(rest, FREE, length);

    private final long heads;
    private final List<SideTable> sideTables = new ArrayList<>();
    private int limit;
    private int freePages;

    /**
     * Reserves pages.
     *
     * @param pageBytes a power of two from 512 up
     * @throws OutOfMemoryError if the operating system refuses the address range
     */
    public PageTable(NativeMemory memory, int pageBytes, int capacityPages) {
        super(memory, pageBytes, capacityPages);
        freeRuns = new FreeRuns(memory);
        try {
            heads = reserveForEachPage(HEAD_BYTES, "page heads");
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    /**
     * Reserves a table of one byte for each {@code unitBytes} of the pages, a power of two up to a page, until it is closed.
     */
    public SideTable addSideTable(int unitBytes) {
        SideTable table = new SideTable(memory, this, unitBytes, capacityPages);
        table.clean(0, limit);
        sideTables.add(table);
        return table;
    }

    void removeSideTable(SideTable table) {
        sideTables.remove(table);
    }

    /** Every page ever taken has a number below this. Blocks: begin at 0, go on by {@link #length}, end here. */
    public int limit() {
        return limit;
    }

    /** Pages with objects. */
    public int pagesInUse() {
        return limit - freePages;
    }

    /** Bytes committed: pages that were ever taken, and their metadata. */
    public long committedBytes() {
        return bytes(limit);
    }

    /** Bytes that taking a block of so many pages would commit; nothing if it finds free ones. */
    public long bytesToTake(int count) {
        return freeRuns.fits(count) ? 0 : bytes(count);
    }

    /** Bytes, of those that are committed, that taking a block of so many pages would use; nothing if it finds none free. */
    public long freeBytesToTake(int count) {
        return freeRuns.fits(count) ? bytes(count) : 0;
    }

    /** Says which runs {@link #freeBytes} is about. Before the first page is taken. */
    public void countFreeRunsOf(int count) {
        freeRuns.countRunsOf(count);
    }

    /** Bytes of pages that are committed and free, as far as they are sure to serve who takes runs of at most so many. */
    public long freeBytes() {
        return bytes(freeRuns.usablePages());
    }

    /** Bytes of so many pages and their metadata. */
    public long bytes(int count) {
        long bytes = (long) count * (pageBytes() + HEAD_BYTES) + bitsBytes(count);
        for (int i = 0; i < sideTables.size(); i++) {
            bytes += sideTables.get(i).bytes(count);
        }
        return bytes;
    }

    /** Takes a page for objects to share, with clean metadata; returns its number. */
    public int takeShared() {
        return take(SHARED, 1);
    }

    /** Takes pages for one object, with clean metadata; returns the number of the first. */
    public int takeRun(int count) {
        return take(RUN, count);
    }

    private int take(byte kind, int count) {
        int page = freeRuns.take(count, restObserver);
        if (page >= 0) {
            freePages -= count;
        } else if (count > capacityPages - limit) {
            throw new IllegalStateException(
                    "reservation is used up: limit=" + limit + " wanted=" + count + " capacityPages=" + capacityPages);
        } else {
            page = limit;
            limit += count;
            CheckedMemory.accessible(heads + (long) page * HEAD_BYTES, (long) count * HEAD_BYTES);
            marksAccessible(page, count);
        }
        CheckedMemory.inaccessible(addressOf(page), (long) count * pageBytes(), "page taken");
        bitsInUse(page);
        setHeads(page, kind, count, TAIL);
        clean(page, count);
        return page;
    }

    /** Frees a block. It is taken again only after {@link #recycle}. */
    public void free(int page) {
        if (CheckedMemory.ON && kind(page) == FREE) {
            throw new MemoryAccessError("page is freed twice: page=" + page);
        }
        int count = length(page);
        setHeads(page, FREE, count, FREE);
        clean(page, count);
        CheckedMemory.inaccessible(addressOf(page), (long) count * pageBytes(), "page freed");
        freePages += count;
    }

    /** Makes free blocks ready to be taken, neighbours joined. O(pages). */
    public void recycle() {
        freeRuns.clear();
        int page = 0;
        while (page < limit) {
            int end = page;
            while (end < limit && kind(end) == FREE) {
                end += length(end);
            }
            if (end > page) {
                setHead(page, FREE, end - page);
                bitsUnused(page, end - page);
                freeRuns.add(page, end - page);
                page = end;
            } else {
                page += length(page);
            }
        }
    }

    private void clean(int page, int count) {
        cleanBits(page);
        for (int i = 0; i < sideTables.size(); i++) {
            sideTables.get(i).clean(page, count);
        }
    }

    /** Every page tells its kind: the rest of a run how far it is to the head, the rest of a free block that it is free. */
    private void setHeads(int page, byte kind, int count, byte restKind) {
        setHead(page, kind, count);
        for (int i = 1; i < count; i++) {
            setHead(page + i, restKind, restKind == TAIL ? i : 1);
        }
    }

    private void setHead(int page, byte kind, int length) {
        OffHeap.putIntPlain(heads + (long) page * HEAD_BYTES, kind << KIND_SHIFT | length);
    }

    /** What a page is used for: one of the constants above. */
    public byte kind(int page) {
        return (byte) (OffHeap.getIntPlain(heads + (long) page * HEAD_BYTES) >>> KIND_SHIFT);
    }

    /** Pages of the block that begins with this page; of a free one at most, as neighbours may be free as well. */
    public int length(int page) {
        return headNumber(page);
    }

    /** The first page of the block that this page is in use for. */
    public int headOf(int page) {
        return kind(page) == TAIL ? page - headNumber(page) : page;
    }

    private int headNumber(int page) {
        return OffHeap.getIntPlain(heads + (long) page * HEAD_BYTES) & LENGTH_MASK;
    }

    /** Whether an address lies in a page that was ever taken. */
    public boolean contains(long address) {
        return address - base >= 0 && address - base < (long) limit << pageShift;
    }

    /** Clears the marks of all pages. */
    public void clearMarks() {
        clearMarks(limit);
    }

    @Override
    public void close() {
        freeRuns.close();
        super.close();
    }
}
