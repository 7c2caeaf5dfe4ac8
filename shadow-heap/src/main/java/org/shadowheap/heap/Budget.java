package org.shadowheap.heap;

import org.shadowheap.memory.NativeMemory;

/**
 * Keeps a heap within its bound. A part of the bound is a copy reserve, {@value #COPY_RESERVE} times the young bytes in
 * use: what a minor collection that keeps everything may need, for copies in pages that they do not fill and for its work
 * stack. So a collection never fails for want of memory; only events that grow the heap do.
 *
 * <p>It is the lock of everything that grows a heap, too: who takes pages, chunks or tables holds it from asking to taking.
 */
final class Budget {

    /** Twice for pages that are half full at worst, once for work stack and lists. */
    private static final int COPY_RESERVE = 3;

    private final NativeMemory memory;
    private final long boundBytes;
    private long oldCommittedBytes;
    private long youngInUseBytes;

    Budget(NativeMemory memory, long boundBytes) {
        this.memory = memory;
        this.boundBytes = boundBytes;
    }

    void oldCommittedBytes(long bytes) {
        oldCommittedBytes = bytes;
    }

    void youngInUseBytes(long bytes) {
        youngInUseBytes = bytes;
    }

    long usedBytes() {
        return memory.usedBytes() + oldCommittedBytes;
    }

    /** Fails unless the heap may grow by so many bytes. */
    void require(long neededBytes) {
        require(neededBytes, 0);
    }

    /** Fails unless the heap may grow by so many bytes, of which or besides which so many will be young. */
    void require(long neededBytes, long newYoungBytes) {
        long reserveBytes = COPY_RESERVE * (youngInUseBytes + newYoungBytes);
        if (neededBytes > boundBytes - reserveBytes - usedBytes()) {
            throw new HeapFullException(neededBytes, usedBytes(), reserveBytes, boundBytes);
        }
    }
}
