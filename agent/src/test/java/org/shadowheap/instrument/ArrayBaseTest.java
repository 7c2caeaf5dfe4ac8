package org.shadowheap.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jdk.internal.misc.Unsafe;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayBaseTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                boolean.class,
                byte.class,
                char.class,
                short.class,
                int.class,
                long.class,
                float.class,
                double.class,
                Object.class,
                String.class,
                int[].class
            })
    void arraysBeginWhereTheJvmSays(Class<?> element) throws Exception {
        // Asked so that it does not matter of which type the answer is.
        Object said =
                Unsafe.class.getMethod("arrayBaseOffset", Class.class).invoke(Unsafe.getUnsafe(), element.arrayType());
        assertEquals(((Number) said).longValue(), ArrayBase.of(element));
    }
}
