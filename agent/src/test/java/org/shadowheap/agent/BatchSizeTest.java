package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BatchSizeTest {

    private static final long MILLI = 1_000_000;
    private static final int LEAST = 100;
    private static final int MOST = 1000;

    private final BatchSize size = new BatchSize();

    /** Tells of pauses until nothing changes any more. */
    private int sizeAfter(double walkMillis, double millisPerClass) {
        for (int i = 0; i < 100; i++) {
            size.took((long) ((walkMillis + millisPerClass * size.next()) * MILLI));
        }
        return size.next();
    }

    @Test
    void whereClassesCostNextToNothingBatchesAreAsLargeAsTheyMayBe() {
        assertEquals(MOST, sizeAfter(5, 0.01));
    }

    @Test
    void aLongWalkDoesNotMakeThemSmallerWhichWouldOnlyMakeMoreWalks() {
        assertEquals(MOST, sizeAfter(60, 0));
    }

    @Test
    void whereClassesCostMuchPausesStayNearWhatIsWelcome() {
        int found = sizeAfter(20, 0.1);
        assertTrue(found >= LEAST && 20 + 0.1 * found < 55, "size=" + found);
    }

    @Test
    void noneIsSmallerThanIsWorthTheWalk() {
        size.took(20 * MILLI);
        assertEquals(LEAST, sizeAfter(20, 10));
    }

    @Test
    void onePauseMayBeLongForAnotherReason() {
        sizeAfter(20, 0.05);
        size.took(30 * MILLI);
        int before = size.next();
        size.took(500 * MILLI);
        assertTrue(size.next() >= before, "size=" + size.next());
    }

    @Test
    void twoLongPausesMakeBatchesSmaller() {
        sizeAfter(20, 0);
        size.took(60 * MILLI);
        size.took(60 * MILLI);
        assertEquals(MOST / 2, size.next());
    }
}
