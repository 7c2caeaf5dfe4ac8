package org.shadowheap.remset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AllPagesTest {

    private final OldPages old = new OldPages(RememberedSetPolicy.ALL_PAGES, 4096, 512, 3000);

    @AfterEach
    void allMemoryIsReturned() {
        old.close();
    }

    @Test
    void everyPageInUseIsVisitedThoughOneIsDirty() {
        for (int i = 0; i < 1000; i++) {
            old.newPage();
            old.allocate(64);
        }
        long object = old.pages.addressOf(700);
        old.set.remember(object, object + 8);
        ScanTally tally = old.scan().tally();
        assertEquals(1000, tally.pagesVisited);
        assertEquals(1, tally.dirtyPages);
        assertEquals(1000, old.scan().tally().pagesVisited);
    }

    @Test
    void runCountsOnceAndFreePagesDoNotCount() {
        long dead = old.allocate(500 * 4096);
        old.allocate(700 * 4096);
        old.allocate(64);
        old.sweep(List.of(dead));
        assertEquals(2, old.scan().tally().pagesVisited);
    }

    @Test
    void itNeedsNothingBesideThePages() {
        old.allocate(64);
        RememberedSetStatistics statistics = old.set.statistics();
        assertEquals(0, statistics.sideBytes());
        assertEquals(0, statistics.capacity());
        assertEquals(0, statistics.overflows());
    }

    @Test
    void verifyFindsABitWhereNoObjectBegins() {
        long object = old.allocate(64);
        old.pages.setDirtyVolatile(object + 8);
        assertEquals(
                "dirty bit where no object begins: page=0",
                assertThrows(IllegalStateException.class, old.set::verify).getMessage());
    }
}
