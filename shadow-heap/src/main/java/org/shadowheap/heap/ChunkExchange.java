package org.shadowheap.heap;

import org.shadowheap.memory.NativeMemory;
import org.shadowheap.memory.OffHeap;

/**
 * Ids between the compact table and their chunks: a chunk that is opened takes its ids back, one that keeps few hands them
 * over and is freed.
 *
 * <p>Who opens or scatters holds the budget's lock; others may look up meanwhile. Between rounds one thread dissolves.
 */
final class ChunkExchange {

    /** Ids of one million in the compact table. Hashes that the JVM gave are a few in each; more lie close together. */
    private static final int MANY = 64;

    private final NativeMemory memory;
    private final Budget budget;
    private final CompactIds compact;
    private final long leaves;

    /** Ids that were put into the compact table, by leaf, where there is none yet. Under the budget's lock. */
    private final int[] loose = new int[IdDirectory.LEAVES];

    /** Directories that are being made, by leaf. Under the budget's lock. */
    private final long[] fresh = new long[IdDirectory.LEAVES];

    /** @param leaves of the {@link IdDirectory} */
    ChunkExchange(NativeMemory memory, Budget budget, CompactIds compact, long leaves) {
        this.memory = memory;
        this.budget = budget;
        this.compact = compact;
        this.leaves = leaves;
    }

    /**
     * Makes room for a birth.
     *
     * @throws HeapFullException before anything changed
     */
    void prepareBirth(int id) {
        if (!IdDirectory.isChunk(IdDirectory.word(leaves, id))) {
            synchronized (budget) {
                if (!IdDirectory.isChunk(IdDirectory.word(leaves, id))) {
                    budget.requireForBirth(bytesForBirth(id), 0);
                    openLeaf(id);
                }
            }
        }
    }

    /** Bytes that {@link #prepareBirth} will take. Under the budget's lock. */
    long bytesForBirth(int id) {
        return IdDirectory.isChunk(IdDirectory.word(leaves, id))
                ? 0
                : IdChunk.BYTES + (IdDirectory.hasLeaf(leaves, id) ? 0 : IdDirectory.LEAF_BYTES);
    }

    /** Bytes that {@link #prepareOld} will take. Under the budget's lock. */
    long bytesForOld(int id) {
        return IdDirectory.isChunk(IdDirectory.word(leaves, id)) ? 0 : compact.bytesToPrepare();
    }

    /** Whether so many ids lie close to this one that a directory is worth its memory. */
    private boolean isLeafMissing(int id) {
        return loose[id >>> IdDirectory.LEAF_SHIFT] >= MANY && !IdDirectory.hasLeaf(leaves, id);
    }

    /**
     * Makes room for {@link IdTable#enterOld}. An id whose neighbours are there gets a chunk with them, if there is memory to spare: they are
     * found sooner there.
     *
     * @throws HeapFullException before anything changed
     */
    void prepareOld(int id) {
        if (!IdDirectory.isChunk(IdDirectory.word(leaves, id))) {
            synchronized (budget) {
                if (isLeafMissing(id) && budget.canSpare(IdDirectory.LEAF_BYTES)) {
                    addLeaf(id);
                }
                long word = IdDirectory.word(leaves, id);
                if (IdDirectory.isChunk(word)) {
                    return; // somebody has just opened it
                }
                if (Scattered.count(word) >= IdChunk.FEW && budget.canSpare(IdChunk.BYTES)) {
                    open(id);
                } else {
                    compact.prepare();
                }
            }
        }
    }

    /** Puts an id into the compact table; that it has no chunk was seen under the budget's lock, which is still held. */
    void scatter(int id, long entry) {
        if (!compact.put(id, entry)) {
            return;
        }
        if (IdDirectory.hasLeaf(leaves, id)) {
            IdDirectory.setWordRelease(leaves, id, Scattered.plusOne(IdDirectory.word(leaves, id)));
        } else {
            loose[id >>> IdDirectory.LEAF_SHIFT]++;
        }
    }

    /** Frees a chunk that keeps nothing, empties one that keeps little. */
    void dissolve(int number, long chunk) {
        int first = number << IdChunk.SHIFT;
        int kept = IdChunk.kept(chunk);
        if (kept > 0) {
            if (!IdChunk.isWorthHandingOver(chunk, first)) {
                return;
            }
            IdChunk.forEach(chunk, first, (id, entry) -> {
                if (Entry.isOld(entry) || entry == Entry.RESURRECTED) {
                    compact.put(id, entry);
                }
            });
        }
        IdDirectory.setWordRelease(leaves, first, Scattered.word(IdChunk.watermark(chunk, first), kept));
        memory.free(chunk, IdChunk.BYTES);
    }

    /** Opens the chunk of an id. */
    private void openLeaf(int id) {
        if (!IdDirectory.hasLeaf(leaves, id)) {
            addLeaf(id);
        }
        open(id);
    }

    /**
     * From now on a million ids have words, which must count those in the compact table. So have others that will soon be to, since the whole table is
     * looked through for it.
     */
    private void addLeaf(int id) {
        fresh[id >>> IdDirectory.LEAF_SHIFT] = memory.allocateZeroed(IdDirectory.LEAF_BYTES);
        for (int i = 0; i < IdDirectory.LEAVES; i++) {
            boolean isSoon = loose[i] >= MANY / 2 && !IdDirectory.hasLeaf(leaves, i << IdDirectory.LEAF_SHIFT);
            if (isSoon && fresh[i] == 0 && budget.canSpare(IdDirectory.LEAF_BYTES)) {
                fresh[i] = memory.allocateZeroed(IdDirectory.LEAF_BYTES);
            }
        }
        compact.forEach((each, entry) -> {
            long leaf = fresh[each >>> IdDirectory.LEAF_SHIFT];
            if (leaf != 0) {
                long address = IdDirectory.addressOf(leaf, each);
                OffHeap.putLongPlain(address, Scattered.plusOne(OffHeap.getLongPlain(address)));
            }
        });
        for (int i = 0; i < IdDirectory.LEAVES; i++) {
            if (fresh[i] != 0) {
                IdDirectory.setLeafRelease(leaves, i << IdDirectory.LEAF_SHIFT, fresh[i]);
                fresh[i] = 0;
            }
        }
        // Those that were not few are better off in chunks, but nobody asked for them: only what fits.
        for (int i = 0; i < IdDirectory.LEAF_WORDS && budget.fits(IdChunk.BYTES); i++) {
            int first = (id >>> IdDirectory.LEAF_SHIFT << IdDirectory.LEAF_SHIFT) + (i << IdChunk.SHIFT);
            if (Scattered.count(IdDirectory.word(leaves, first)) > IdChunk.FEW) {
                open(first);
            }
        }
    }

    /** Takes the ids from the compact table; ids that were dead in a freed chunk stay dead in the new one. */
    private void open(int id) {
        long word = IdDirectory.word(leaves, id);
        if (IdDirectory.isChunk(word)) {
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
        IdDirectory.setWordRelease(leaves, id, chunk);
        for (int index = 0; taken > 0 && index < IdChunk.IDS; index++) {
            compact.remove(first + index);
        }
    }
}
