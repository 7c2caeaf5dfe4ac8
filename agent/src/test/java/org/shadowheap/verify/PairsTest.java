package org.shadowheap.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PairsTest {

    private static final int MANY = 100_000;

    /** Numbers of a dump are addresses, so they are multiples of eight; ids are scattered or dense. */
    @Test
    void eachIsFoundByBothItsNames() {
        try (Pairs pairs = new Pairs()) {
            for (int i = 0; i < MANY; i++) {
                pairs.add(dumped(i), id(i), i - 1, i % 7);
            }
            assertEquals(MANY, pairs.size());
            for (int i = 0; i < MANY; i++) {
                assertEquals(i, pairs.ofDumped(dumped(i)));
                assertEquals(i, pairs.ofId(id(i)));
                assertEquals(i - 1, pairs.holder(i));
                assertEquals(i % 7, pairs.place(i));
            }
            assertEquals(Pairs.NONE, pairs.ofDumped(dumped(MANY)));
            assertEquals(Pairs.NONE, pairs.ofId(id(MANY)));
        }
    }

    private static long dumped(int i) {
        return 0xe000_0000L + 8L * i;
    }

    private static int id(int i) {
        return i % 2 == 0 ? i + 1 : 0x7fff_ffff - i * 1001;
    }

    @Test
    void storedSlotsAreThoseOfTheirObjectsAlone() {
        SlotSet slots = new SlotSet();
        for (int id = 1; id < MANY; id++) {
            slots.add(id, id % 50);
        }
        slots.add(MANY, SlotSet.ALL);
        for (int id = 1; id < MANY; id++) {
            assertTrue(slots.contains(id, id % 50));
            assertFalse(slots.contains(id, id % 50 + 1));
        }
        assertTrue(slots.contains(MANY, 12));
        assertFalse(slots.contains(MANY + 1, 12));
        assertFalse(slots.hasOverflowed());
    }
}
