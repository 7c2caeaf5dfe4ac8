package org.shadowheap.heap;

import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.shadowheap.memory.NativeMemory;
import org.shadowheap.memory.OffHeap;

/**
 * Entries of ids that lie scattered: an open-addressing table in native memory, 16 bytes a slot, at most two thirds full.
 *
 * <p>Any thread may look up while another, which holds the budget's lock, adds: an id is written after its entry. A table
 * that became too small is freed when nobody can be reading it, by {@link #freeRetired}.
 */
final class CompactIds implements AutoCloseable {

    private static final int SLOT_BYTES = 16;
    private static final int ENTRY_OFFSET = 8;
    private static final int FIRST_CAPACITY = 1 << 10;

    /** What mutators may add at once after each has made sure that there is room: a holder and a value. */
    private static final int AT_ONCE = 2 * HeapConfiguration.MAX_THREADS;

    private static final int SPREAD = 0x9e3779b9;

    private final NativeMemory memory;
    private final Budget budget;
    private volatile Table table;
    private @Nullable Table retired;
    private int size;
    private int removed;

    /** Whether there may soon be no room. Written under the budget's lock; read by mutators in passing, who may be late. */
    private boolean isShort;

    /** Where the slots are; a power of two of them. Retired ones are chained. */
    private record Table(
            long address, int capacity, @Nullable Table older) {

        /** Address of the slot that holds the id, or of the free one where it belongs. */
        long slotOf(int id) {
            int mask = capacity - 1;
            int hash = id * SPREAD;
            int i = (hash ^ hash >>> 15) & mask;
            while (true) {
                long slot = address + (long) i * SLOT_BYTES;
                int found = OffHeap.getIntAcquire(slot);
                if (found == id || found == 0) {
                    return slot;
                }
                i = i + 1 & mask;
            }
        }

        void put(int id, long entry) {
            long slot = slotOf(id);
            OffHeap.putLongRelease(slot + ENTRY_OFFSET, entry);
            OffHeap.putIntRelease(slot, id);
        }

        long bytes() {
            return (long) capacity * SLOT_BYTES;
        }
    }

    CompactIds(NativeMemory memory, Budget budget) {
        this.memory = memory;
        this.budget = budget;
        table = newTable(FIRST_CAPACITY);
    }

    long get(int id) {
        long slot = table.slotOf(id);
        return OffHeap.getIntAcquire(slot) == id ? OffHeap.getLongAcquire(slot + ENTRY_OFFSET) : Entry.NEVER_SEEN;
    }

    /** Whether {@link #prepare} may have to do something. Any thread. */
    boolean isShort() {
        return isShort;
    }

    /** Bytes that {@link #prepare} will take. */
    long bytesToPrepare() {
        return isShort ? (long) nextCapacity() * SLOT_BYTES : 0;
    }

    /** Makes room for one more of every mutator, within the budget, whose lock the caller holds. */
    void prepare() {
        if (isShort) {
            budget.require(bytesToPrepare());
            grow();
        }
    }

    /**
     * Adds or replaces, under the budget's lock; beyond the budget if need be, whose reserve covers it.
     *
     * @return whether the id was not there
     */
    boolean put(int id, long entry) {
        if (isFull()) {
            grow();
        }
        boolean added = get(id) == Entry.NEVER_SEEN;
        if (added) {
            size++;
            noteRoom();
        }
        table.put(id, entry);
        return added;
    }

    /** Takes an id out, under the budget's lock. Its slot is free again when the table grows. */
    void remove(int id) {
        if (get(id) != Entry.NEVER_SEEN) {
            table.put(id, Entry.NEVER_SEEN);
            removed++;
            size--;
        }
    }

    /** Forgets ids that are dead and can be told to be so without this table. Nobody looks up meanwhile. */
    void forgetDead(IntPredicate isKnownOtherwise) {
        Table from = table;
        int[] kept = {0};
        forEach((id, entry) -> {
            if (entry != Entry.DEAD || !isKnownOtherwise.test(id)) {
                kept[0]++;
            }
        });
        if (kept[0] == size) {
            return;
        }
        int capacity = FIRST_CAPACITY;
        while (kept[0] + AT_ONCE >= capacity / 3 * 2 || kept[0] >= capacity / 3) {
            capacity *= 2;
        }
        Table to = newTable(capacity);
        forEach((id, entry) -> {
            if (entry != Entry.DEAD || !isKnownOtherwise.test(id)) {
                to.put(id, entry);
            }
        });
        size = kept[0];
        removed = 0;
        table = to;
        noteRoom();
        memory.free(from.address, from.bytes());
    }

    /** Frees tables that were replaced. Nobody looks up meanwhile. */
    void freeRetired() {
        for (Table each = retired; each != null; each = each.older) {
            memory.free(each.address, each.bytes());
        }
        retired = null;
    }

    void forEach(IdTable.EntryVisitor visitor) {
        Table from = table;
        for (int i = 0; i < from.capacity; i++) {
            long slot = from.address + (long) i * SLOT_BYTES;
            int id = OffHeap.getIntAcquire(slot);
            long entry = id == 0 ? Entry.NEVER_SEEN : OffHeap.getLongAcquire(slot + ENTRY_OFFSET);
            if (entry != Entry.NEVER_SEEN) {
                visitor.entry(id, entry);
            }
        }
    }

    @Override
    public void close() {
        freeRetired();
        memory.free(table.address, table.bytes());
    }

    private Table newTable(int capacity) {
        return new Table(memory.allocateZeroed((long) capacity * SLOT_BYTES), capacity, null);
    }

    private boolean isFull() {
        return size + removed >= table.capacity / 3 * 2;
    }

    private void noteRoom() {
        isShort = size + removed + AT_ONCE >= table.capacity / 3 * 2;
    }

    private int nextCapacity() {
        return removed > size ? table.capacity : table.capacity * 2;
    }

    private void grow() {
        Table from = table;
        Table to = newTable(nextCapacity());
        forEach(to::put);
        removed = 0;
        table = to;
        noteRoom();
        retired = new Table(from.address, from.capacity, retired);
    }
}
