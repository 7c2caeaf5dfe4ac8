package org.shadowheap.memory;

import java.util.ArrayList;
import java.util.List;

/**
 * A contiguous range of pages, reserved at once and committed as it is touched, and beside it what is known of each page.
 * Pages are used in blocks: a page that objects share, or a run for one object. Only a block's first page has metadata;
 * from any other page its head can be found.
 *
 * <pre>
 *   pages     | page 0 | page 1 | ...                 pageBytes each, addresses aligned to pageBytes
 *   heads     | 4 bytes | 4 bytes | ...               kind (2 bits); 30 bits: pages of the block that begins here, or up to the head
 *   flags     | 1 byte | 1 byte | ...                 bit 0: DIRTY_LISTED
 *   dirty     | pageBytes / 64 bytes a page | ...     1 bit for each granule of 8 bytes: the object there was stored to
 *   starts    | pageBytes / 64 bytes a page | ...     1 bit a granule: an object begins there
 *   marks     | pageBytes / 64 bytes a page | ...     1 bit a granule: the object there is alive; only in a major collection
 * </pre>
 *
 * One thread at a time takes and frees pages. Flags and dirty bits may be read and written by any thread; their accesses
 * are sequentially consistent, because bit and flag are a Dekker pair. Starts are written by the thread that allocates in
 * the page, and read when nobody does.
 *
 * <p>Metadata costs 3/64 of the pages in use and 5 bytes a page; it too is committed only as pages are taken. A third of it
 * are marks, which are touched in the first major collection and count from the start, as they must fit then. Side tables,
 * which others may add, come on top.
 */
public final class PageTable implements AutoCloseable {

    /** A block that is not in use. */
    public static final byte FREE = 0;

    /** A page of objects of at most a page. */
    public static final byte SHARED = 1;

    /** Pages of one object. */
    public static final byte RUN = 2;

    /** A page of a run that is not its first. */
    public static final byte TAIL = 3;

    /** Granules of 8 bytes, where objects may begin, that a word of bits stands for. */
    public static final int GRANULES_PER_WORD = 64;

    private static final byte DIRTY_LISTED = 1;
    private static final int GRANULE_SHIFT = 3;
    private static final int KIND_SHIFT = 30;
    private static final int LENGTH_MASK = (1 << KIND_SHIFT) - 1;
    private static final int HEAD_BYTES = 4;

    private final NativeMemory memory;
    private final FreeRuns freeRuns;
    private final int pageShift;
    private final int capacityPages;
    private final long base;
    private final long heads;
    private final long flags;
    private final long dirty;
    private final long starts;
    private final long marks;
    private final int bitsShift;
    private final List<SideTable> sideTables = new ArrayList<>();
    private final List<Runnable> reserved = new ArrayList<>();
    private int limit;
    private int freePages;

