package org.shadowheap.barrier;

import jdk.internal.vm.annotation.ForceInline;

/**
 * The length of an array of any kind.
 *
 * <p>Not read at its offset by Unsafe: where C2 knows that the object is an array it makes no load of that but a call into the
 * JVM, 20 ns. Of an array of a known kind it keeps one line of this. Commonest first.
 */
final class ArrayLength {

    private ArrayLength() {}

    @ForceInline
    static int of(Object array) {
        if (array instanceof Object[] references) {
            return references.length;
        }
        if (array instanceof byte[] bytes) {
            return bytes.length;
        }
        if (array instanceof char[] chars) {
            return chars.length;
        }
        if (array instanceof int[] ints) {
            return ints.length;
        }
        return ofUncommon(array);
    }

    @ForceInline
    private static int ofUncommon(Object array) {
        if (array instanceof long[] longs) {
            return longs.length;
        }
        if (array instanceof boolean[] booleans) {
            return booleans.length;
        }
        if (array instanceof double[] doubles) {
            return doubles.length;
        }
        if (array instanceof float[] floats) {
            return floats.length;
        }
        return array instanceof short[] shorts ? shorts.length : 0;
    }
}
