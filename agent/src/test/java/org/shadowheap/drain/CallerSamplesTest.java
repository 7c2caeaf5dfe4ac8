package org.shadowheap.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.shadowheap.drain.BarrierCopy.Mistake;

/**
 * Samples of callers, by the barrier as it is compiled: what they stand for is what was stored. Tolerances are at least four times
 * the deviation that is to be expected of so many samples.
 */
class CallerSamplesTest {

    private static final long STORES = 12_000_000;

    private static long[] run(String name, long stores) throws Exception {
        return new BarrierCopy(Mistake.NONE).run(SampledStores.class, name, stores);
    }

    private static void assertNear(double expected, double found, double tolerance) {
        assertTrue(Math.abs(found - expected) < tolerance, "expected=" + expected + " found=" + found);
    }

    /** Some 6,000 samples of which half meet the site. Each turn of the program takes eight records: chunks, 255. */
    @Test
    void samplesStandForTheStoresOfTheSiteAndShareThemOutAsTheyAre() throws Exception {
        long[] result = run("oneThread", STORES);
        assertEquals(STORES, result[0], "stores");
        assertNear(1, (double) result[1] / STORES, 0.08);
        assertNear(0.25, (double) result[2] / result[1], 0.04);
        assertEquals(0, result[3], "samples of other sites, or of nobody");
    }

    /** Some 500 samples: whether a thread fills its first chunk does not matter. */
    @Test
    void threadsThatSoonEndHaveTheirShare() throws Exception {
        long stores = 10_000 * 64;
        long[] result = run("shortThreads", stores);
        assertEquals(stores, result[0], "stores");
        assertNear(1, (double) result[1] / stores, 0.35);
    }

    @Test
    void aWalkThatFailsCostsNoStoreAndReachesNobody() throws Exception {
        long[] result = run("failingWalks", 1_000_000);
        assertEquals(1_000_000, result[0], "stores");
        assertEquals(0, result[1], "samples");
        assertTrue(result[2] > 50, "walks=" + result[2]);
    }
}
