package org.shadowheap.heap;

import org.shadowheap.memory.NativeIntList;
import org.shadowheap.memory.NativeMemory;
import org.shadowheap.memory.OffHeap;

/**
 * From ids to entries. Ids are never reused, so the table holds chunks of 1024 ids only where something lives:
 *
 * <pre>
 *   id  | leaf 11 | chunk 10 | index 10 |
 *
 *   leaves ──▶ directory of 1024 words ──▶ 0                      no birth in this chunk so far
 *                                          watermark * 2 + 1      freed: ids below the watermark are dead
 *                                          address                {@link IdChunk}
 * </pre>
 *
 * An id that is not found in a chunk is looked for in {@link CompactIds}: that is where ids of a chunk without births are
 * put (hashes that the JVM gave lie all over the range and must not cost a chunk each), and where a chunk with few old
 * ids hands them at the end of a cycle.
 *
 * <p>A chunk in which an id became or stayed young is listed for that cycle; {@link #endCycle} looks at listed chunks
 * only. A cycle costs O(survivors + births / 1024). One thread at a time.
 *
 * <p>Ids of a chunk are born in ascending order, or nearly so: a freed chunk remembers only the highest. One that is
 * mentioned before its birth, below it, is taken for dead.
 */
final class IdTable implements AutoCloseable {

    /** Is given an id and its entry. */
    @FunctionalInterface
    interface EntryVisitor {
        void entry(int id, long entry);
    }

    private static final int LEAVES = 1 << 11;
    private static final int LEAF_WORDS = 1 << 10;
    private static final long LEAF_BYTES = LEAF_WORDS * 8L;
    private static final int LEAF_SHIFT = 20;

    private final NativeMemory memory;
    private final Budget budget;
    private final CompactIds compact;
    private final long[] leaves = new long[LEAVES];
    private NativeIntList listed;
    private NativeIntList nextListed;

    IdTable(NativeMemory memory, Budget budget) {
        this.memory = memory;
        this.budget = budget;
        compact = new CompactIds(memory, budget);
        listed = new NativeIntList(memory);
        nextListed = new NativeIntList(memory);
    }

    /** The entry of an id from 1 up. A young one may be stale. */
    long find(int id) {
        long chunk = chunkOf(id);
        if (isChunk(chunk)) {
            long entry = IdChunk.entry(chunk, id);
            if (entry != Entry.NEVER_SEEN) {
                return entry;
            }
        }
        return findScattered(id, chunk);
    }

    private long findScattered(int id, long chunk) {
        long entry = compact.get(id);
        boolean freed = (chunk & 1) != 0;
        return entry == Entry.NEVER_SEEN && freed && IdChunk.index(id) < chunk >>> 1 ? Entry.DEAD : entry;
    }

    /**
     * Makes room for a birth.
     *
     * @throws HeapFullException before anything changed
     */
    void prepareBirth(int id) {
        if (!isChunk(chunkOf(id))) {
            budget.require(IdChunk.BYTES + LEAF_BYTES);
            openChunk(id);
        }
    }

    /** Enters an id after {@link #prepareBirth}, into a chunk that is listed for the cycle. */
    void bornYoung(int id, long entry, int cycle) {
        long chunk = chunkOf(id);
        IdChunk.enter(chunk, id, entry);
        if (IdChunk.listFor(chunk, cycle)) {
            listed.add(id >>> IdChunk.SHIFT);
        }
    }

    /** Makes room for {@link #enterOld}. */
    void prepareOld(int id) {
        if (!isChunk(chunkOf(id))) {
            compact.prepare();
        }
    }

    /** Enters an id that is old from the start. */
    void enterOld(int id, long entry) {
        long chunk = chunkOf(id);
        if (isChunk(chunk)) {
            IdChunk.enter(chunk, id, entry);
            IdChunk.keep(chunk, id);
        } else {
            compact.put(id, entry);
        }
    }

    /** A young object was promoted. */
    void promoted(int id, long entry) {
        long chunk = chunkOf(id);
        IdChunk.enter(chunk, id, entry);
        IdChunk.keep(chunk, id);
    }

