package org.shadowheap.memory;

/**
 * A byte for each unit of the pages of a table, such as a card. Reserved for all pages at once; the bytes of a block are
 * {@link #CLEAN} when it is taken and when it is freed, and are committed only then.
 *
 * <p>Any thread may read and write the bytes of pages in use; all accesses are sequentially consistent.
 */
public final class SideTable implements AutoCloseable {

    /** What a byte holds at first. */
    public static final byte CLEAN = -1;

    /** Bytes that {@link #areEightClean} looks at. */
    public static final int GROUP = 8;

    private final NativeMemory memory;
    private final PageTable pages;
    private final int unitShift;
    private final int pageUnitsShift;
    private final long bytes;
    private final long base;
    private final long origin;

    SideTable(NativeMemory memory, PageTable pages, int unitBytes, int capacityPages) {
        if (Integer.bitCount(unitBytes) != 1 || unitBytes > pages.pageBytes()) {
            throw new IllegalArgumentException("unitBytes must be a power of two up to pageBytes: unitBytes="
                    + unitBytes + " pageBytes=" + pages.pageBytes());
        }
        this.memory = memory;
        this.pages = pages;
        unitShift = Integer.numberOfTrailingZeros(unitBytes);
        pageUnitsShift = Integer.numberOfTrailingZeros(pages.pageBytes()) - unitShift;
        bytes = ((long) capacityPages << pageUnitsShift) + GROUP - 1 & -GROUP;
        base = memory.reserve(bytes);
        origin = pages.addressOf(0);
    }

    /** Number of the unit in which an address lies. */
    public long unitOf(long address) {
        return address - origin >>> unitShift;
    }

    /** Address where a unit begins. */
    public long addressOf(long unit) {
        return origin + (unit << unitShift);
    }

    /** Number of the first unit of a page. */
    public long firstUnitOf(int page) {
        return (long) page << pageUnitsShift;
    }

    /** Bytes that so many pages take. */
    public long bytes(int pageCount) {
        return (long) pageCount << pageUnitsShift;
    }

    public byte getVolatile(long unit) {
        return OffHeap.getByteVolatile(base + unit);
    }

    /** Whether a unit whose number is a multiple of {@link #GROUP}, and those up to the next such one, are clean. */
    public boolean areEightClean(long unit) {
        return OffHeap.getLongVolatile(base + unit) == -1;
    }

    public void putVolatile(long unit, byte value) {
        OffHeap.putByteVolatile(base + unit, value);
    }

    public boolean compareAndSetVolatile(long unit, byte expected, byte value) {
        return OffHeap.compareAndSetByteVolatile(base + unit, expected, value);
    }

    /** Pages are taken or freed. Nobody else looks at their units. */
    void clean(int page, int count) {
        OffHeap.fillPlain(base + firstUnitOf(page), bytes(count), CLEAN);
    }

    @Override
    public void close() {
        pages.removeSideTable(this);
        memory.release(base, bytes);
    }
}
