package org.shadowheap.memory;

import java.util.ArrayList;
import java.util.List;

/**
 * Where pages lie, and beside them a flag for each and bits for their objects.
 *
 * <pre>
 *   pages     | page 0 | page 1 | ...                 pageBytes each, addresses aligned to pageBytes
 *   flags     | 1 byte | 1 byte | ...                 bit 0: DIRTY_LISTED
 *   dirty     | pageBytes / 64 bytes a page | ...     1 bit for each granule of 8 bytes: the object there was stored to
 *   starts    | pageBytes / 64 bytes a page | ...     1 bit a granule: an object begins there
 *   marks     | pageBytes / 64 bytes a page | ...     1 bit a granule: the object there is alive; only in a major collection
 * </pre>
 *
 * Flags and dirty bits may be read and written by any thread; their accesses are sequentially consistent, because bit and
 * flag are a Dekker pair. Starts are written by the thread that allocates in the page, and read when nobody does. Marks are
 * for one thread.
 */
public abstract class PageBits implements AutoCloseable {

    /** Granules of 8 bytes, where objects may begin, that a word of bits stands for. */
    public static final int GRANULES_PER_WORD = 64;

    private static final byte DIRTY_LISTED = 1;
    private static final int GRANULE_SHIFT = 3;

    final NativeMemory memory;
    final int pageShift;
    final int capacityPages;
    final long base;
    private final long flags;
    private final long dirty;
    private final long starts;
    private final long marks;
    private final int bitsShift;
    private final List<Runnable> reserved = new ArrayList<>();

    /**
     * Reserves pages.
     *
     * @param pageBytes a power of two from 512 up
     * @throws OutOfMemoryError if the operating system refuses the address range
     */
    PageBits(NativeMemory memory, int pageBytes, int capacityPages) {
        this.memory = memory;
        this.capacityPages = capacityPages;
        pageShift = Integer.numberOfTrailingZeros(pageBytes);
        bitsShift = pageShift - GRANULE_SHIFT - 3;
        try {
            long reservation = reserve(((long) capacityPages + 1) << pageShift, "pages");
            base = reservation + pageBytes - 1 & -(long) pageBytes;
            CheckedMemory.pages(reservation, base, pageBytes);
            flags = reserveForEachPage(1, "page flags");
            dirty = reserveForEachPage(1L << bitsShift, "dirty bits");
            starts = reserveForEachPage(1L << bitsShift, "starts");
            marks = reserveForEachPage(1L << bitsShift, "marks");
        } catch (Throwable e) {
            releaseAll();
            throw e;
        }
    }

    private long reserve(long bytes, String what) {
        long area = memory.reserve(bytes, what);
        reserved.add(() -> memory.release(area, bytes));
        return area;
    }

    final long reserveForEachPage(long bytes, String what) {
        long area = reserve(capacityPages * bytes, what);
        CheckedMemory.pages(area, area, bytes);
        return area;
    }

    /** Size of a page in bytes. */
    public final int pageBytes() {
        return 1 << pageShift;
    }

    public final int pageOf(long address) {
        return (int) (address - base >>> pageShift);
    }

    public final long addressOf(int page) {
        return base + ((long) page << pageShift);
    }

    /** Bytes that so many pages have here beside them. */
    final long bitsBytes(int count) {
        return count * ((3L << bitsShift) + 1);
    }

    /** Pages are taken for the first time. */
    final void marksAccessible(int page, int count) {
        CheckedMemory.accessible(marks + ((long) page << bitsShift), (long) count << bitsShift);
    }

    final void bitsInUse(int page) {
        CheckedMemory.accessible(flags + page, 1);
        CheckedMemory.accessible(dirty + ((long) page << bitsShift), 1L << bitsShift);
        CheckedMemory.accessible(starts + ((long) page << bitsShift), 1L << bitsShift);
    }

    final void bitsUnused(int page, int count) {
        CheckedMemory.inaccessible(flags + page, count, "page freed");
        CheckedMemory.inaccessible(dirty + ((long) page << bitsShift), (long) count << bitsShift, "page freed");
        CheckedMemory.inaccessible(starts + ((long) page << bitsShift), (long) count << bitsShift, "page freed");
    }

    final void cleanBits(int page) {
        OffHeap.putBytePlain(flags + page, (byte) 0);
        OffHeap.zeroPlain(dirty + ((long) page << bitsShift), 1L << bitsShift);
        OffHeap.zeroPlain(starts + ((long) page << bitsShift), 1L << bitsShift);
    }

    public final boolean isListedVolatile(int page) {
        return OffHeap.getByteVolatile(flags + page) != 0;
    }

    public final void setListedVolatile(int page) {
        OffHeap.putByteVolatile(flags + page, DIRTY_LISTED);
    }

