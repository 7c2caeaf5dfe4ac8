package org.shadowheap.heap;

import java.util.Arrays;
import org.shadowheap.memory.CheckedMemory;
import org.shadowheap.memory.NativeMemory;

/**
 * Nursery and ageing space: chunks of one size, of which a {@link Region} takes what it needs. An object is named by an
 * offset in granules of 8 bytes: the number of its chunk, and its place in it. The nursery grows by chunks as long as
 * nobody collects; after a collection, chunks beyond what a nursery usually takes go back to the operating system.
 *
 * <p>A region belongs to one mutator, or to one collector; who takes a chunk holds the budget's lock. Any thread may look
 * up the address of an object whose entry it has read.
 */
final class YoungSpace implements AutoCloseable {

    private static final int GRANULE_SHIFT = 3;
    private static final int SMALLEST_CHUNK_BYTES = 1 << 16;

    private final NativeMemory memory;
    private final Budget budget;
    private final int chunkBytes;
    private final int chunkShift;
    private final int chunksToKeep;
    /** By number of chunk; replaced when it grows, while others look up: volatile, lest they see it without its elements. */
    private volatile long[] addresses = new long[16];

    private int[] free = new int[16];
    private int freeCount;
    private int[] pooled = new int[16];
    private int pooledCount;
    private int numbers;
    private int inUse;
    private long unusedBytes;

    /**
     * Takes nothing yet.
     *
     * @param largestBytes of an object here
     * @param usualBytes what to keep ready between collections
     */
    YoungSpace(NativeMemory memory, Budget budget, long largestBytes, long usualBytes) {
        this.memory = memory;
        this.budget = budget;
        chunkBytes = (int) Long.highestOneBit(Math.max(SMALLEST_CHUNK_BYTES, largestBytes) * 2 - 1);
        chunkShift = Integer.numberOfTrailingZeros(chunkBytes) - GRANULE_SHIFT;
        chunksToKeep = (int) Math.min(1 << 20, usualBytes / chunkBytes + 1);
    }

    /** Chunks in the order in which they were filled. */
    final class Region {
        private int[] chunks = new int[16];
        private long[] tops = new long[16];
        private int count;
        private long base;
        private long top;
        private long limit;

        /**
         * Takes bytes for a birth; at most the space's largest object. Returns the offset in granules.
         *
         * @throws HeapFullException before anything changed
         */
        int allocate(long bytes) {
            prepare(bytes, 0);
            return bump(bytes);
        }

        /** Whether a birth needs no new chunk. */
        boolean fits(long bytes) {
            return bytes <= limit - top;
        }

        /**
         * Takes a chunk for the next birth if need be.
         *
         * @param otherBytes what else the birth will commit, of which the caller, who then holds the budget's lock, makes sure
         * @throws HeapFullException before anything changed
         */
        void prepare(long bytes, long otherBytes) {
            if (otherBytes > 0 || !fits(bytes)) {
                synchronized (budget) {
                    if (fits(bytes)) {
                        budget.requireForBirth(otherBytes, 0);
                    } else {
                        budget.requireForBirth(otherBytes + (pooledCount > 0 ? 0 : chunkBytes), chunkBytes);
                        nextChunk();
                    }
                }
            }
        }

        /** What objects leave of its chunks. */
        private long unusedBytes() {
            long unused = limit - top;
            for (int i = 0; i < count - 1; i++) {
                unused += addresses[chunks[i]] + chunkBytes - tops[i];
            }
            return unused;
        }

        /** Takes bytes for a survivor, from the copy reserve. */
        int allocateForSurvivor(long bytes) {
            if (!fits(bytes)) {
                synchronized (budget) {
                    nextChunk();
                }
            }
            return bump(bytes);
        }

        /** Whether an object may lie at this offset. */
        boolean contains(int offset) {
            int number = offset >>> chunkShift;
            for (int i = 0; i < count; i++) {
                if (chunks[i] == number) {
                    return address(offset) < (i == count - 1 ? top : tops[i]);
                }
            }
            return false;
        }