    /** A young object stays young in the next cycle. No births until {@link #endCycle}. */
    void aged(int id, long entry, int nextCycle) {
        long chunk = chunkOf(id);
        IdChunk.enter(chunk, id, entry);
        if (IdChunk.listFor(chunk, nextCycle)) {
            nextListed.add(id >>> IdChunk.SHIFT);
        }
    }

    /** Remembers that a dead id was mentioned, also after its chunk is freed. */
    void resurrected(int id) {
        long chunk = chunkOf(id);
        if (isChunk(chunk) && IdChunk.entry(chunk, id) != Entry.NEVER_SEEN) {
            IdChunk.enter(chunk, id, Entry.RESURRECTED);
        }
        compact.put(id, Entry.RESURRECTED);
    }

    /** Frees or empties the chunks of the cycle in which nothing young is left. */
    void endCycle(int cycle) {
        for (int i = 0; i < listed.size(); i++) {
            int number = listed.get(i);
            long chunk = chunkOf(number << IdChunk.SHIFT);
            if (IdChunk.listedFor(chunk) != cycle) {
                continue; // something in it goes on ageing
            }
            if (IdChunk.kept(chunk) == 0) {
                freeChunk(number, chunk);
            } else if (IdChunk.isWorthHandingOver(chunk)) {
                handOver(number, chunk);
                freeChunk(number, chunk);
            }
        }
        listed.clear();
        NativeIntList emptied = listed;
        listed = nextListed;
        nextListed = emptied;
    }

    /** Visits every id that was seen and whose chunk was not freed; dead ones may be among them. */
    void forEach(EntryVisitor visitor) {
        for (int leaf = 0; leaf < LEAVES; leaf++) {
            for (int word = 0; leaves[leaf] != 0 && word < LEAF_WORDS; word++) {
                long chunk = OffHeap.getLongPlain(leaves[leaf] + word * 8L);
                if (isChunk(chunk)) {
                    IdChunk.forEach(chunk, leaf << LEAF_SHIFT | word << IdChunk.SHIFT, visitor);
                }
            }
        }
        compact.forEach(visitor);
    }

    @Override
    public void close() {
        for (long leaf : leaves) {
            for (int word = 0; leaf != 0 && word < LEAF_WORDS; word++) {
                long chunk = OffHeap.getLongPlain(leaf + word * 8L);
                if (isChunk(chunk)) {
                    memory.free(chunk, IdChunk.BYTES);
                }
            }
            if (leaf != 0) {
                memory.free(leaf, LEAF_BYTES);
            }
        }
        compact.close();
        listed.close();
        nextListed.close();
    }

    private static boolean isChunk(long directoryWord) {
        return directoryWord != 0 && (directoryWord & 1) == 0;
    }

    private long chunkOf(int id) {
        long leaf = leaves[id >>> LEAF_SHIFT];
        return leaf == 0 ? 0 : OffHeap.getLongPlain(leaf + (id >>> IdChunk.SHIFT & LEAF_WORDS - 1) * 8L);
    }

    private void setChunkOf(int id, long directoryWord) {
        OffHeap.putLongPlain(leaves[id >>> LEAF_SHIFT] + (id >>> IdChunk.SHIFT & LEAF_WORDS - 1) * 8L, directoryWord);
    }

    /** Ids that were dead in a freed chunk stay dead in the new one; those in the compact table stay there. */
    private void openChunk(int id) {
        if (leaves[id >>> LEAF_SHIFT] == 0) {
            leaves[id >>> LEAF_SHIFT] = memory.allocateZeroed(LEAF_BYTES);
        }
        int watermark = (int) (chunkOf(id) >>> 1);
        long chunk = memory.allocateZeroed(IdChunk.BYTES);
        int first = id & -IdChunk.IDS;
        for (int i = 0; i < watermark; i++) {
            if (compact.get(first + i) == Entry.NEVER_SEEN) {
                IdChunk.enter(chunk, first + i, Entry.DEAD);
            }
        }
        setChunkOf(id, chunk);
    }

    private void freeChunk(int number, long chunk) {
        setChunkOf(number << IdChunk.SHIFT, (long) IdChunk.watermark(chunk) << 1 | 1);
        memory.free(chunk, IdChunk.BYTES);
    }

    private void handOver(int number, long chunk) {
        int first = number << IdChunk.SHIFT;
        IdChunk.forEachKept(chunk, first, compact::put);
    }
}