    public final void clearListedVolatile(int page) {
        OffHeap.putByteVolatile(flags + page, (byte) 0);
    }

    /**
     * Sets the dirty bit of an object that begins at this address. An atomic update even if the bit is set: whoever takes
     * the bit afterwards then sees what the caller wrote before. A load that finds the bit set does not give that, be it
     * volatile: an earlier plain store may be delayed past it, on x86 too, until the bit is taken and the slot was read.
     *
     * @return whether it was clear
     */
    public final boolean setDirtyVolatile(long object) {
        long granule = object - base >>> GRANULE_SHIFT;
        long bit = 1L << granule;
        return (OffHeap.getAndBitwiseOrLongVolatile(dirty + (granule >>> 6 << 3), bit) & bit) == 0;
    }

    /** Clears the dirty bit of an object that begins at this address. */
    public final void clearDirtyVolatile(long object) {
        long granule = object - base >>> GRANULE_SHIFT;
        OffHeap.getAndBitwiseAndLongVolatile(dirty + (granule >>> 6 << 3), ~(1L << granule));
    }

    public final boolean isDirtyVolatile(long object) {
        long granule = object - base >>> GRANULE_SHIFT;
        return (OffHeap.getLongVolatile(dirty + (granule >>> 6 << 3)) >>> granule & 1) != 0;
    }

    /** Words of bits that a page has: {@link #GRANULES_PER_WORD} granules each, granule i of word w at 8 * (64 * w + i) bytes. */
    public final int words() {
        return 1 << bitsShift - 3;
    }

    /** Takes a word of dirty bits of a page and clears it in one step. */
    public final long takeDirtyVolatile(int page, int word) {
        return OffHeap.getAndSetLongVolatile(dirty + wordOffset(page, word), 0);
    }

    /** Reads a word of dirty bits. */
    public final long dirtyVolatile(int page, int word) {
        return OffHeap.getLongVolatile(dirty + wordOffset(page, word));
    }

    /** An object was put at this address, by the only thread that allocates in the page. */
    public final void startPlain(long object) {
        long granule = object - base >>> GRANULE_SHIFT;
        long word = starts + (granule >>> 6 << 3);
        OffHeap.putLongPlain(word, OffHeap.getLongPlain(word) | 1L << granule);
    }

    public final boolean isStartPlain(long object) {
        long granule = object - base >>> GRANULE_SHIFT;
        return (object & (1 << GRANULE_SHIFT) - 1) == 0
                && (OffHeap.getLongPlain(starts + (granule >>> 6 << 3)) >>> granule & 1) != 0;
    }

    /** Reads a word of starts. */
    public final long startsPlain(int page, int word) {
        return OffHeap.getLongPlain(starts + wordOffset(page, word));
    }

    /** Forgets starts, and the dirty bits of the objects that began there. Nobody allocates or stores meanwhile. */
    public final void keepStartsPlain(int page, int word, long kept) {
        if (CheckedMemory.ON) {
            long first = addressOf(page) + (long) word * GRANULES_PER_WORD * (1 << GRANULE_SHIFT);
            for (long dead = startsPlain(page, word) & ~kept; dead != 0; dead &= dead - 1) {
                CheckedMemory.objectDied(first + ((long) Long.numberOfTrailingZeros(dead) << GRANULE_SHIFT));
            }
        }
        OffHeap.putLongPlain(starts + wordOffset(page, word), startsPlain(page, word) & kept);
        OffHeap.putLongPlain(dirty + wordOffset(page, word), dirtyVolatile(page, word) & kept);
    }

    /** Clears the marks of the first pages. */
    final void clearMarks(int count) {
        OffHeap.zeroPlain(marks, (long) count << bitsShift);
    }

    /**
     * Marks the object that begins at this address.
     *
     * @return whether it was not marked before
     */
    public final boolean markPlain(long object) {
        long granule = object - base >>> GRANULE_SHIFT;
        long word = marks + (granule >>> 6 << 3);
        long before = OffHeap.getLongPlain(word);
        OffHeap.putLongPlain(word, before | 1L << granule);
        return (before >>> granule & 1) == 0;
    }

    public final boolean isMarkedPlain(long object) {
        long granule = object - base >>> GRANULE_SHIFT;
        return (OffHeap.getLongPlain(marks + (granule >>> 6 << 3)) >>> granule & 1) != 0;
    }

    /** Reads a word of marks. */
    public final long marksPlain(int page, int word) {
        return OffHeap.getLongPlain(marks + wordOffset(page, word));
    }

    private long wordOffset(int page, int word) {
        return ((long) page << bitsShift) + (long) word * Long.BYTES;
    }

    private void releaseAll() {
        reserved.forEach(Runnable::run);
        reserved.clear();
    }

    @Override
    public void close() {
        releaseAll();
    }
}