    /**
     * Reserves pages.
     *
     * @param pageBytes a power of two from 512 up
     * @throws OutOfMemoryError if the operating system refuses the address range
     */
    public PageTable(NativeMemory memory, int pageBytes, int capacityPages) {
        this.memory = memory;
        this.capacityPages = capacityPages;
        freeRuns = new FreeRuns(memory);
        pageShift = Integer.numberOfTrailingZeros(pageBytes);
        bitsShift = pageShift - GRANULE_SHIFT - 3;
        try {
            long reservation = reserve(((long) capacityPages + 1) << pageShift, "pages");
            base = reservation + pageBytes - 1 & -(long) pageBytes;
            CheckedMemory.pages(reservation, base, pageBytes);
            heads = reserveForEachPage(HEAD_BYTES, "page heads");
            flags = reserveForEachPage(1, "page flags");
            dirty = reserveForEachPage(1L << bitsShift, "dirty bits");
            starts = reserveForEachPage(1L << bitsShift, "starts");
            marks = reserveForEachPage(1L << bitsShift, "marks");
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    private long reserve(long bytes, String what) {
        long area = memory.reserve(bytes, what);
        reserved.add(() -> memory.release(area, bytes));
        return area;
    }

    private long reserveForEachPage(long bytes, String what) {
        long area = reserve(capacityPages * bytes, what);
        CheckedMemory.pages(area, area, bytes);
        return area;
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

    /** Size of a page in bytes. */
    public int pageBytes() {
        return 1 << pageShift;
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
        long bytes = (long) count * (pageBytes() + (3L << bitsShift) + HEAD_BYTES + 1);
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
        int page = freeRuns.take(count, (rest, length) -> setHead(rest, FREE, length));
        if (page >= 0) {
            freePages -= count;
        } else if (count > capacityPages - limit) {
            throw new IllegalStateException(
                    "reservation is used up: limit=" + limit + " wanted=" + count + " capacityPages=" + capacityPages);
        } else {
            page = limit;
            limit += count;
            CheckedMemory.accessible(heads + (long) page * HEAD_BYTES, (long) count * HEAD_BYTES);
            CheckedMemory.accessible(marks + ((long) page << bitsShift), (long) count << bitsShift);
        }
        CheckedMemory.inaccessible(addressOf(page), (long) count << pageShift, "page taken");
        metadataInUse(page);
        setHeads(page, kind, count, TAIL);
        clean(page, count);
        return page;
    }

    private void metadataInUse(int page) {
        CheckedMemory.accessible(flags + page, 1);
        CheckedMemory.accessible(dirty + ((long) page << bitsShift), 1L << bitsShift);
        CheckedMemory.accessible(starts + ((long) page << bitsShift), 1L << bitsShift);
    }

    private void metadataUnused(int page, int count) {
        CheckedMemory.inaccessible(flags + page, count, "page freed");
        CheckedMemory.inaccessible(dirty + ((long) page << bitsShift), (long) count << bitsShift, "page freed");
        CheckedMemory.inaccessible(starts + ((long) page << bitsShift), (long) count << bitsShift, "page freed");
    }

    /** Frees a block. It is taken again only after {@link #recycle}. */
    public void free(int page) {
        if (CheckedMemory.ON && kind(page) == FREE) {
            throw new MemoryAccessError("page is freed twice: page=" + page);
        }
        int count = length(page);
        setHeads(page, FREE, count, FREE);
        clean(page, count);
        CheckedMemory.inaccessible(addressOf(page), (long) count << pageShift, "page freed");
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
                metadataUnused(page, end - page);
                freeRuns.add(page, end - page);
                page = end;
            } else {
                page += length(page);
            }
        }
    }

    private void clean(int page, int count) {
        OffHeap.putBytePlain(flags + page, (byte) 0);
        OffHeap.zeroPlain(dirty + ((long) page << bitsShift), 1L << bitsShift);
        OffHeap.zeroPlain(starts + ((long) page << bitsShift), 1L << bitsShift);
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

    public int pageOf(long address) {
        return (int) (address - base >>> pageShift);
    }

    public long addressOf(int page) {
        return base + ((long) page << pageShift);
    }

    public boolean isListedVolatile(int page) {
        return OffHeap.getByteVolatile(flags + page) != 0;
    }

    public void setListedVolatile(int page) {
        OffHeap.putByteVolatile(flags + page, DIRTY_LISTED);
    }

    public void clearListedVolatile(int page) {
        OffHeap.putByteVolatile(flags + page, (byte) 0);
    }

    /**
     * Sets the dirty bit of an object that begins at this address. An atomic update even if the bit is set: whoever takes
     * the bit afterwards then sees what the caller wrote before. A load that finds the bit set does not give that, be it
     * volatile: an earlier plain store may be delayed past it, on x86 too, until the bit is taken and the slot was read.
     *
     * @return whether it was clear
     */
    public boolean setDirtyVolatile(long object) {
        long granule = object - base >>> GRANULE_SHIFT;
        long bit = 1L << granule;
        return (OffHeap.getAndBitwiseOrLongVolatile(dirty + (granule >>> 6 << 3), bit) & bit) == 0;
    }

    /** Clears the dirty bit of an object that begins at this address. */
    public void clearDirtyVolatile(long object) {
        long granule = object - base >>> GRANULE_SHIFT;
        OffHeap.getAndBitwiseAndLongVolatile(dirty + (granule >>> 6 << 3), ~(1L << granule));
    }

    public boolean isDirtyVolatile(long object) {
        long granule = object - base >>> GRANULE_SHIFT;
        return (OffHeap.getLongVolatile(dirty + (granule >>> 6 << 3)) >>> granule & 1) != 0;
    }

    /** Words of bits that a page has: {@link #GRANULES_PER_WORD} granules each, granule i of word w at 8 * (64 * w + i) bytes. */
    public int words() {
        return 1 << bitsShift - 3;
    }

    /** Takes a word of dirty bits of a page and clears it in one step. */
    public long takeDirtyVolatile(int page, int word) {
        return OffHeap.getAndSetLongVolatile(dirty + wordOffset(page, word), 0);
    }

    /** Reads a word of dirty bits. */
    public long dirtyVolatile(int page, int word) {
        return OffHeap.getLongVolatile(dirty + wordOffset(page, word));
    }

    /** An object was put at this address, by the only thread that allocates in the page. */
    public void startPlain(long object) {
        long granule = object - base >>> GRANULE_SHIFT;
        long word = starts + (granule >>> 6 << 3);
        OffHeap.putLongPlain(word, OffHeap.getLongPlain(word) | 1L << granule);
    }

    public boolean isStartPlain(long object) {
        long granule = object - base >>> GRANULE_SHIFT;
        return (object & (1 << GRANULE_SHIFT) - 1) == 0
                && (OffHeap.getLongPlain(starts + (granule >>> 6 << 3)) >>> granule & 1) != 0;
    }

    /** Reads a word of starts. */
    public long startsPlain(int page, int word) {
        return OffHeap.getLongPlain(starts + wordOffset(page, word));
    }

    /** Forgets starts, and the dirty bits of the objects that began there. Nobody allocates or stores meanwhile. */
    public void keepStartsPlain(int page, int word, long kept) {
        if (CheckedMemory.ON) {
            long first = addressOf(page) + (long) word * GRANULES_PER_WORD * (1 << GRANULE_SHIFT);
            for (long dead = startsPlain(page, word) & ~kept; dead != 0; dead &= dead - 1) {
                CheckedMemory.objectDied(first + ((long) Long.numberOfTrailingZeros(dead) << GRANULE_SHIFT));
            }
        }
        OffHeap.putLongPlain(starts + wordOffset(page, word), startsPlain(page, word) & kept);
        OffHeap.putLongPlain(dirty + wordOffset(page, word), dirtyVolatile(page, word) & kept);
    }

    /** Clears the marks of all pages. */
    public void clearMarks() {
        OffHeap.zeroPlain(marks, (long) limit << bitsShift);
    }

    /**
     * Marks the object that begins at this address.
     *
     * @return whether it was not marked before
     */
    public boolean markPlain(long object) {
        long granule = object - base >>> GRANULE_SHIFT;
        long word = marks + (granule >>> 6 << 3);
        long before = OffHeap.getLongPlain(word);
        OffHeap.putLongPlain(word, before | 1L << granule);
        return (before >>> granule & 1) == 0;
    }

    public boolean isMarkedPlain(long object) {
        long granule = object - base >>> GRANULE_SHIFT;
        return (OffHeap.getLongPlain(marks + (granule >>> 6 << 3)) >>> granule & 1) != 0;
    }

    /** Reads a word of marks. */
    public long marksPlain(int page, int word) {
        return OffHeap.getLongPlain(marks + wordOffset(page, word));
    }

    private long wordOffset(int page, int word) {
        return ((long) page << bitsShift) + (long) word * Long.BYTES;
    }

    @Override
    public void close() {
        freeRuns.close();
        reserved.forEach(Runnable::run);
        reserved.clear();
    }
}