        private int bump(long bytes) {
            long at = top;
            top += bytes;
            CheckedMemory.objectPlaced(at, bytes);
            return chunks[count - 1] << chunkShift | (int) (at - base >>> GRANULE_SHIFT);
        }

        /** Where the next object will lie, or behind it if that needs a new chunk. For {@link #forEachFrom}. */
        long mark() {
            return count == 0 ? 0 : (long) (count - 1) << 32 | top - base;
        }

        /** Visits the objects allocated since a mark, in the order of their allocation. */
        void forEachFrom(long mark, Types types, ObjectVisitor visitor) {
            int first = (int) (mark >>> 32);
            for (int i = first; i < count; i++) {
                long object = addresses[chunks[i]] + (i == first ? (int) mark : 0);
                long end = i == count - 1 ? top : tops[i];
                while (object < end) {
                    long next = object + types.layout(Header.layout(object)).bytesOf(object);
                    visitor.visit(object);
                    object = next;
                }
            }
        }

        /** Gives every chunk back. */
        void clear() {
            synchronized (budget) {
                for (int i = 0; i < count; i++) {
                    giveBack(chunks[i]);
                }
            }
            count = 0;
            base = 0;
            top = 0;
            limit = 0;
        }

        private void nextChunk() {
            if (count == chunks.length) {
                chunks = Arrays.copyOf(chunks, count * 2);
                tops = Arrays.copyOf(tops, count * 2);
            }
            int number = takeChunk();
            if (count > 0) {
                tops[count - 1] = top;
            }
            chunks[count++] = number;
            base = addresses[number];
            top = base;
            limit = base + chunkBytes;
        }
    }

    /** Is given the address of an object. */
    @FunctionalInterface
    interface ObjectVisitor {
        void visit(long object);
    }

    long address(int offset) {
        return addresses[offset >>> chunkShift] + ((long) (offset & (1 << chunkShift) - 1) << GRANULE_SHIFT);
    }

    int chunkBytes() {
        return chunkBytes;
    }

    /**
     * Gives chunks beyond the usual back to the operating system. Nobody allocates meanwhile.
     *
     * @param ageing where nothing is added before the next collection: what is left of their chunks will not be copied
     */
    void endCollection(CollectorSpaces[] ageing) {
        unusedBytes = 0;
        for (CollectorSpaces each : ageing) {
            unusedBytes += each.region.unusedBytes();
        }
        while (pooledCount > 0 && inUse + pooledCount > chunksToKeep) {
            int number = pooled[--pooledCount];
            memory.free(addresses[number], chunkBytes);
            addresses[number] = 0;
            free[freeCount++] = number;
        }
        tellBudget();
    }

    private void tellBudget() {
        budget.youngBytes((long) inUse * chunkBytes - unusedBytes, (long) pooledCount * chunkBytes);
    }

    @Override
    public void close() {
        for (int number = 0; number < numbers; number++) {
            if (addresses[number] != 0) {
                memory.free(addresses[number], chunkBytes);
            }
        }
    }

    private int takeChunk() {
        int number;
        if (pooledCount > 0) {
            number = pooled[--pooledCount];
        } else {
            number = freeCount > 0 ? free[--freeCount] : newNumber();
            addresses[number] = memory.allocateForObjects(chunkBytes, "young chunk");
        }
        inUse++;
        tellBudget();
        return number;
    }

    private void giveBack(int number) {
        pooled[pooledCount++] = number;
        CheckedMemory.inaccessible(addresses[number], chunkBytes, "chunk given back");
        inUse--;
        tellBudget();
    }

    private int newNumber() {
        if (numbers == addresses.length) {
            addresses = Arrays.copyOf(addresses, numbers * 2);
            free = Arrays.copyOf(free, numbers * 2);
            pooled = Arrays.copyOf(pooled, numbers * 2);
        }
        return numbers++;
    }
}
