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
 * <p>A chunk in which an id became or stayed young is listed for that cycle, by whoever was first; {@link #endCycle} looks
 * at listed chunks only. A cycle costs O(survivors + births / 1024).
 *
 * <p>Mutators look up and enter at the same time; words are published after what they lead to. Who opens chunks or adds to
 * the compact table holds the budget's lock. Between rounds, collectors replace entries; one thread ends cycles.
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
    private final long leaves;
    /** Chunks in which ids of the old space died, some repeatedly. */
    private final NativeIntList emptier;

    IdTable(NativeMemory memory, Budget budget) {
        this.memory = memory;
        this.budget = budget;
        compact = new CompactIds(memory, budget);
        leaves = memory.allocateZeroed(LEAVES * 8L);
        emptier = new NativeIntList(memory);
    }

    /** The entry of an id from 1 up. A young one may be stale. */
    long find(int id) {
        long chunk = chunkOf(id);
        if (isChunk(chunk)) {
            long entry = IdChunk.entryAcquire(chunk, id);
            if (entry != Entry.NEVER_SEEN) {
                return entry;
            }
        }
        return findScattered(id, chunk);
    }

    private long findScattered(int id, long chunk) {
        long entry = compact.get(id);
        return entry == Entry.NEVER_SEEN && isBelowWatermark(id, chunk) ? Entry.DEAD : entry;
    }

    private static boolean isBelowWatermark(int id, long freedChunk) {
        return (freedChunk & 1) != 0 && IdChunk.index(id) < freedChunk >>> 1;
    }

    /**
     * Makes room for a birth.
     *
     * @throws HeapFullException before anything changed
     */
    void prepareBirth(int id) {
        if (!isChunk(chunkOf(id))) {
            synchronized (budget) {
                if (!isChunk(chunkOf(id))) {
                    budget.require(IdChunk.BYTES + LEAF_BYTES);
                    openChunk(id);
                }
            }
        }
    }

    /** Enters an id after {@link #prepareBirth}; its chunk is in the list of somebody who was born in it in this cycle. */
    void bornYoung(int id, long entry, int cycle, NativeIntList listed) {
        long chunk = chunkOf(id);
        IdChunk.enterRelease(chunk, id, entry);
        if (IdChunk.listForVolatile(chunk, cycle)) {
            listed.add(id >>> IdChunk.SHIFT);
        }
    }

    /** Makes room for {@link #enterOld}. */
    void prepareOld(int id) {
        if (!isChunk(chunkOf(id))) {
            synchronized (budget) {
                compact.prepare();
            }
        }
    }

    /** Enters an id that is old from the start. */
    void enterOld(int id, long entry) {
        long chunk = chunkOf(id);
        if (isChunk(chunk)) {
            IdChunk.addOldVolatile(chunk, 1);
            IdChunk.enterRelease(chunk, id, entry);
        } else {
            synchronized (budget) {
                compact.put(id, entry);
            }
        }
    }

    /** Takes a young object for one of several collectors, unless another has it. */
    boolean claim(int id, long expected, long entry) {
        return IdChunk.replaceVolatile(chunkOf(id), id, expected, entry);
    }

    /** A young object was promoted. */
    void promoted(int id, long entry) {
        long chunk = chunkOf(id);
        IdChunk.enterRelease(chunk, id, entry);
        IdChunk.addOldVolatile(chunk, 1);
    }

    /** A young object stays young in the next cycle. No births until {@link #endCycle}. */
    void aged(int id, long entry, int nextCycle, NativeIntList nextListed) {
        long chunk = chunkOf(id);
        IdChunk.enterRelease(chunk, id, entry);
        if (IdChunk.listForVolatile(chunk, nextCycle)) {
            nextListed.add(id >>> IdChunk.SHIFT);
        }
    }

    /** An old object was moved within the old space. Between rounds. */
    void moved(int id, long entry) {
        long chunk = chunkOf(id);
        if (isChunk(chunk) && IdChunk.entryAcquire(chunk, id) != Entry.NEVER_SEEN) {
            IdChunk.enterRelease(chunk, id, entry);
        } else {
            compact.put(id, entry);
        }
    }

    /** An ageing object died in a major collection; its chunk is listed. */
    void diedAgeing(int id) {
        IdChunk.enterRelease(chunkOf(id), id, Entry.DEAD);
    }

    /** An old object died. Between rounds; until {@link #endSweep}. */
    void diedOld(int id) {
        long chunk = chunkOf(id);
        if (isChunk(chunk) && IdChunk.entryAcquire(chunk, id) != Entry.NEVER_SEEN) {
            IdChunk.enterRelease(chunk, id, Entry.DEAD);
            int old = IdChunk.addOldVolatile(chunk, -1);
            if (old == 0 || old == IdChunk.FEW) {
                emptier.add(id >>> IdChunk.SHIFT);
            }
        } else {
            compact.put(id, Entry.DEAD);
        }
    }

    /** Frees or empties chunks and tables from which old ids were taken, unless their cycle has not ended. */
    void endSweep(int cycle) {
        for (int i = 0; i < emptier.size(); i++) {
            int number = emptier.get(i);
            long chunk = chunkOf(number << IdChunk.SHIFT);
            if (isChunk(chunk) && IdChunk.listedFor(chunk) < cycle) {
                dissolve(number, chunk);
            }
        }
        emptier.clear();
        compact.forgetDead(id -> isBelowWatermark(id, chunkOf(id)));
    }

    /** Remembers that a dead id was mentioned, also after its chunk is freed; false if another thread just did. */
    boolean resurrect(int id, long deadEntry) {
        long chunk = chunkOf(id);
        boolean inChunk = isChunk(chunk) && IdChunk.entryAcquire(chunk, id) != Entry.NEVER_SEEN;
        if (inChunk && !IdChunk.replaceVolatile(chunk, id, deadEntry, Entry.RESURRECTED)) {
            return false;
        }
        synchronized (budget) {
            boolean first = inChunk || compact.get(id) != Entry.RESURRECTED;
            compact.put(id, Entry.RESURRECTED);
            return first;
        }
    }

    /** Frees or empties the chunks that were listed for the cycle and in which nothing young is left; clears the list. */
    void endCycle(int cycle, NativeIntList listed) {
        for (int i = 0; i < listed.size(); i++) {
            int number = listed.get(i);
            long chunk = chunkOf(number << IdChunk.SHIFT);
            if (IdChunk.listedFor(chunk) == cycle) { // else something in it goes on ageing
                dissolve(number, chunk);
            }
        }
        listed.clear();
    }

    /** Frees tables that were outgrown. Nobody looks up meanwhile. */
    void roundEnds() {
        compact.freeRetired();
    }

    /** Frees a chunk without old ids, empties one with few. */
    private void dissolve(int number, long chunk) {
        int first = number << IdChunk.SHIFT;
        if (IdChunk.old(chunk) > 0) {
            if (!IdChunk.isWorthHandingOver(chunk)) {
                return;
            }
            IdChunk.forEach(chunk, first, (id, entry) -> {
                if (Entry.isOld(entry)) {
                    compact.put(id, entry);
                }
            });
        }
        setChunkOf(first, (long) IdChunk.watermark(chunk) << 1 | 1);
        memory.free(chunk, IdChunk.BYTES);
    }

    /** Visits every id that was seen and whose chunk was not freed; dead ones may be among them. */
    void forEach(EntryVisitor visitor) {
        forEachChunk((number, chunk) -> IdChunk.forEach(chunk, number << IdChunk.SHIFT, visitor));
        compact.forEach((id, entry) -> {
            long chunk = chunkOf(id);
            if (!isChunk(chunk) || IdChunk.entryAcquire(chunk, id) == Entry.NEVER_SEEN) {
                visitor.entry(id, entry);
            }
        });
    }

    /** Visits what the compact table holds. */
    void forEachCompact(EntryVisitor visitor) {
        compact.forEach(visitor);
    }

    /** The entry that the id's chunk has, if there is a chunk; the compact table may have one then. */
    long inChunk(int id) {
        long chunk = chunkOf(id);
        return isChunk(chunk) ? IdChunk.entryAcquire(chunk, id) : Entry.NEVER_SEEN;
    }

    /** Is given the number and the address of a chunk. */
    @FunctionalInterface
    interface ChunkVisitor {
        void chunk(int number, long chunk);
    }

    /** Visits the chunks. */
    void forEachChunk(ChunkVisitor visitor) {
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

    @Override
    public void close() {
        forEachChunk((number, chunk) -> memory.free(chunk, IdChunk.BYTES));
        for (int i = 0; i < LEAVES; i++) {
            long leaf = OffHeap.getLongAcquire(leaves + i * 8L);
            if (leaf != 0) {
                memory.free(leaf, LEAF_BYTES);
            }
        }
        memory.free(leaves, LEAVES * 8L);
        compact.close();
        emptier.close();
    }

    private static boolean isChunk(long directoryWord) {
        return directoryWord != 0 && (directoryWord & 1) == 0;
    }

    private long leafOf(int id) {
        return OffHeap.getLongAcquire(leaves + (id >>> LEAF_SHIFT) * 8L);
    }

    private static long wordOf(long leaf, int id) {
        return leaf + (id >>> IdChunk.SHIFT & LEAF_WORDS - 1) * 8L;
    }

    private long chunkOf(int id) {
        long leaf = leafOf(id);
        return leaf == 0 ? 0 : OffHeap.getLongAcquire(wordOf(leaf, id));
    }

    private void setChunkOf(int id, long directoryWord) {
        OffHeap.putLongRelease(wordOf(leafOf(id), id), directoryWord);
    }

    /** Ids that were dead in a freed chunk stay dead in the new one; those in the compact table stay there. */
    private void openChunk(int id) {
        if (leafOf(id) == 0) {
            OffHeap.putLongRelease(leaves + (id >>> LEAF_SHIFT) * 8L, memory.allocateZeroed(LEAF_BYTES));
        }
        int watermark = (int) (chunkOf(id) >>> 1);
        long chunk = memory.allocateZeroed(IdChunk.BYTES);
        int first = id & -IdChunk.IDS;
        for (int i = 0; i < watermark; i++) {
            if (compact.get(first + i) == Entry.NEVER_SEEN) {
                IdChunk.enterRelease(chunk, first + i, Entry.DEAD);
            }
        }
        setChunkOf(id, chunk);
    }
}
