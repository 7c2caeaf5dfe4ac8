package org.shadowheap.heap;

import org.shadowheap.memory.NativeMemory;
import org.shadowheap.memory.OffHeap;

/**
 * Entries of ids that lie scattered: an open-addressing table in native memory, 16 bytes a slot, at most two thirds full.
 * Entries are never removed. One thread at a time.
 */
final class CompactIds implements AutoCloseable {

    private static final int SLOT_BYTES = 16;
    private static final int ENTRY_OFFSET = 8;
    private static final int FIRST_CAPACITY = 256;
    private static final int SPREAD = 0x9e3779b9;

    private final NativeMemory memory;
    private final Budget budget;
    private int capacity = FIRST_CAPACITY;
    private long table;
    private int size;

    CompactIds(NativeMemory memory, Budget budget) {
        this.memory = memory;
        this.budget = budget;
        table = memory.allocateZeroed((long) capacity * SLOT_BYTES);
    }

    int size() {
        return size;
    }

    long get(int id) {
        long slot = slotOf(id);
        return OffHeap.getIntPlain(slot) == id ? OffHeap.getLongPlain(slot + ENTRY_OFFSET) : Entry.NEVER_SEEN;
    }

    /** Makes room for one more, within the budget. */
    void prepare() {
        if (isFull()) {
            budget.require((long) capacity * 2 * SLOT_BYTES);
            grow();
        }
    }

    /** Adds or replaces; the collector may do so beyond the budget, whose reserve covers it. */
    void put(int id, long entry) {
        if (isFull()) {
            grow();
        }
        long slot = slotOf(id);
        if (OffHeap.getIntPlain(slot) == 0) {
            OffHeap.putIntPlain(slot, id);
            size++;
        }
        OffHeap.putLongPlain(slot + ENTRY_OFFSET, entry);
    }

    void forEach(IdTable.EntryVisitor visitor) {
        for (int i = 0; i < capacity; i++) {
            long slot = table + (long) i * SLOT_BYTES;
            int id = OffHeap.getIntPlain(slot);
            if (id != 0) {
                visitor.entry(id, OffHeap.getLongPlain(slot + ENTRY_OFFSET));
            }
        }
    }

    @Override
    public void close() {
        memory.free(table, (long) capacity * SLOT_BYTES);
    }

    private boolean isFull() {
        return size >= capacity / 3 * 2;
    }

    /** The slot that holds the id, or the free one where it belongs. */
    private long slotOf(int id) {
        int mask = capacity - 1;
        int hash = id * SPREAD;
        int i = (hash ^ hash >>> 15) & mask;
        while (true) {
            long slot = table + (long) i * SLOT_BYTES;
            int found = OffHeap.getIntPlain(slot);
            if (found == id || found == 0) {
                return slot;
            }
            i = i + 1 & mask;
        }
    }

    private void grow() {
        long oldTable = table;
        int oldCapacity = capacity;
        long newTable = memory.allocateZeroed((long) oldCapacity * 2 * SLOT_BYTES);
        table = newTable;
        capacity = oldCapacity * 2;
        for (int i = 0; i < oldCapacity; i++) {
            long slot = oldTable + (long) i * SLOT_BYTES;
            int id = OffHeap.getIntPlain(slot);
            if (id != 0) {
                long to = slotOf(id);
                OffHeap.putIntPlain(to, id);
                OffHeap.putLongPlain(to + ENTRY_OFFSET, OffHeap.getLongPlain(slot + ENTRY_OFFSET));
            }
        }
        memory.free(oldTable, (long) oldCapacity * SLOT_BYTES);
    }
}
