package org.shadowheap.drain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import org.shadowheap.drain.BarrierCopy.Mistake;

class HiddenFormsTest {

    @Test
    void formsOfHandlesAreEverybodysWhoeverMakesThemAndLambdasOfTheAgentItsOwn() throws Exception {
        assertArrayEquals(
                new long[] {2, 2, 1, 1, 0, 0}, new BarrierCopy(Mistake.NONE).run(HiddenForms.class, "define", 0));
    }
}
