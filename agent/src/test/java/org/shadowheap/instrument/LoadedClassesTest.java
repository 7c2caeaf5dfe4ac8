package org.shadowheap.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class LoadedClassesTest {

    private final LoadedClasses<Object, String> table = new LoadedClasses<>();

    @Test
    void aValueTakesThePlaceOfAnEarlierOneAndOfNoOther() {
        Object one = new Object();
        Object other = new Object();
        // One hash, and so one list.
        table.put("Aa", one, "first");
        table.put("BB", one, "neighbour");
        table.put("Aa", other, "of another");
        table.put("Aa", null, "of the boot loader");
        for (int session = 0; session < 3; session++) {
            table.put("Aa", one, "in session " + session);
        }
        assertEquals("in session 2", table.get("Aa", one));
        assertEquals("neighbour", table.get("BB", one));
        assertEquals("of another", table.get("Aa", other));
        assertEquals("of the boot loader", table.get("Aa", null));
        assertNull(table.get("BB", other));
        assertEquals(
                List.of("Aa", "Aa", "Aa", "BB"), table.names().stream().sorted().toList());
    }
}
