package org.shadowheap.memory;

/** A stack of longs in native memory that doubles when it is full. One thread at a time. */
public final class NativeLongStack implements AutoCloseable {

    private static final int FIRST_CAPACITY = 1024;

    private final NativeMemory memory;
    private long address;
    private long capacity;
    private long size;

    public NativeLongStack(NativeMemory memory) {
        this.memory = memory;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public long size() {
        return size;
    }

    /** The value pushed after so many others. */
    public long get(long index) {
        CheckedMemory.checkIndex("stack", index, size);
        return OffHeap.getLongPlain(address + index * Long.BYTES);
    }

    public void push(long value) {
        if (size == capacity) {
            grow();
        }
        OffHeap.putLongPlain(address + size++ * Long.BYTES, value);
    }

    /** Takes the value pushed last; the stack must not be empty. */
    public long pop() {
        CheckedMemory.checkIndex("stack", size - 1, size);
        return OffHeap.getLongPlain(address + --size * Long.BYTES);
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
