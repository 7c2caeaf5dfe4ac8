package org.shadowheap.memory;

/** A list of longs in native memory that doubles when it is full. One thread at a time. */
public final class NativeLongList implements AutoCloseable {

    private static final int FIRST_CAPACITY = 64;

    private final NativeMemory memory;
    private long address;
    private long capacity;
    private long size;

    public NativeLongList(NativeMemory memory) {
        this.memory = memory;
    }

    public long size() {
        return size;
    }

    /** Elements that fit before it grows. */
    public long capacity() {
        return capacity;
    }

    public long get(long index) {
        return OffHeap.getLongPlain(address + index * Long.BYTES);
    }

    public void set(long index, long value) {
        OffHeap.putLongPlain(address + index * Long.BYTES, value);
    }

    /**
     * Appends.
     *
     * @return whether the list, not being new, had to grow for it
     */
    public boolean add(long value) {
        boolean overflow = false;
        if (size == capacity) {
            overflow = capacity > 0;
            grow();
        }
        set(size++, value);
        return overflow;
    }

    /** Drops the elements from {@code newSize} on, keeps the memory. */
    public void truncate(long newSize) {
        size = newSize;
    }

    @Override
    public void close() {
        if (capacity > 0) {
            memory.free(address, capacity * Long.BYTES);
        }
        capacity = 0;
        size = 0;
    }

    private void grow() {
        long newCapacity = Math.max(FIRST_CAPACITY, capacity * 2);
        long newAddress = memory.allocate(newCapacity * Long.BYTES);
        if (capacity > 0) {
            OffHeap.copyPlain(address, newAddress, capacity * Long.BYTES);
            memory.free(address, capacity * Long.BYTES);
        }
        address = newAddress;
        capacity = newCapacity;
    }
}
