package org.shadowheap.collect;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Edges of an object graph, by holder and slot; quick to change and to walk. */
final class EdgeSet {

    private final Map<Long, Integer> indexes = new HashMap<>();
    private long[] edges = new long[64];
    private int size;

    int size() {
        return size;
    }

    int holder(int index) {
        return (int) (edges[index] >>> 32);
    }

    /** Offset in bytes, or index if the holder is an array. */
    int slot(int index) {
        return (int) edges[index];
    }

    void set(int holder, int slot, boolean present) {
        long edge = (long) holder << 32 | slot;
        Integer index = indexes.get(edge);
        if (present == (index != null)) {
            return;
        }
        if (present) {
            if (size == edges.length) {
                edges = Arrays.copyOf(edges, size * 2);
            }
            edges[size] = edge;
            indexes.put(edge, size++);
        } else {
            indexes.remove(edge);
            long last = edges[--size];
            if (last != edge) {
                edges[index] = last;
                indexes.put(last, index);
            }
        }
    }

    void clear() {
        indexes.clear();
        size = 0;
    }
}
