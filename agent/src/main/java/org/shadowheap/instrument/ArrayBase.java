package org.shadowheap.instrument;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.List;
import jdk.internal.misc.Unsafe;

/**
 * Where the elements of arrays begin.
 *
 * <p>{@code Unsafe.arrayBaseOffset} and its constants are of type int up to JDK 24 and long from 25 on: code that is
 * compiled for one is not linked by the other. So the method is called reflectively, once for each kind of element, when
 * this class is initialized.
 */
public final class ArrayBase {

    private static final List<Class<?>> PRIMITIVES = List.of(
            boolean.class, byte.class, char.class, short.class, int.class, long.class, float.class, double.class);

    private static final int[] OF_PRIMITIVES = new int[PRIMITIVES.size()];

    private static final int OF_REFERENCES = probe(Object.class);

    static {
        for (int i = 0; i < OF_PRIMITIVES.length; i++) {
            OF_PRIMITIVES[i] = probe(PRIMITIVES.get(i));
        }
    }

    private ArrayBase() {}

    /** Offset in bytes of the first element, in arrays with elements of this type. */
    public static int of(Class<?> element) {
        return element.isPrimitive() ? OF_PRIMITIVES[PRIMITIVES.indexOf(element)] : OF_REFERENCES;
    }

    private static int probe(Class<?> element) {
        try {
            Method arrayBaseOffset = Unsafe.class.getMethod("arrayBaseOffset", Class.class);
            Class<?> array = Array.newInstance(element, 0).getClass();
            return ((Number) arrayBaseOffset.invoke(Unsafe.getUnsafe(), array)).intValue();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Unsafe.arrayBaseOffset is not as in JDK 17 to 25", e);
        }
    }
}
