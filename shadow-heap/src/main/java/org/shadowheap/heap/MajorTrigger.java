package org.shadowheap.heap;

/** Says when a major collection is due, see {@link HeapConfiguration#majorBytes}. */
final class MajorTrigger {

    private final long leastGrowthBytes;
    private long afterLastBytes;

    MajorTrigger(HeapConfiguration configuration) {
        leastGrowthBytes = configuration.majorBytes();
    }

    /** A major collection has left so many bytes of old objects. */
    void collected(long oldBytes) {
        afterLastBytes = oldBytes;
    }

    boolean isDue(long oldBytes) {
        return oldBytes - afterLastBytes >= Math.max(leastGrowthBytes, afterLastBytes);
    }
}
