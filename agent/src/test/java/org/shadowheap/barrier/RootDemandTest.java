package org.shadowheap.barrier;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** When mutators ask for roots. */
class RootDemandTest {

    /** How many of so many groups began with a request. */
    private static long requests(int groups) {
        long epoch = Stamps.epoch(Stamps.readOpaque());
        for (int i = 0; i < groups; i++) {
            long before = Stamps.readOpaque();
            RootDemand.groupBegins();
            assertEquals(true, Stamps.readOpaque() > before, "a round may end here");
        }
        return Stamps.epoch(Stamps.readOpaque()) - epoch;
    }

    @Test
    void everySoManyGroupsBeginWithARequestOnceTheDrainHasSaidSo() {
        assertEquals(0, requests(1_000), "nobody has said so");
        RootDemand.every(10);
        assertEquals(0, requests(9));
        assertEquals(1, requests(1));
        assertEquals(10, requests(100));
        RootDemand.every(200);
        assertEquals(1, requests(10), "one is under way");
        assertEquals(0, requests(199));
        RootDemand.every(5);
        assertEquals(1, requests(1), "which comes first");
        assertEquals(20, requests(100));
    }

    /** A few events fill a nursery with large arrays. */
    @Test
    void soDoSoManyBytesOfLargeArrays() {
        Object array = new long[RootDemand.LARGE_LENGTH];
        long bytes = 8L * RootDemand.LARGE_LENGTH;
        RootDemand.everyLarge(10 * bytes);
        long epoch = Stamps.epoch(Stamps.readOpaque());
        for (int i = 1; i <= 100; i++) {
            RootDemand.largeBirth(array, RootDemand.LARGE_LENGTH);
            assertEquals(i / 10, Stamps.epoch(Stamps.readOpaque()) - epoch);
        }
        RootDemand.everyLarge(Long.MAX_VALUE / 2);
    }
}
