package org.shadowheap.heap;

import java.util.Arrays;

/** What one mutator has lately asked {@link Types} for: indexes by type, direct-mapped. One thread. */
final class TypeCache {

    private static final int SIZE_SHIFT = 8;
    private static final int SPREAD = 0x9e3779b9;

    private final Types types;
    private final int[] keys = new int[1 << SIZE_SHIFT];
    private final int[] indexes = new int[1 << SIZE_SHIFT];

    TypeCache(Types types) {
        this.types = types;
        Arrays.fill(indexes, Types.UNKNOWN);
    }

    /** As {@link Types#index}. */
    int index(int type) {
        int at = type * SPREAD >>> 32 - SIZE_SHIFT;
        if (keys[at] != type || indexes[at] == Types.UNKNOWN) {
            indexes[at] = types.index(type);
            keys[at] = type;
        }
        return indexes[at];
    }
}
