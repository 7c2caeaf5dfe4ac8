package org.shadowheap.barrier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EarlierIdsTest {

    private static final int ID = 77;
    private static final int FAR = Integer.MAX_VALUE;

    @AfterEach
    void clear() {
        EarlierIds.clear();
    }

    @Test
    void anObjectIsMetOnceAndReadOnce() {
        assertFalse(EarlierIds.isMet(ID));
        assertFalse(EarlierIds.claim(ID), "nobody has met it");
        assertTrue(EarlierIds.meet(ID, true));
        assertTrue(EarlierIds.isMet(ID) && EarlierIds.isPending(ID));
        assertFalse(EarlierIds.meet(ID, false), "met before");
        assertTrue(EarlierIds.claim(ID));
        assertFalse(EarlierIds.claim(ID), "read before");
        assertTrue(EarlierIds.isMet(ID) && !EarlierIds.isPending(ID));
        assertFalse(EarlierIds.isMet(ID - 1) || EarlierIds.isMet(ID + 1) || EarlierIds.isMet(ID + (1 << 20)));
    }

    @Test
    void whoReadsAtOnceLeavesNothingPending() {
        assertTrue(EarlierIds.meet(FAR, false));
        assertTrue(EarlierIds.isMet(FAR));
        assertFalse(EarlierIds.isPending(FAR) || EarlierIds.claim(FAR));
    }

    @Test
    void aNumberThatNobodyCouldSeeTheGiverOfIsLookedUp() {
        EarlierIds.makeAmbiguous(ID);
        assertTrue(EarlierIds.isAmbiguous(ID));
        assertFalse(EarlierIds.isMet(ID) || EarlierIds.isPending(ID) || EarlierIds.meet(ID, true));
        EarlierIds.meet(ID + 1, true);
        EarlierIds.makeAmbiguous(ID + 1);
        assertTrue(EarlierIds.isMet(ID + 1) && !EarlierIds.isAmbiguous(ID + 1), "met before");
    }

    @Test
    void anotherSessionHasMetNobody() {
        EarlierIds.meet(ID, true);
        EarlierIds.clear();
        assertFalse(EarlierIds.isMet(ID));
        assertTrue(EarlierIds.meet(ID, false));
    }

    /** Neighbours share a word. */
    @Test
    void ofThreadsThatRaceOneMeetsAndOneReadsEachObject() throws Exception {
        int ids = 200_000;
        AtomicInteger met = new AtomicInteger();
        AtomicInteger read = new AtomicInteger();
        CyclicBarrier start = new CyclicBarrier(3);
        Thread[] threads = new Thread[3];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> {
                try {
                    start.await();
                } catch (Exception broken) {
                    throw new IllegalStateException(broken);
                }
                for (int id = 1; id <= ids; id++) {
                    met.addAndGet(EarlierIds.meet(id, true) ? 1 : 0);
                    read.addAndGet(EarlierIds.claim(id) ? 1 : 0);
                }
            });
            threads[i].start();
        }
        for (Thread each : threads) {
            each.join();
        }
        assertEquals(ids, met.get());
        assertEquals(ids, read.get());
    }
}
