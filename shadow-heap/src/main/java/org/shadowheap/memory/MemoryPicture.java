package org.shadowheap.memory;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes of the address space may be accessed, and where objects begin and end. Ranges go from {@code from} up to, not
 * including, {@code to}. Any thread, and no locks; two threads may change neighbouring ranges at once, not the same.
 *
 * <pre>
 *   address  | directory 16 | segment 16 | offset 16 |
 * </pre>
 *
 * Memory where nothing is accessible costs no segment. A segment costs 10/64 of the memory it stands for.
 */
final class MemoryPicture {

    private static final int ADDRESS_BITS = 48;
    private static final int DIRECTORY_SHIFT = 32;
    private static final int FAN_OUT = 1 << 16;

    private final AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable PictureSegment>> directories =
            new AtomicReferenceArray<>(FAN_OUT);

    static boolean isAddress(long address) {
        return address >>> ADDRESS_BITS == 0;
    }

    @Nullable
    PictureSegment find(long address) {
        if (!isAddress(address)) {
            return null;
        }
        AtomicReferenceArray<@Nullable PictureSegment> directory =
                directories.getAcquire((int) (address >>> DIRECTORY_SHIFT));
        return directory == null ? null : directory.getAcquire(index(address));
    }

    /** The segment of an address, made if need be. */
    PictureSegment at(long address) {
        PictureSegment found = find(address);
        if (found != null) {
            return found;
        }
        int high = (int) (address >>> DIRECTORY_SHIFT);
        if (directories.get(high) == null) {
            directories.compareAndSet(high, null, new AtomicReferenceArray<>(FAN_OUT));
        }
        AtomicReferenceArray<@Nullable PictureSegment> directory = directories.get(high);
        PictureSegment made = new PictureSegment();
        PictureSegment other = directory.compareAndExchange(index(address), null, made);
        return other == null ? made : other;
    }

    /** Whether a few bytes are accessible that lie in one granule of 8: all accesses but copies. */
    boolean holds(long address, int bytes) {
        PictureSegment segment = find(address);
        int offset = offset(address);
        return segment != null && (offset & 7) + bytes <= 8 && segment.accessible.areSet(offset, (1 << bytes) - 1L);
    }

    void allow(long from, long to) {
        for (long at = from; at < to; at = segmentEnd(at, to)) {
            at(at).accessible.set(offset(at), endOffset(at, to));
        }
    }

    /** Nothing in the range is accessible any more, and no object begins there. */
    void forbid(long from, long to) {
        for (long at = from; at < to; at = segmentEnd(at, to)) {
            PictureSegment segment = find(at);
            if (segment != null) {
                segment.clear(offset(at), endOffset(at, to));
            }
        }
    }

    /** As {@link #forbid}, for a range that is not to be used again soon. */
    void drop(long from, long to) {
        for (long at = from; at < to; at = segmentEnd(at, to)) {
            if (endOffset(at, to) - offset(at) < PictureSegment.BYTES) {
                forbid(at, segmentEnd(at, to));
            } else if (find(at) != null) {
                directories.get((int) (at >>> DIRECTORY_SHIFT)).set(index(at), null);
            }
        }
    }

    /** An object lies from {@code object} up to, not including, {@code end}. */
    void place(long object, long end) {
        int first = offset(object) >>> PictureSegment.GRANULE_SHIFT;
        int last = offset(end - 1) >>> PictureSegment.GRANULE_SHIFT;
        at(object).starts.set(first, first + 1);
        at(end - 1).ends.set(last, last + 1);
        allow(object, end);
    }

    boolean isStart(long address) {
        PictureSegment segment = find(address);
        return segment != null
                && (address & 7) == 0
                && segment.starts.areSet(offset(address) >>> PictureSegment.GRANULE_SHIFT, 1);
    }

    long firstAccessible(long from, long to) {
        for (long at = from; at < to; at = segmentEnd(at, to)) {
            PictureSegment segment = find(at);
            if (segment != null) {
                int found = segment.accessible.nextSet(offset(at), endOffset(at, to));
                if (found < endOffset(at, to)) {
                    return at + found - offset(at);
                }
            }
        }
        return to;
    }

    long firstInaccessible(long from, long to) {
        for (long at = from; at < to; at = segmentEnd(at, to)) {
            PictureSegment segment = find(at);
            if (segment == null) {
                return at;
            }
            int found = segment.accessible.nextClear(offset(at), endOffset(at, to));
            if (found < endOffset(at, to)) {
                return at + found - offset(at);
            }
        }
        return to;
    }

    /** Where the first object of a range begins, {@code to} if none does. */
    long nextStart(long from, long to) {
        for (long at = from; at < to; at = segmentEnd(at, to)) {
            PictureSegment segment = find(at);
            if (segment != null) {
                int found = segment.nextStart(offset(at), endOffset(at, to));
                if (found < endOffset(at, to)) {
                    return at + found - offset(at);
                }
            }
        }
        return to;
    }

    /** Where the last object that begins in a range begins, -1 if none does. O(range). */
    long previousStart(long from, long to) {
        long end = to;
        while (end > from) {
            long begin = Math.max(from, end - 1 & -PictureSegment.BYTES);
            PictureSegment segment = find(begin);
            int found = segment == null ? -1 : segment.previousStart(offset(begin), endOffset(begin, end));
            if (found >= 0) {
                return begin + found - offset(begin);
            }
            end = begin;
        }
        return -1;
    }

    /** Where an object ends. O(size) */
    long endOf(long object, long limit) {
        for (long at = object; at < limit; at = segmentEnd(at, limit)) {
            PictureSegment segment = find(at);
            int from = offset(at) >>> PictureSegment.GRANULE_SHIFT;
            int to = (endOffset(at, limit) - 1 >>> PictureSegment.GRANULE_SHIFT) + 1;
            int last = segment == null ? to : segment.ends.nextSet(from, to);
            if (last < to) {
                long granule = at + ((long) (last - from) << PictureSegment.GRANULE_SHIFT);
                return firstInaccessible(granule, Math.min(limit, granule + (1 << PictureSegment.GRANULE_SHIFT)));
            }
        }
        return limit;
    }

    private static int index(long address) {
        return (int) (address >>> PictureSegment.SHIFT) & FAN_OUT - 1;
    }

    private static int offset(long address) {
        return (int) address & PictureSegment.BYTES - 1;
    }

    private static long segmentEnd(long at, long to) {
        return Math.min(to, (at | PictureSegment.BYTES - 1) + 1);
    }

    private static int endOffset(long at, long to) {
        return offset(at) + (int) (segmentEnd(at, to) - at);
    }
}
