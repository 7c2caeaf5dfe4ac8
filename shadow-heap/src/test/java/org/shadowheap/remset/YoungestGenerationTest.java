package org.shadowheap.remset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class YoungestGenerationTest {

    private static final int CARD_BYTES = 512;
    private static final int NOTHING_YOUNG = 255;

    private final OldPages old = new OldPages(RememberedSetPolicy.YOUNGEST, 4096, CARD_BYTES, 3000);
    private final YoungestGeneration set = (YoungestGeneration) old.set;

    @AfterEach
    void allMemoryIsReturned() {
        old.close();
    }

    @Test
    void storeMayReferToTheNursery() {
        long object = old.allocate(64);
        assertEquals(NOTHING_YOUNG, set.youngest(object + 8));
        set.remember(object, object + 8);
        assertEquals(0, set.youngest(object + 8));
    }

    @Test
    void scanLeavesExactlyWhatWasKept() {
        long array = old.allocate(4096);
        for (long slot = array; slot < array + 4096; slot += 8) {
            set.remember(array, slot);
        }
        old.scan();
        set.keep(array, array + 8, 3);
        set.keep(array, array + 5 * CARD_BYTES, 1);
        assertEquals(3, set.youngest(array));
        assertEquals(1, set.youngest(array + 5 * CARD_BYTES));
        assertEquals(NOTHING_YOUNG, set.youngest(array + CARD_BYTES));
        OldPages.Scan scan = old.scan();
        assertEquals(2, scan.tally().entries);
        assertEquals(2 * CARD_BYTES / 8, scan.slots());
        assertEquals(NOTHING_YOUNG, set.youngest(array));
    }

    @Test
    void youngestOfTheEdgesOfACardCounts() {
        long object = old.allocate(64);
        set.keep(object, object + 8, 4);
        set.keep(object, object + 16, 2);
        set.keep(object, object + 24, 3);
        assertEquals(2, set.youngest(object + 8));
        assertFalse(set.remember(object, object + 32), "the card is an entry already");
        assertEquals(0, set.youngest(object + 8));
        set.keep(object, object + 8, 1);
        assertEquals(0, set.youngest(object + 8));
        assertEquals(1, set.statistics().slowPaths());
    }

    @Test
    void anEdgeToAnOldObjectOfAnyAgeIsKept() {
        long object = old.allocate(64);
        set.keep(object, object + 8, 1000);
        assertEquals(254, set.youngest(object + 8));
        assertEquals(1, old.scan().timesVisited(object, object + 8));
    }

    @Test
    void cardsOfPagesWithoutYoungReferencesAreNotRead() {
        long array = old.allocate(1000 * 4096);
        set.remember(array, array + 3 * 4096);
        set.remember(array, array + 777 * 4096);
        ScanTally tally = old.scan().tally();
        assertEquals(2, tally.pagesVisited);
        assertEquals(1, tally.dirtyPages);
        assertEquals(0, old.scan().tally().pagesVisited);
    }

    @Test
    void tablesCostAByteACardAndAByteAPage() {
        old.allocate(100 * 4096);
        assertEquals(100 * 8 + 100, set.statistics().sideBytes());
    }

    @Test
    void verifyFindsAPageThatIsOlderThanACard() {
        long object = old.allocate(64);
        set.keep(object, object + 8, 2);
        set.cardTable().putVolatile(0, (byte) 1);
        assertEquals(
                "page is older than one of its cards: page=0",
                assertThrows(IllegalStateException.class, set::verify).getMessage());
    }

    @Test
    void verifyFindsAFreePageThatIsYoung() {
        long dead = old.allocate(2 * 4096);
        old.sweep(List.of(dead));
        set.remember(dead, dead + 4096);
        assertTrue(set.isRemembered(dead, dead + 4096));
        assertEquals(
                "free page is young: page=1",
                assertThrows(IllegalStateException.class, set::verify).getMessage());
    }
}
