package org.shadowheap.verify;

import java.util.function.LongUnaryOperator;
import org.shadowheap.memory.NativeIntList;
import org.shadowheap.memory.NativeLongList;
import org.shadowheap.memory.NativeMemory;

/**
 * Which object of the dump stands for which id, one to one, in the order in which the pairs were made; and from where each
 * was reached. In native memory, about 30 bytes a pair. One thread.
 */
final class Pairs implements AutoCloseable {

    /** No such pair; also where a root was reached from. */
    static final int NONE = -1;

    private static final int FIRST_CAPACITY = 1 << 12;
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final NativeMemory memory = new NativeMemory();
    private final NativeLongList dumped = new NativeLongList(memory);
    private final NativeIntList ids = new NativeIntList(memory);
    private final NativeIntList holders = new NativeIntList(memory);
    private final NativeIntList places = new NativeIntList(memory);
    private final Index byDumped = new Index(dumped::get);
    private final Index byId = new Index(pair -> ids.get((int) pair));

    int size() {
        return ids.size();
    }

    /** Object of the dump. */
    long dumped(int pair) {
        return dumped.get(pair);
    }

    /** Id in the shadow heap. */
    int id(int pair) {
        return ids.get(pair);
    }

    /** The pair from which this one was reached, {@link #NONE} for a root. */
    int holder(int pair) {
        return holders.get(pair);
    }

    /** Which slot of the holder it was. */
    int place(int pair) {
        return places.get(pair);
    }

    /** The pair of an object of the dump. */
    int ofDumped(long object) {
        return byDumped.find(object);
    }

    /** The pair of an id. */
    int ofId(int id) {
        return byId.find(id);
    }

    /** Makes a pair of two that have no partner yet. */
    void add(long object, int id, int holder, int place) {
        int pair = size();
        dumped.add(object);
        ids.add(id);
        holders.add(holder);
        places.add(place);
        byDumped.add(pair);
        byId.add(pair);
    }

    @Override
    public void close() {
        dumped.close();
        ids.close();
        holders.close();
        places.close();
        byDumped.close();
        byId.close();
    }

    /** Finds pairs by a key that the lists hold: open addressing with linear probing, at most half full. */
    private final class Index implements AutoCloseable {

        private final LongUnaryOperator keyOf;
        private NativeIntList table = filled(FIRST_CAPACITY);
        private int count;

        Index(LongUnaryOperator keyOf) {
            this.keyOf = keyOf;
        }

        private NativeIntList filled(int capacity) {
            NativeIntList list = new NativeIntList(memory);
            for (int i = 0; i < capacity; i++) {
                list.add(NONE);
            }
            return list;
        }

        int find(long key) {
            int mask = table.size() - 1;
            for (int i = (int) (key * GOLDEN >>> 33) & mask; ; i = i + 1 & mask) {
                int pair = table.get(i);
                if (pair == NONE || keyOf.applyAsLong(pair) == key) {
                    return pair;
                }
            }
        }

        void add(int pair) {
            if (++count * 2L > table.size()) {
                NativeIntList old = table;
                table = filled(Math.multiplyExact(old.size(), 2));
                for (int i = 0; i < old.size(); i++) {
                    if (old.get(i) != NONE) {
                        enter(old.get(i));
                    }
                }
                old.close();
            }
            enter(pair);
        }

        private void enter(int pair) {
            int mask = table.size() - 1;
            int i = (int) (keyOf.applyAsLong(pair) * GOLDEN >>> 33) & mask;
            while (table.get(i) != NONE) {
                i = i + 1 & mask;
            }
            table.set(i, pair);
        }

        @Override
        public void close() {
            table.close();
        }
    }
}
