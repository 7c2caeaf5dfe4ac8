package org.shadowheap.event;

/**
 * How the recorded JVM lays out objects.
 *
 * @param referenceBytes size of a reference slot: 4 with compressed oops, else 8
 * @param alignmentBytes every object's size is a multiple of it (8 unless {@code -XX:ObjectAlignmentInBytes})
 * @param arrayLengthOffset offset in bytes of an array's length
 */
public record ObjectModel(int referenceBytes, int alignmentBytes, int arrayLengthOffset) {

    /** HotSpot on 64 bits with its default flags, before compact headers. */
    public static final ObjectModel DEFAULT = new ObjectModel(4, 8, 12);

    /** Rounds a size up to the alignment. */
    public long align(long bytes) {
        return bytes + alignmentBytes - 1 & -alignmentBytes;
    }
}
