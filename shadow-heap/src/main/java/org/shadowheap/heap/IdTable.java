package org.shadowheap.heap;

import org.shadowheap.memory.NativeIntList;
import org.shadowheap.memory.NativeMemory;

/**
 * From ids to entries. Ids are never reused, so the table holds an {@link IdChunk} of 1024 ids only where something lives;
 * {@link IdDirectory} finds it.
 *
 * <p>An entry is in its chunk if there is one, else in {@link CompactIds}. That is where ids of a chunk without births are put
 * (hashes that the JVM gave lie all over the range and must not cost a chunk each), as long as they are few, and where a
 * chunk with few old ids hands them at the end of a cycle. A birth opens a chunk, which takes its ids back.
 *
 * <p>A chunk in which an id became or stayed young is listed for that cycle, by whoever was first; {@link #endCycle} looks
 * at listed chunks only. A cycle costs O(survivors + births / 1024).
 *
 * <p>Mutators look up and enter at the same time; words are published after what they lead to. Who opens chunks or adds to
 * the compact table holds the budget's lock. Between rounds, collectors replace entries; one thread ends cycles.
 *
 * <p>Ids of a chunk are born in the {@link org.shadowheap.event.layout.IdOrder}, or nearly so: a freed chunk remembers only
 * the last. One that is mentioned before its birth, and is before that in the order, is taken for dead.
 */
final class IdTable implements AutoCloseable {

    /** Is given an id and its entry. */
    @FunctionalInterface
    interface EntryVisitor {
        void entry(int id, long entry);
    }

    /** Makes room for ids, and gives it up. */
    final ChunkExchange chunks;

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
        leaves = IdDirectory.allocate(memory);
        chunks = new ChunkExchange(memory, budget, compact, leaves);
        emptier = new NativeIntList(memory);
    }

    /** The entry of an id from 1 up. A young one may be stale. */
    long find(int id) {
        return find(leaves, id);
    }

    /** What {@link #find(long, int)} begins with; it never changes. */
    long directory() {
        return leaves;
    }

    /** As {@link #find(int)}, for who looks up so often that it pays to keep the {@link #directory} at hand. */
    long find(long directory, int id) {
        long word = IdDirectory.word(directory, id);
        return IdDirectory.isChunk(word) ? IdChunk.entryAcquire(word, id) : findScattered(id, word);
    }

    private long findScattered(int id, long firstWord) {
        long word = firstWord;
        while (true) {
            boolean mayBeCompact = Scattered.count(word) > 0 || !IdDirectory.hasLeaf(leaves, id);
            long entry = mayBeCompact ? compact.get(id) : Entry.NEVER_SEEN;
            if (entry != Entry.NEVER_SEEN) {
                return entry;
            }
            long now = wordOf(id);
            if (now == word) {
                return Scattered.isBelowWatermark(word, id) ? Entry.DEAD : Entry.NEVER_SEEN;
            }
            if (IdDirectory.isChunk(now)) { // it has just taken the entry from the compact table
                return IdChunk.entryAcquire(now, id);
            }
            word = now;
        }
    }

    /**
     * Makes room for {@link #resurrect}, if the id is dead and that may take memory.
     *
     * @throws HeapFullException before anything changed
     */
    void prepareMention(int id) {
        if (compact.isShort() && id > 0 && !hasChunk(id) && find(id) == Entry.DEAD) {
            synchronized (budget) {
                compact.prepare();
            }
        }
    }

    /** Enters an id after {@link ChunkExchange#prepareBirth}; its chunk is in the list of somebody who was born in it in this cycle. */
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

    /** Enters an id that is old from the start, after {@link ChunkExchange#prepareOld}. */
    void enterOld(int id, long entry) {
        if (!hasChunk(id)) {
            synchronized (budget) {
                if (!hasChunk(id)) {
                    chunks.scatter(id, entry);
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
        if (IdDirectory.isChunk(word)) {
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
        if (IdDirectory.isChunk(word)) {
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
            if (IdDirectory.isChunk(word) && IdChunk.listedFor(word) < cycle) {
                chunks.dissolve(number, word);
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
        if (!hasChunk(id)) {
            synchronized (budget) {
                if (!hasChunk(id)) {
                    long entry = compact.get(id);
                    boolean isDead = entry == Entry.NEVER_SEEN || entry == Entry.DEAD;
                    if (isDead) {
                        chunks.scatter(id, Entry.RESURRECTED);
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
                chunks.dissolve(number, chunk);
            }
        }
        listed.clear();
    }

    /** Frees tables that were outgrown. Nobody looks up meanwhile. */
    void roundEnds() {
        compact.freeRetired();
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
        return IdDirectory.isChunk(wordOf(id));
    }

    /** How many ids of a chunk that is not there are in the compact table, or were when they died. */
    int scattered(int id) {
        return IdDirectory.hasLeaf(leaves, id) ? Scattered.count(wordOf(id)) : Integer.MAX_VALUE;
    }

    /** Visits the chunks. */
    void forEachChunk(IdDirectory.ChunkVisitor visitor) {
        IdDirectory.forEachChunk(leaves, visitor);
    }

    @Override
    public void close() {
        IdDirectory.forEachChunk(leaves, (number, chunk) -> memory.free(chunk, IdChunk.BYTES));
        IdDirectory.free(leaves, memory);
        compact.close();
        emptier.close();
    }

    /** The directory word of an id's chunk. */
    private long wordOf(int id) {
        return IdDirectory.word(leaves, id);
    }
}
