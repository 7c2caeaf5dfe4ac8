package org.shadowheap.heap;

import org.shadowheap.memory.NativeMemory;

/**
 * Keeps a heap within its bound. A part of the bound is a reserve, {@value #COPY_RESERVE} times the young bytes in use: what
 * a minor collection that keeps everything may need, for copies in pages or chunks that they do not fill and for its work
 * stack; and a page and a chunk for a collector, which ends with one of its own. More collectors take part only while there
 * is plenty, so that what fits does not depend on how many there are. What is committed and free already,
 * pages that were given up and chunks between collections, covers the reserve as far as copies fit there. So a collection
 * never fails for want of memory; only events that grow the heap do.
 *
 * <p>What is not young, moreover, leaves room for the nursery: else the old space could grow until nothing can be born, and
 * what a major collection frees there would not help, as pages do not become chunks.
 *
 * <p>It is the lock of everything that grows a heap, too: who takes pages, chunks or tables holds it from asking to taking.
 */
final class Budget {

    /** Twice for what is half full at worst, once for work stack and lists. */
    static final int COPY_RESERVE = 3;

    /** Of what a nursery may need, itself included, besides the entries of its ids. */
    static final int NURSERY_NEEDS = 1 + COPY_RESERVE;

    private static final int COPIES = COPY_RESERVE - 1;

    /** For an object of 16 bytes its id takes 8. */
    private static final int IDS_SHARE = 2;

    private final NativeMemory memory;
    private final long boundBytes;
    private long nurseryBytes;
    private long collectorPageBytes;
    private long collectorChunkBytes;
    private long oldCommittedBytes;
    private long freePageBytes;
    private long emptyPageBytes;
    private long youngInUseBytes;
    private long freeChunkBytes;

    Budget(NativeMemory memory, long boundBytes) {
        this.memory = memory;
        this.boundBytes = boundBytes;
    }

    /**
     * Says what to keep free.
     *
     * @param nursery bytes of a nursery that is full, in whole chunks
     * @param collectorPage bytes of the page that a collector ends with
     * @param collectorChunk bytes of the chunk that it ends with, 0 if nothing ever ages
     */
    void keepFor(long nursery, long collectorPage, long collectorChunk) {
        nurseryBytes = nursery;
        collectorPageBytes = collectorPage;
        collectorChunkBytes = collectorChunk;
    }

    /**
     * Pages of the old space.
     *
     * @param committed bytes, in use or free
     * @param free of these, bytes of which survivors of any size can make use
     * @param empty of these, bytes that nobody uses, whatever fits there
     */
    void oldBytes(long committed, long free, long empty) {
        oldCommittedBytes = committed;
        freePageBytes = free;
        emptyPageBytes = empty;
    }

    /**
     * Chunks of the young space.
     *
     * @param inUse bytes that may have to be copied
     * @param free bytes of chunks that lie ready
     */
    void youngBytes(long inUse, long free) {
        youngInUseBytes = inUse;
        freeChunkBytes = free;
    }

    /** The nursery for which room is kept: less than was asked for if the bound is small. */
    long nurseryBytes() {
        return nurseryBytes;
    }

    long usedBytes() {
        return memory.usedBytes() + oldCommittedBytes;
    }

    /** Fails unless the heap may grow by so many bytes, and leave room for the nursery. */
    void require(long neededBytes) {
        require(neededBytes, 0);
    }

    /**
     * Fails unless the heap may grow by so many bytes and leave room for the nursery.
     *
     * @param takenBytes of pages that are free and will not be
     */
    void require(long neededBytes, long takenBytes) {
        if (!fits(neededBytes, takenBytes)) {
            throw new HeapFullException(neededBytes, usedBytes(), leftForNursery(takenBytes), boundBytes);
        }
    }

    /** Whether {@link #require} would succeed. */
    boolean fits(long neededBytes) {
        return fits(neededBytes, 0);
    }

    /** Whether so many bytes can be had for what could be done without: half of the bound stays for what cannot. */
    boolean canSpare(long bytes) {
        return fits(bytes + boundBytes / 2);
    }

    private boolean fits(long neededBytes, long takenBytes) {
        return neededBytes <= boundBytes - leftForNursery(takenBytes) - usedBytes();
    }

    /**
     * Fails unless the heap may grow by so many bytes for a birth in the nursery.
     *
     * @param newYoungBytes of these or of chunks that lie ready, what will be young
     */
    void requireForBirth(long neededBytes, long newYoungBytes) {
        long fromReady = Math.min(newYoungBytes, freeChunkBytes);
        long reserveBytes = reserve(youngInUseBytes + newYoungBytes, freePageBytes, freeChunkBytes - fromReady);
        if (neededBytes > boundBytes - reserveBytes - usedBytes()) {
            throw new HeapFullException(neededBytes, usedBytes(), reserveBytes, boundBytes);
        }
    }

    /** At the end of a collection: what may still be committed beside a nursery's needs; if negative, births will be refused. */
    long committableBytes() {
        return boundBytes - leftForNursery(nurseryBytes, 0) - usedBytes();
    }

    /** As {@link #committableBytes}, and empty pages: what the old space and its ids may still take. */
    long roomBytes() {
        return boundBytes - leftForNursery(nurseryBytes, freePageBytes) - usedBytes() + emptyPageBytes;
    }

    /**
     * Before a collection: how many collectors may end with a page and a chunk of their own, and leave what two nurseries
     * take that survive. So what they take is given back, and one goes on alone, before anything could be refused for it.
     */
    int collectors(int most) {
        long spare = boundBytes - leftForNursery(0) - usedBytes() - 2 * survivingNurseryBytes();
        long others = Math.max(0, spare) / (collectorPageBytes + collectorChunkBytes);
        return (int) Math.min(most, 1 + others);
    }

    /** What a nursery takes from these that survives whole, with its ids; if it goes on ageing, what it will need again. */
    long survivingNurseryBytes() {
        return (collectorChunkBytes == 0 ? 1 : NURSERY_NEEDS) * nurseryBytes + nurseryBytes / IDS_SHARE;
    }

    /** What must stay free if the nursery is to become full: its chunks and ids that are missing, and then the reserve. */
    long leftForNursery() {
        return leftForNursery(0);
    }

    private long leftForNursery(long takenBytes) {
        return leftForNursery(Math.max(0, nurseryBytes - youngInUseBytes), takenBytes);
    }

    private long leftForNursery(long missing, long takenBytes) {
        long fromReady = Math.min(missing, freeChunkBytes);
        return missing
                - fromReady
                + missing / IDS_SHARE
                + reserve(youngInUseBytes + missing, freePageBytes - takenBytes, freeChunkBytes - fromReady);
    }

    /** What a collection may need beyond what is committed: the most if all is promoted, or if all goes on ageing. */
    private long reserve(long youngBytes, long freePages, long freeChunks) {
        long copies = COPIES * youngBytes;
        long promoted = lack(copies + collectorPageBytes, freePages) + lack(collectorChunkBytes, freeChunks);
        long aged = collectorChunkBytes == 0
                ? 0
                : lack(collectorPageBytes, freePages) + lack(copies + collectorChunkBytes, freeChunks);
        return youngBytes + Math.max(promoted, aged);
    }

    private static long lack(long neededBytes, long freeBytes) {
        return Math.max(0, neededBytes - Math.max(0, freeBytes));
    }
}
