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
 *   leaves ──▶ 0                                  no birth in this million so far
 *          ──▶ directory of 1024 words ──▶ 0      nothing is known of this chunk's ids
 *                                          odd    {@link Scattered}: ids in the compact table, and which are dead
 *                                          even   address of an {@link IdChunk}
 * </pre>
 *
 * An entry is in its chunk if there is one, else in {@link CompactIds}. That is where ids of a chunk without births are put
 * (hashes that the JVM gave lie all over the range and must not cost a chunk each), as long as they are few, and where a
 * chunk with few old ids hands them at the end of a cycle. A birth opens a chunk, which takes its ids back.
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
        long word = wordOf(id);
        return isChunk(word) ? IdChunk.entryAcquire(word, id) : findScattered(id, word);
    }

    private long findScattered(int id, long firstWord) {
        long word = firstWord;
        while (true) {
            boolean mayBeCompact = Scattered.count(word) > 0 || leafOf(id) == 0;
            long entry = mayBeCompact ? compact.get(id) : Entry.NEVER_SEEN;
            if (entry != Entry.NEVER_SEEN) {
                return entry;
            }
            long now = wordOf(id);
            if (now == word) {
                return Scattered.isBelowWatermark(word, id) ? Entry.DEAD : Entry.NEVER_SEEN;
            }
            if (isChunk(now)) { // it has just taken the entry from the compact table
                return IdChunk.entryAcquire(now, id);
            }
            word = now;
        }
    }

    /**
     * Makes room for a birth.
     *
     * @throws HeapFullException before anything changed
     */
    void prepareBirth(int id) {
        if (!isChunk(wordOf(id))) {
            synchronized (budget) {
                if (!isChunk(wordOf(id))) {
                    budget.requireForBirth(bytesForBirth(id), 0);
                    openLeaf(id);
                }
            }
        }
    }

    /** Bytes that {@link #prepareBirth} will take. Under the budget's lock. */
    long bytesForBirth(int id) {
        return isChunk(wordOf(id)) ? 0 : IdChunk.BYTES + (leafOf(id) == 0 ? LEAF_BYTES : 0);
    }

    /** Bytes that {@link #prepareOld} will take. Under the budget's lock. */
    long bytesForOld(int id) {
        long word = wordOf(id);
        return isChunk(word) ? 0 : Scattered.count(word) >= IdChunk.FEW ? IdChunk.BYTES : compact.bytesToPrepare();
    }

    /**
     * Makes room for {@link #resurrect}, if the id is dead and that may take memory.
     *
     * @throws HeapFullException before anything changed
     */
    void prepareMention(int id) {
        if (compact.isShort() && id > 0 && !isChunk(wordOf(id)) && find(id) == Entry.DEAD) {
            synchronized (budget) {
                compact.prepare();
            }
        }
    }

    /** Enters an id after {@link #prepareBirth}; its chunk is in the list of somebody who was born in it in this cycle. */
    void bornYoung(int id, long entry, int cycle, NativeIntList listed) {
        long chunk = wordOf(id);
        if (IdChunk.entryAcquire(chunk, id) == Entry.RESURRECTED) {
            IdChunk.addKeptVolatile(chunk, -1); // it was mentioned before its birth, and taken for dead
        }
        IdChunk.enterRelease(chunk, id, entry);
        if (IdChunk.listForVolatile(chunk, cycle)) {
            listed.add(id >>> IdChunk.SHIFT);
        }
    }

    /**
     * Makes room for {@link #enterOld}.
     *
     * @throws HeapFullException before anything changed
     */
    void prepareOld(int id) {
        if (!isChunk(wordOf(id))) {
            synchronized (budget) {
                long word = wordOf(id);
                if (isChunk(word)) {
                    return; // somebody has just opened it
                }
                if (Scattered.count(word) >= IdChunk.FEW) {
                    budget.require(IdChunk.BYTES);
                    openChunk(id);
                } else {
                    compact.prepare();
                }
            }
        }
    }

    /** Enters an id that is old from the start. */
    void enterOld(int id, long entry) {
        if (!isChunk(wordOf(id))) {
            synchronized (budget) {
                if (!isChunk(wordOf(id))) {
                    scatter(id, entry);
                    return;
                }
            }
        }
        long chunk = wordOf(id);
        if (IdChunk.entryAcquire(chunk, id) != Entry.RESURRECTED) {
            IdChunk.addKeptVolatile(chunk, 1);
        }
        IdChunk.enterRelease(chunk, id, entry);
    }

    /** Puts an id into the compact table; that it has no chunk was seen under the budget's lock, which is still held. */
    private void scatter(int id, long entry) {
        if (compact.put(id, entry) && leafOf(id) != 0) {
            setWordOf(id, Scattered.plusOne(wordOf(id)));
        }
    }

    /** Takes a young object for one of several collectors, unless another has it. */
    boolean claim(int id, long expected, long entry) {
        return IdChunk.replaceVolatile(wordOf(id), id, expected, entry);
    }

    /** The collector that has claimed an object could not move it. */
    void unclaim(int id, long entry) {
        IdChunk.enterRelease(wordOf(id), id, entry);
    }

    /** A young object was promoted. */
    void promoted(int id, long entry) {
        long chunk = wordOf(id);
        IdChunk.enterRelease(chunk, id, entry);
        IdChunk.addKeptVolatile(chunk, 1);
    }

    /** A young object stays young in the next cycle. No births until {@link #endCycle}. */
    void aged(int id, long entry, int nextCycle, NativeIntList nextListed) {
        long chunk = wordOf(id);
        IdChunk.enterRelease(chunk, id, entry);
        if (IdChunk.listForVolatile(chunk, nextCycle)) {
            nextListed.add(id >>> IdChunk.SHIFT);
        }
    }

    /** An old object was moved within the old space. Between rounds. */
    void moved(int id, long entry) {
        long word = wordOf(id);
        if (isChunk(word)) {
            IdChunk.enterRelease(word, id, entry);
        } else {
            compact.put(id, entry);
        }
    }

    /** An ageing object died in a major collection; its chunk is listed. */
    void diedAgeing(int id) {
        IdChunk.enterRelease(wordOf(id), id, Entry.DEAD);
    }

    /** An old object died. Between rounds; until {@link #endSweep}. */
    void diedOld(int id) {
        long word = wordOf(id);
        if (isChunk(word)) {
            IdChunk.enterRelease(word, id, Entry.DEAD);
            int kept = IdChunk.addKeptVolatile(word, -1);
            if (kept == 0 || kept == IdChunk.FEW) {
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
            long word = wordOf(number << IdChunk.SHIFT);
            if (isChunk(word) && IdChunk.listedFor(word) < cycle) {
                dissolve(number, word);
            }
        }
        emptier.clear();
        compact.forgetDead(id -> Scattered.isBelowWatermark(wordOf(id), id));
    }

    /**
     * Remembers that a dead id was mentioned, also after its chunk is freed.
     *
     * @param deadEntry what was found
     * @return false if it is not dead any more: another thread has just mentioned it, or it lives after all
     */
    boolean resurrect(int id, long deadEntry) {
        if (!isChunk(wordOf(id))) {
            synchronized (budget) {
                if (!isChunk(wordOf(id))) {
                    long entry = compact.get(id);
                    boolean isDead = entry == Entry.NEVER_SEEN || entry == Entry.DEAD;
                    if (isDead) {
                        scatter(id, Entry.RESURRECTED);
                    }
                    return isDead;
                }
            }
        }
        long chunk = wordOf(id);
        boolean first = IdChunk.replaceVolatile(chunk, id, deadEntry, Entry.RESURRECTED);
        if (first) {
            IdChunk.addKeptVolatile(chunk, 1);
        }
        return first;
    }

    /** Frees or empties the chunks that were listed for the cycle and in which nothing young is left; clears the list. */
    void endCycle(int cycle, NativeIntList listed) {
        for (int i = 0; i < listed.size(); i++) {
            int number = listed.get(i);
            long chunk = wordOf(number << IdChunk.SHIFT);
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

    /** Frees a chunk that keeps nothing, empties one that keeps little. */
    private void dissolve(int number, long chunk) {
        int first = number << IdChunk.SHIFT;
        int kept = IdChunk.kept(chunk);
        if (kept > 0) {
            if (!IdChunk.isWorthHandingOver(chunk)) {
                return;
            }
            IdChunk.forEach(chunk, first, (id, entry) -> {
                if (Entry.isOld(entry) || entry == Entry.RESURRECTED) {
                    compact.put(id, entry);
                }
            });
        }
        setWordOf(first, Scattered.word(IdChunk.watermark(chunk), kept));
        memory.free(chunk, IdChunk.BYTES);
    }

    /** Visits every id that was seen and whose chunk was not freed; dead ones may be among them. */
    void forEach(EntryVisitor visitor) {
        forEachChunk((number, chunk) -> IdChunk.forEach(chunk, number << IdChunk.SHIFT, visitor));
        compact.forEach(visitor);
    }

    /** The entries of ids that have no chunk. */
    CompactIds compact() {
        return compact;
    }

    /** Whether the id's entry is in a chunk, and so not in the compact table. */
    boolean hasChunk(int id) {
        return isChunk(wordOf(id));
    }

    /** How many ids of a chunk that is not there are in the compact table, or were when they died. */
    int scattered(int id) {
        return leafOf(id) == 0 ? Integer.MAX_VALUE : Scattered.count(wordOf(id));
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

    private static boolean isChunk(long word) {
        return (word & 1) == 0 && word != 0;
    }

    private long leafOf(int id) {
        return OffHeap.getLongAcquire(leaves + (id >>> LEAF_SHIFT) * 8L);
    }

    private static long addressOf(long leaf, int id) {
        return leaf + (id >>> IdChunk.SHIFT & LEAF_WORDS - 1) * 8L;
    }

    /** The directory word of an id's chunk. */
    private long wordOf(int id) {
        long leaf = leafOf(id);
        return leaf == 0 ? 0 : OffHeap.getLongAcquire(addressOf(leaf, id));
    }

    private void setWordOf(int id, long word) {
        OffHeap.putLongRelease(addressOf(leafOf(id), id), word);
    }

    /** Opens the chunk of an id; from now on a million ids have words, which must count those in the compact table. */
    private void openLeaf(int id) {
        if (leafOf(id) != 0) {
            openChunk(id);
            return;
        }
        long leaf = memory.allocateZeroed(LEAF_BYTES);
        compact.forEach((each, entry) -> {
            if (each >>> LEAF_SHIFT == id >>> LEAF_SHIFT) {
                long address = addressOf(leaf, each);
                OffHeap.putLongPlain(address, Scattered.plusOne(OffHeap.getLongPlain(address)));
            }
        });
        OffHeap.putLongRelease(leaves + (id >>> LEAF_SHIFT) * 8L, leaf);
        openChunk(id);
        // Those that were not few are better off in chunks, but nobody asked for them: only what fits.
        for (int i = 0; i < LEAF_WORDS && budget.fits(IdChunk.BYTES); i++) {
            int first = (id >>> LEAF_SHIFT << LEAF_SHIFT) + (i << IdChunk.SHIFT);
            if (Scattered.count(wordOf(first)) > IdChunk.FEW) {
                openChunk(first);
            }
        }
    }

    /** Takes the ids from the compact table; ids that were dead in a freed chunk stay dead in the new one. */
    private void openChunk(int id) {
        long word = wordOf(id);
        if (isChunk(word)) {
            return;
        }
        long chunk = memory.allocateZeroed(IdChunk.BYTES);
        int first = id & -IdChunk.IDS;
        int taken = 0;
        int kept = 0;
        for (int index = 0; index < IdChunk.IDS; index++) {
            int each = first + index; // the last chunk ends where ids do
            long entry = Scattered.count(word) > 0 ? compact.get(each) : Entry.NEVER_SEEN;
            if (entry != Entry.NEVER_SEEN) {
                taken++;
                kept += entry == Entry.DEAD ? 0 : 1;
            } else if (Scattered.isBelowWatermark(word, each)) {
                entry = Entry.DEAD;
            }
            IdChunk.enterRelease(chunk, each, entry);
        }
        IdChunk.addKeptVolatile(chunk, kept);
        setWordOf(id, chunk);
        for (int index = 0; taken > 0 && index < IdChunk.IDS; index++) {
            compact.remove(first + index);
        }
    }
}
