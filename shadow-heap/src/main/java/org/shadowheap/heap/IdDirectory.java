package org.shadowheap.heap;

import org.shadowheap.memory.NativeMemory;
import org.shadowheap.memory.OffHeap;

/**
 * Layout of what leads from an id to its chunk.
 *
 * <pre>
 *   id  | leaf 11 | chunk 10 | index 10 |
 *
 *   leaves ──▶ 0                                  no birth in this million so far, and few contacts
 *          ──▶ directory of 1024 words ──▶ 0      nothing is known of this chunk's ids
 *                                          odd    {@link Scattered}: ids in the compact table, and which are dead
 *                                          even   address of an {@link IdChunk}
 * </pre>
 *
 * A word is published after what it leads to. Any thread reads; who writes holds the budget's lock, or is alone.
 */
final class IdDirectory {

    static final int LEAF_WORDS = 1 << 10;
    static final long LEAF_BYTES = LEAF_WORDS * 8L;
    static final int LEAF_SHIFT = 20;

    static final int LEAVES = 1 << 11;

    private IdDirectory() {}

    /** Returns the address of the leaves, none of which is there. */
    static long allocate(NativeMemory memory) {
        return memory.allocateZeroed(LEAVES * 8L);
    }

    /** Frees leaves and directories, not the chunks. */
    static void free(long leaves, NativeMemory memory) {
        for (int i = 0; i < LEAVES; i++) {
            long leaf = OffHeap.getLongAcquire(leaves + i * 8L);
            if (leaf != 0) {
                memory.free(leaf, LEAF_BYTES);
            }
        }
        memory.free(leaves, LEAVES * 8L);
    }

    /** Whether a directory word is the address of a chunk. */
    static boolean isChunk(long word) {
        return (word & 1) == 0 && word != 0;
    }

    static boolean hasLeaf(long leaves, int id) {
        return leafOf(leaves, id) != 0;
    }

    private static long leafOf(long leaves, int id) {
        return OffHeap.getLongAcquire(leaves + (id >>> LEAF_SHIFT) * 8L);
    }

    static void setLeafRelease(long leaves, int id, long leaf) {
        OffHeap.putLongRelease(leaves + (id >>> LEAF_SHIFT) * 8L, leaf);
    }

    /** Address of the word of an id's chunk in its directory. */
    static long addressOf(long leaf, int id) {
        return leaf + (id >>> IdChunk.SHIFT & LEAF_WORDS - 1) * 8L;
    }

    /** The word of an id's chunk. */
    static long word(long leaves, int id) {
        long leaf = leafOf(leaves, id);
        return leaf == 0 ? 0 : OffHeap.getLongAcquire(addressOf(leaf, id));
    }

    static void setWordRelease(long leaves, int id, long word) {
        OffHeap.putLongRelease(addressOf(leafOf(leaves, id), id), word);
    }

    /** Is given the number and the address of a chunk. */
    @FunctionalInterface
    interface ChunkVisitor {
        void chunk(int number, long chunk);
    }

    static void forEachChunk(long leaves, ChunkVisitor visitor) {
        for (int i = 0; i < LEAVES; i++) {
            long leaf = OffHeap.getLongAcquire(leaves + i * 8L);
            for (int word = 0; leaf != 0 && word < LEAF_WORDS; word++) {
                long chunk = OffHeap.getLongAcquire(leaf + word * 8L);
                if (isChunk(chunk)) {
                    visitor.chunk(i << LEAF_SHIFT - IdChunk.SHIFT | word, chunk);
                }
            }
        }
    }
}
