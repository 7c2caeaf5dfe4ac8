package org.shadowheap.heap;

import java.util.Arrays;

/**
 * Objects that were met and whose snapshot has not ended, with the slots that the program stored to meanwhile: a snapshot
 * never overrides a store. Makes garbage only when it grows. Written by the thread that applies events.
 */
final class OpenSnapshots {

    private static final int NONE = 0;

    /** By object: the first of its chain of stored slots, {@link #NONE} if there is none. */
    private final LongIndex open = new LongIndex();

    /** By object and slot: where it is in the chain. */
    private final LongIndex stored = new LongIndex();

    private int[] slots = new int[64];
    private int[] nexts = new int[64];
    private int size = 1;

    boolean isEmpty() {
        return open.size() == 0;
    }

    void open(int object) {
        open.put(object, NONE);
    }

    boolean isOpen(int object) {
        return open.get(object) != LongIndex.ABSENT;
    }

    /** The program stored to a slot; nothing happens unless the object's snapshot is open. */
    void store(int object, int slot) {
        int first = open.get(object);
        if (first == LongIndex.ABSENT || wasStored(object, slot)) {
            return;
        }
        if (size == slots.length) {
            slots = Arrays.copyOf(slots, size * 2);
            nexts = Arrays.copyOf(nexts, size * 2);
        }
        slots[size] = slot;
        nexts[size] = first;
        open.put(object, size);
        stored.put(key(object, slot), size);
        size++;
    }

    boolean wasStored(int object, int slot) {
        return stored.size() > 0 && stored.get(key(object, slot)) != LongIndex.ABSENT;
    }

    void close(int object) {
        for (int i = open.get(object); i > NONE; i = nexts[i]) {
            stored.remove(key(object, slots[i]));
        }
        open.remove(object);
        if (stored.size() == 0) {
            size = 1;
        }
    }

    private static long key(int object, int slot) {
        return (long) object << 32 | slot;
    }
}
