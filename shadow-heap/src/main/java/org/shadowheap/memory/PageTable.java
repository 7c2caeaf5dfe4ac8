package org.shadowheap.memory;

/**
 * A contiguous run of pages, reserved at once and committed as it is touched, and beside it what is known of each page.
 *
 * <pre>
 *   pages     | page 0 | page 1 | ...                 pageBytes each, addresses aligned to pageBytes
 *   kinds     | 1 byte | 1 byte | ...                 FREE, SHARED, RUN_HEAD or RUN_TAIL; written when a page is taken
 *   flags     | 1 byte | 1 byte | ...                 bit 0: DIRTY_LISTED
 *   dirty     | pageBytes / 64 bytes a page | ...     1 bit for each granule of 8 bytes where an object may begin
 * </pre>
 *
 * Pages are taken by one thread. Flags and dirty bits may be read and written by any thread; their accesses are
 * sequentially consistent, because bit and flag are a Dekker pair.
 *
 * <p>Metadata costs 1/64 of the pages in use and 2 bytes a page; it too is committed only as pages are taken.
 */
public final class PageTable implements AutoCloseable {

    /** Not in use. */
    public static final byte FREE = 0;

    /** Holds objects of at most a page. */
    public static final byte SHARED = 1;

    /** First page of an object that is larger than a page. */
    public static final byte RUN_HEAD = 2;

    /** A later page of such an object; its metadata is never used. */
    public static final byte RUN_TAIL = 3;

    private static final byte DIRTY_LISTED = 1;
    private static final int GRANULE_SHIFT = 3;

    private final NativeMemory memory;
    private final int pageShift;
    private final int capacityPages;
    private final long reservation;
    private final long base;
    private final long kinds;
    private final long flags;
    private final long dirty;
    private final int dirtyShift;
    private int pagesInUse;

    /**
     * Reserves pages.
     *
     * @param pageBytes a power of two from 512 up
     * @throws OutOfMemoryError if the operating system refuses the address range
     */
    public PageTable(NativeMemory memory, int pageBytes, int capacityPages) {
        this.memory = memory;
        this.capacityPages = capacityPages;
        pageShift = Integer.numberOfTrailingZeros(pageBytes);
        dirtyShift = pageShift - GRANULE_SHIFT - 3;
        reservation = memory.reserve(((long) capacityPages + 1) << pageShift);
        base = reservation + pageBytes - 1 & -(long) pageBytes;
        kinds = memory.reserve(capacityPages);
        flags = memory.reserve(capacityPages);
        dirty = memory.reserve((long) capacityPages << dirtyShift);
    }

    /** Size of a page in bytes. */
    public int pageBytes() {
        return 1 << pageShift;
    }

    /** Pages with objects; their numbers are below this. */
    public int pagesInUse() {
        return pagesInUse;
    }

    /** Bytes committed: pages in use and their metadata. */
    public long committedBytes() {
        return (long) pagesInUse * (pageBytes() + (1L << dirtyShift) + 2);
    }

    /** Bytes that {@link #take} of so many pages would commit. */
    public long bytesToTake(int count) {
        return (long) count * (pageBytes() + (1L << dirtyShift) + 2);
    }

    /** Whether the reservation has so many pages left. */
    public boolean canTake(int count) {
        return count <= capacityPages - pagesInUse;
    }

    /**
     * Takes a page to share, or if {@code count} is above 1 a run of them for one object; with clean metadata.
     *
     * @return number of the first page
     */
    public int take(int count) {
        if (!canTake(count)) {
            throw new IllegalStateException("reservation is used up: pagesInUse=" + pagesInUse + " wanted=" + count
                    + " capacityPages=" + capacityPages);
        }
        int page = pagesInUse;
        pagesInUse += count;
        OffHeap.zeroPlain(dirty + ((long) page << dirtyShift), 1L << dirtyShift);
        for (int i = 0; i < count; i++) {
            OffHeap.putBytePlain(flags + page + i, (byte) 0);
            OffHeap.putBytePlain(kinds + page + i, i > 0 ? RUN_TAIL : count > 1 ? RUN_HEAD : SHARED);
        }
        return page;
    }

    /** What the page is used for: one of the constants above. */
    public byte kind(int page) {
        return page < pagesInUse ? OffHeap.getBytePlain(kinds + page) : FREE;
    }

    /** Whether an address lies in a page in use. */
    public boolean contains(long address) {
        return address - base >= 0 && address - base < (long) pagesInUse << pageShift;
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
     * Sets the dirty bit of an object that begins at this address. An atomic update even if the bit is set: whoever
     * takes the bit afterwards then sees what the caller wrote before. A load that finds the bit set does not give
     * that, be it volatile: an earlier plain store may be delayed past it, on x86 too, until the bit is taken and the
     * slot was read.
     */
    public void setDirtyVolatile(long object) {
        long granule = object - base >>> GRANULE_SHIFT;
        OffHeap.getAndBitwiseOrLongVolatile(dirty + (granule >>> 6 << 3), 1L << granule);
    }

    public boolean isDirtyVolatile(long object) {
        long granule = object - base >>> GRANULE_SHIFT;
        return (OffHeap.getLongVolatile(dirty + (granule >>> 6 << 3)) >>> granule & 1) != 0;
    }

    /** Words of dirty bits a page has, 64 granules each. */
    public int dirtyWords() {
        return 1 << dirtyShift - 3;
    }

    /** Takes 64 dirty bits of a page and clears them in one step. Bit i is the granule at 8 * (64 * word + i) bytes. */
    public long takeDirtyVolatile(int page, int word) {
        return OffHeap.getAndSetLongVolatile(dirtyWord(page, word), 0);
    }

    /** Reads 64 dirty bits. */
    public long dirtyVolatile(int page, int word) {
        return OffHeap.getLongVolatile(dirtyWord(page, word));
    }

    @Override
    public void close() {
        memory.release(reservation, ((long) capacityPages + 1) << pageShift);
        memory.release(kinds, capacityPages);
        memory.release(flags, capacityPages);
        memory.release(dirty, (long) capacityPages << dirtyShift);
    }

    private long dirtyWord(int page, int word) {
        return dirty + ((long) page << dirtyShift) + (long) word * Long.BYTES;
    }
}
