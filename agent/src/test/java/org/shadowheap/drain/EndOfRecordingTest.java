package org.shadowheap.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.shadowheap.drain.BarrierCopy.Mistake;

class EndOfRecordingTest {

    /**
     * The program may hold whatever lock it likes, and who describes a class that nobody saw loads the classes of its fields. But what happens at the
     * very end is still read, and must be right.
     */
    @Test
    void nothingIsMetWhenTheTransformersHaveGone() throws Exception {
        long[] asked = new BarrierCopy(Mistake.NONE).run(StoresAfterTheEnd.class, "run", 0);
        assertTrue(asked[0] > 0, "asked before the end: " + asked[0]);
        assertTrue(asked[1] > 0, "asked at the end: " + asked[1]);
        assertEquals(0, asked[2], "asked after it");
    }
}
