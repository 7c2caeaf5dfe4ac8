package org.shadowheap.instrument;

import jdk.internal.misc.Unsafe;

/**
 * Where the elements of arrays begin.
 *
 * <p>{@code Unsafe.arrayBaseOffset} and its constants are of type int up to JDK 24 and long from 25 on: code that is
 * compiled for one is not linked by the other. So the constants are read where they lie. To ask reflectively would do the same, but makes
 * hundreds of objects for the methods of {@code Unsafe}, which are mirrored next.
 */
public final class ArrayBase {

    private static final Unsafe U = Unsafe.getUnsafe();

    private static final Class<?>[] PRIMITIVES = {
        boolean.class, byte.class, char.class, short.class, int.class, long.class, float.class, double.class
    };

    private static final String[] NAMES = {"BOOLEAN", "BYTE", "CHAR", "SHORT", "INT", "LONG", "FLOAT", "DOUBLE"};

    private static final int[] OF_PRIMITIVES = new int[PRIMITIVES.length];

    private static final int OF_REFERENCES = read("OBJECT");

    static {
        for (int i = 0; i < OF_PRIMITIVES.length; i++) {
            OF_PRIMITIVES[i] = read(NAMES[i]);
        }
    }

    private ArrayBase() {}

    /** Offset in bytes of the first element, in arrays with elements of this type. */
    public static int of(Class<?> element) {
        for (int i = 0; i < PRIMITIVES.length; i++) {
            if (PRIMITIVES[i] == element) {
                return OF_PRIMITIVES[i];
            }
        }
        return OF_REFERENCES;
    }

    private static int read(String name) {
        long at = U.objectFieldOffset(Unsafe.class, "ARRAY_" + name + "_BASE_OFFSET");
        int offset = U.getInt(Unsafe.class, at);
        // Of a long it is the lower half, or, where the upper one comes first, that.
        return offset != 0 ? offset : (int) U.getLong(Unsafe.class, at);
    }
}
