package org.shadowheap.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The JVM tells the fields of a class as they are. */
class UnfilteredFieldsTest {

    private static final int TIMES = 100;

    private static List<String> names(Class<?> type) {
        Function<Class<?>, Field[]> fields = UnfilteredFields.make();
        assertNotNull(fields);
        return Arrays.stream(fields.apply(type)).map(Field::getName).toList();
    }

    @Test
    void privateAndStaticFieldsAreAmongThem() {
        List<String> names = names(Integer.class);
        assertTrue(names.containsAll(List.of("value", "digits", "MAX_VALUE")), names.toString());
    }

    @Test
    void whatReflectionHidesIsAmongThem() {
        List<String> names = names(ClassLoader.class);
        assertEquals(0, ClassLoader.class.getDeclaredFields().length);
        assertFalse(names.isEmpty());
        assertTrue(names.contains("parent"), names.toString());
    }

    @Test
    void manyMayBeMade() {
        for (int i = 0; i < TIMES; i++) {
            assertEquals(List.of(), names(Object.class));
        }
    }
}
