package org.shadowheap.heap;

/**
 * Says when a major collection is due: when the old space has grown to twice what the last one left, at least by {@value
 * #LEAST_NURSERIES} nurseries, or to half of the heap's bound, if something was promoted since.
 */
final class MajorTrigger {

    private static final int LEAST_NURSERIES = 4;

    private final long leastBytes;
    private final long halfBytes;
    private long afterLastBytes;

    MajorTrigger(HeapConfiguration configuration) {
        leastBytes = Math.multiplyExact(configuration.nurseryBytes(), LEAST_NURSERIES);
        halfBytes = configuration.boundBytes() / 2;
    }

    /** A major collection has left so many bytes of old objects. */
    void collected(long oldBytes) {
        afterLastBytes = oldBytes;
    }

    boolean isDue(long oldBytes) {
        long grownBytes = oldBytes - afterLastBytes;
        boolean doubled = grownBytes >= Math.max(leastBytes, afterLastBytes);
        return doubled || oldBytes >= halfBytes && grownBytes >= leastBytes;
    }
}
