package org.shadowheap.memory;

/** A list of ints in native memory that doubles when it is full. One thread at a time. */
public final class NativeIntList implements AutoCloseable {

    private static final int FIRST_CAPACITY = 64;

    private final NativeMemory memory;
    private long address;
    private int capacity;
    private int size;

    public NativeIntList(NativeMemory memory) {
        this.memory = memory;
    }

    public int size() {
        return size;
    }

    /** Elements that fit before it grows. */
    public int capacity() {
        return capacity;
    }

    public int get(int index) {
        CheckedMemory.checkIndex("list", index, size);
        return OffHeap.getIntPlain(address + (long) index * Integer.BYTES);
    }

    public void set(int index, int value) {
        CheckedMemory.checkIndex("list", index, size);
        OffHeap.putIntPlain(address + (long) index * Integer.BYTES, value);
    }

    /**
     * Appends.
     *
     * @return whether the list, not being new, had to grow for it
     */
    public boolean add(int value) {
        boolean overflow = false;
        if (size == capacity) {
            overflow = capacity > 0;
            grow();
        }
        set(size++, value);
        return overflow;
    }

    /** Bytes that the next {@link #add} will take: 0 unless the list is full. What it had it gives back only then. */
    public long bytesToAdd() {
        return size < capacity ? 0 : (long) nextCapacity() * Integer.BYTES;
    }

    /** Grows until so many more fit: then none of their {@link #add} can fail. */
    public void makeRoom(int more) {
        while (capacity - size < more) {
            grow();
        }
    }

    /** Drops the elements from {@code newSize} on, keeps the memory. */
    public void truncate(int newSize) {
        CheckedMemory.checkIndex("list", newSize, size + 1L);
        size = newSize;
    }

    public void clear() {
        size = 0;
    }

    /** Drops all elements, and the memory too if it is for more than {@code mostKept} of them. */
    public void clear(int mostKept) {
        if (capacity > mostKept) {
            close();
        }
        size = 0;
    }

    /** Gives the memory back; the list may be used again. */
    @Override
    public void close() {
        if (capacity > 0) {
            memory.free(address, (long) capacity * Integer.BYTES);
        }
        capacity = 0;
        size = 0;
    }

    private int nextCapacity() {
        return Math.max(FIRST_CAPACITY, Math.multiplyExact(capacity, 2));
    }

    private void grow() {
        int newCapacity = nextCapacity();
        long newAddress = memory.allocate((long) newCapacity * Integer.BYTES);
        if (capacity > 0) {
            OffHeap.copyPlain(address, newAddress, (long) capacity * Integer.BYTES);
            memory.free(address, (long) capacity * Integer.BYTES);
        }
        address = newAddress;
        capacity = newCapacity;
    }
}
