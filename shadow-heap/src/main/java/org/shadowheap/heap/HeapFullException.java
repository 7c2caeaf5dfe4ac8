package org.shadowheap.heap;

/**
 * An event needs more memory than the heap's bound allows. It is thrown before the event changed anything: the heap
 * stays consistent and readable, and goes on with other events.
 */
public final class HeapFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HeapFullException(long neededBytes, long usedBytes, long copyReserveBytes, long boundBytes) {
        super("heap is full: neededBytes=" + neededBytes + " usedBytes=" + usedBytes + " copyReserveBytes="
                + copyReserveBytes + " boundBytes=" + boundBytes);
    }
}
