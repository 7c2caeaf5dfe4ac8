package org.shadowheap.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FreeRunsTest {

    private static final FreeRuns.RestObserver NOBODY = (page, length) -> {};

    private final FreeRuns runs = new FreeRuns(new NativeMemory());

    @AfterEach
    void closeRuns() {
        runs.close();
    }

    @Test
    void runThatFitsIsFoundBehindAShorterOneOfItsClass() {
        runs.add(0, 3);
        runs.add(10, 2);
        assertTrue(runs.fits(3));
        assertEquals(0, runs.take(3, NOBODY));
        assertFalse(runs.fits(3));
        assertEquals(10, runs.take(2, NOBODY));
        assertFalse(runs.fits(1));
    }

    @Test
    void runThatIsAddedAfterASearchInVainIsFound() {
        runs.add(0, 4);
        assertFalse(runs.fits(6));
        runs.add(10, 6);
        runs.add(20, 5);
        assertEquals(10, runs.take(6, NOBODY));
        assertFalse(runs.fits(6));
        runs.clear();
        assertFalse(runs.fits(1));
    }
}
