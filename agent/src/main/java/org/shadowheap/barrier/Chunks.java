package org.shadowheap.barrier;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.ForceInline;
import org.shadowheap.event.layout.EventRecord;

/**
 * The pool of equal chunks that the logs are made of.
 *
 * <pre>
 *    0 +---------------------+
 *      | NEXT              8 |  the chunk that continues this log, 0 while this is the last
 *   16 +---------------------+
 *      | records        16 * |
 *      ...
 * </pre>
 *
 * Any thread takes (a Treiber stack with a tag against ABA, after R. K. Treiber 1986, in front of a bump pointer), the
 * drain gives back. The pool is one native block: pages that were never used are never committed. Or it lies in a mapped file, of
 * which only as much is used as has been filled ({@link #allow}): to touch what the disk has no room for would be fatal.
 */
public final class Chunks {

    /** Small, because every living thread holds one. */
    public static final int BYTES = 4 * 1024;

    /** Offset in bytes of the first record in a chunk. */
    public static final int FIRST_RECORD = EventRecord.BYTES;

    static final int NEXT = 0;

    private static final Unsafe U = Unsafe.getUnsafe();

    private static final int COUNT = (int) Math.max(16, BarrierSetup.logBytes / BYTES);
    private static final long BASE = BarrierSetup.chunksAddress != 0
            ? BarrierSetup.chunksAddress
            : U.allocateMemory((long) COUNT * BYTES + BYTES) + BYTES - 1 & -(long) BYTES;

    /** Head of the free stack: tag in the high half, chunk number plus one in the low half. */
    private static final long FREE = cleared();

    private static final long BUMP = FREE + 64;

    /** Chunks that logs have. */
    private static final long IN_USE = BUMP + Integer.BYTES;

    /** Chunks that may be used so far. Written by who fills the file, read by all. */
    private static volatile int allowed = BarrierSetup.chunksAddress != 0 ? 0 : COUNT;

    private Chunks() {}

    /** The first so many chunks may be used from now on. */
    public static void allow(int chunks) {
        allowed = Math.min(chunks, COUNT);
    }

    /** Chunks that were used so far, at one time or another. */
    public static int used() {
        return U.getIntVolatile(null, BUMP);
    }

    /** Whether there is no chunk to take, now. */
    public static boolean areUsedUp() {
        return (int) U.getLongVolatile(null, FREE) == 0 && used() >= allowed;
    }

    /** Whether logs have more than half of all chunks, besides one for each: who can wait leaves the rest to others. */
    static boolean areScarce() {
        return inUse() - Cells.logs() > COUNT / 2;
    }

    /** How many chunks logs have now. */
    public static int inUse() {
        return U.getIntVolatile(null, IN_USE);
    }

    /** Bytes of all chunks. */
    public static long capacityBytes() {
        return (long) COUNT * BYTES;
    }

    /** How many events all chunks together hold. */
    public static long capacityEvents() {
        return (long) COUNT * (BYTES - FIRST_RECORD) / EventRecord.BYTES;
    }

    private static long cleared() {
        long address = U.allocateMemory(256) + 63 & -64L;
        U.setMemory(address, 128, (byte) 0);
        return address;
    }

    /** Takes a chunk whose NEXT is 0, or returns 0 if none is free. */
    static long take() {
        long chunk = find();
        if (chunk != 0) {
            U.getAndAddInt(null, IN_USE, 1);
        }
        return chunk;
    }

    private static long find() {
        for (; ; ) {
            long head = U.getLongVolatile(null, FREE);
            int index = (int) head - 1;
            if (index < 0) {
                return bump();
            }
            long chunk = BASE + (long) index * BYTES;
            long next = U.getLongVolatile(null, chunk + NEXT);
            if (U.compareAndSetLong(null, FREE, head, ((head >>> 32) + 1 << 32) | (next & 0xffff_ffffL))) {
                U.putLongVolatile(null, chunk + NEXT, 0);
                return chunk;
            }
        }
    }

    private static long bump() {
        int index;
        do {
            index = U.getIntVolatile(null, BUMP);
            if (index >= allowed) {
                return 0;
            }
        } while (!U.compareAndSetInt(null, BUMP, index, index + 1));
        long chunk = BASE + (long) index * BYTES;
        U.putLongVolatile(null, chunk + NEXT, 0);
        return chunk;
    }

    /** All chunks are free again. Nobody is in the barrier, and no log has any. */
    static void clear() {
        U.putLongVolatile(null, FREE, 0);
        U.putLongVolatile(null, BUMP, 0); // and IN_USE
    }

    /** Gives a chunk back that no writer and no reader needs any more. */
    public static void free(long chunk) {
        long self = (chunk - BASE) / BYTES + 1;
        U.getAndAddInt(null, IN_USE, -1);
        for (; ; ) {
            long head = U.getLongVolatile(null, FREE);
            U.putLongVolatile(null, chunk + NEXT, head & 0xffff_ffffL);
            if (U.compareAndSetLong(null, FREE, head, ((head >>> 32) + 1 << 32) | self)) {
                return;
            }
        }
    }

    /** Whether no record fits here any more: chunks lie at multiples of their size. So it is before the first chunk, at 0. */
    @ForceInline
    static boolean isEnd(long top) {
        return (top & BYTES - 1) == 0;
    }

    /** Whether so many records fit between here and the end of the chunk. */
    @ForceInline
    static boolean hasRoom(long top, int records) {
        return (int) (-top & BYTES - 1) >= records * EventRecord.BYTES;
    }

    /** The chunk that the last record before {@code top} lies in; {@code top} may be the end of it. */
    public static long chunkBefore(long top) {
        return top - 1 & -(long) BYTES;
    }

    /** Moves what a chunk refers to, as {@link Cells#relocate}. */
    public static void relocate(long chunk, long bytes) {
        if (U.getLong(chunk + NEXT) != 0) {
            U.putLong(chunk + NEXT, U.getLong(chunk + NEXT) + bytes);
        }
    }

    /** The chunk that continues a log after this one, 0 if none. */
    public static long next(long chunk) {
        return U.getLongAcquire(null, chunk + NEXT);
    }
}
