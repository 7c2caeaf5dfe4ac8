package org.shadowheap.verify;

import java.util.function.LongConsumer;

/**
 * A set of slots, each of an object by its id; open addressing with linear probing. Filled by one thread; read by another when
 * the first has stopped.
 */
final class SlotSet {

    /** Stands for all slots of an object. */
    static final int ALL = -1;

    /** Beyond this many nothing is added: 64 MiB. */
    private static final int MOST = 1 << 22;

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private long[] keys = new long[1 << 10];
    private int size;
    private boolean overflowed;

    /** @param slot offset in bytes, index of an element, or {@link #ALL} */
    void add(int id, int slot) {
        long key = key(id, slot);
        int at = find(key);
        if (keys[at] == key) {
            return;
        }
        if (size == MOST) {
            overflowed = true;
            return;
        }
        keys[at] = key;
        if (++size * 2 > keys.length) {
            grow();
        }
    }

    boolean contains(int id, int slot) {
        return keys[find(key(id, slot))] != 0 || keys[find(key(id, ALL))] != 0;
    }

    /** As {@link #add(int, int)}, a slot as {@link #forEach} gives it. */
    void add(long slot) {
        add((int) (slot >>> 32), (int) slot);
    }

    /** How many slots it has; {@link #ALL} slots of an object are one. */
    int size() {
        return size;
    }

    /** Visits all slots, each as a number. */
    void forEach(LongConsumer visitor) {
        for (long key : keys) {
            if (key != 0) {
                visitor.accept(key);
            }
        }
    }

    /** Those of this set that another one has, too. */
    SlotSet and(SlotSet other) {
        SlotSet both = new SlotSet();
        forEach(slot -> {
            if (other.contains((int) (slot >>> 32), (int) slot)) {
                both.add(slot);
            }
        });
        return both;
    }

    /** There were more than are told. */
    void overflow() {
        overflowed = true;
    }

    /** Whether there were more than it keeps. */
    boolean hasOverflowed() {
        return overflowed;
    }

    /** Never 0: ids are from 1 up. */
    private static long key(int id, int slot) {
        return (long) id << 32 | slot & 0xffff_ffffL;
    }

    private int find(long key) {
        int mask = keys.length - 1;
        int at = (int) (key * GOLDEN >>> 33) & mask;
        while (keys[at] != 0 && keys[at] != key) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        long[] old = keys;
        keys = new long[old.length * 2];
        for (long key : old) {
            if (key != 0) {
                keys[find(key)] = key;
            }
        }
    }
}
