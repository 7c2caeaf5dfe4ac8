package org.shadowheap.memory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The native memory of one heap: what it took and has not given back. Any thread may call it.
 *
 * <p>An allocation is counted in full as used. A reservation is not: the operating system commits its pages when they
 * are touched first, and whoever touches them accounts for them. Both count as outstanding until they are returned.
 */
public final class NativeMemory {

    private final AtomicLong usedBytes = new AtomicLong();
    private final AtomicLong reservedBytes = new AtomicLong();

    /**
     * Takes memory of undefined content, aligned to 8 bytes at least.
     *
     * @throws OutOfMemoryError if the operating system refuses
     */
    public long allocate(long bytes) {
        long address = OffHeap.allocate(bytes);
        CheckedMemory.taken(address, bytes, "allocation", this);
        usedBytes.addAndGet(bytes);
        return address;
    }

    /**
     * Takes memory in which {@link CheckedMemory} is told of every object; otherwise as {@link #allocate}.
     *
     * @param what for messages: what it is used for
     */
    public long allocateForObjects(long bytes, String what) {
        long address = OffHeap.allocate(bytes);
        CheckedMemory.reserved(address, bytes, what, this);
        usedBytes.addAndGet(bytes);
        return address;
    }

    /** Takes memory filled with zeros. */
    public long allocateZeroed(long bytes) {
        long address = allocate(bytes);
        OffHeap.zeroPlain(address, bytes);
        return address;
    }

    /** Returns what one of the allocations gave; {@code bytes} as there. */
    public void free(long address, long bytes) {
        CheckedMemory.returned(address, bytes, this);
        OffHeap.free(address);
        usedBytes.addAndGet(-bytes);
    }

    /**
     * Takes memory of undefined content that costs nothing until it is touched, and of which {@link CheckedMemory} is told
     * what is in use.
     *
     * @param what for messages: what it is used for
     */
    public long reserve(long bytes, String what) {
        long address = OffHeap.allocate(bytes);
        CheckedMemory.reserved(address, bytes, what, this);
        reservedBytes.addAndGet(bytes);
        return address;
    }

    /** Returns what {@link #reserve} gave; {@code bytes} as there. */
    public void release(long address, long bytes) {
        CheckedMemory.returned(address, bytes, this);
        OffHeap.free(address);
        reservedBytes.addAndGet(-bytes);
    }

    /** Bytes allocated now, reservations apart. */
    public long usedBytes() {
        return usedBytes.get();
    }

    /** Bytes taken and not given back, reservations included: 0 when everything is closed. */
    public long outstandingBytes() {
        return usedBytes.get() + reservedBytes.get();
    }
}
