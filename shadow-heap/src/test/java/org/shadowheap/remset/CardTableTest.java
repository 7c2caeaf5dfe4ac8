package org.shadowheap.remset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardTableTest {

    private static final int CARD_BYTES = 512;

    private final OldPages old = new OldPages(RememberedSetPolicy.CARDS, 4096, CARD_BYTES, 3000);

    @AfterEach
    void allMemoryIsReturned() {
        old.close();
    }

    /** The ranges with which an object is visited, from its beginning. */
    private List<Long> ranges(long object) {
        List<Long> ranges = new ArrayList<>();
        old.scan((visited, from, to) -> {
            if (visited == object) {
                ranges.add(from - object);
                ranges.add(to - object);
            }
        });
        return ranges;
    }

    @Test
    void onlyTheCardOfTheSlotIsVisited() {
        long array = old.allocate(10 * 4096);
        old.set.remember(array, array + 5 * CARD_BYTES + 8);
        assertEquals(List.of(5L * CARD_BYTES, 6L * CARD_BYTES), ranges(array));
    }

    @Test
    void dirtyNeighboursAreVisitedAsOne() {
        long array = old.allocate(10 * 4096);
        for (int card : new int[] {7, 8, 9, 20}) { // 7 is the last one of a page
            old.set.remember(array, array + (long) card * CARD_BYTES);
        }
        assertEquals(List.of(7L * CARD_BYTES, 10L * CARD_BYTES, 20L * CARD_BYTES, 21L * CARD_BYTES), ranges(array));
    }

    @Test
    void neighboursInTwoObjectsAreVisitedWithTheSameRange() {
        long first = old.allocate(4096 - 8);
        old.newPage();
        long second = old.allocate(4096);
        old.set.remember(first, first + 4096 - 16);
        old.set.remember(second, second + 8);
        OldPages.Scan scan = old.scan();
        assertEquals(
                List.of(
                        new OldPages.Part(first, first + 7 * CARD_BYTES, first + 4096 - 8),
                        new OldPages.Part(second, second, second + CARD_BYTES)),
                scan.parts());
        assertEquals(2, scan.tally().dirtyPages);
        assertEquals(2, scan.tally().entries);
    }

    @Test
    void everyObjectOfTheCardIsVisitedThatReachesInOrBeginsThere() {
        long before = old.allocate(256);
        long reaching = old.allocate(512);
        long inside = old.allocate(128);
        long leaving = old.allocate(512);
        long behind = old.allocate(128);
        old.set.remember(inside, inside + 8);
        List<Long> visited = new ArrayList<>();
        old.scan((object, from, to) -> visited.add(object));
        assertEquals(List.of(reaching, inside, leaving), visited);
        assertEquals(List.of(256L, 1408L), List.of(reaching - before, behind - before));
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 512, 4096})
    void objectsThatEndAndBeginAtTheBordersOfTheCardAreNotVisited(int cardBytes) {
        try (OldPages other = new OldPages(RememberedSetPolicy.CARDS, 8192, cardBytes, 10)) {
            other.allocate(cardBytes);
            long inside = other.allocate(cardBytes);
            other.allocate(cardBytes);
            other.set.remember(inside, inside + 8);
            assertEquals(
                    List.of(new OldPages.Part(inside, inside, inside + cardBytes)),
                    other.scan().parts());
        }
    }

    @Test
    void objectThatEndedBeforeTheCardIsVisitedWithNoSlot() {
        long first = old.allocate(2 * CARD_BYTES);
        long dead = old.allocate(2 * CARD_BYTES);
        old.allocate(64);
        old.set.remember(dead, dead + CARD_BYTES);
        old.sweep(List.of(dead));
        assertEquals(
                List.of(new OldPages.Part(first, first + 2 * CARD_BYTES, first + 2 * CARD_BYTES)),
                old.scan().parts());
    }

    @Test
    void scanReadsTheCardsOfAllPages() {
        long dead = old.allocate(500 * 4096);
        old.allocate(700 * 4096);
        assertEquals(1200, old.scan().tally().pagesVisited);
        old.sweep(List.of(dead));
        assertEquals(1200, old.scan().tally().pagesVisited);
    }

    @Test
    void cardIsMarkedOnceForAllItsSlots() {
        long object = old.allocate(2 * CARD_BYTES);
        assertTrue(old.set.remember(object, object));
        assertFalse(old.set.remember(object, object + CARD_BYTES - 4));
        assertTrue(old.set.remember(object, object + CARD_BYTES));
        assertEquals(2, old.set.statistics().slowPaths());
    }

    @Test
    void tableCostsAByteACard() {
        old.allocate(100 * 4096);
        assertEquals(100 * 4096 / CARD_BYTES, old.set.statistics().sideBytes());
    }

    @Test
    void verifyFindsADirtyCardOfAFreePage() {
        long dead = old.allocate(3 * 4096);
        old.sweep(List.of(dead));
        ((CardTable) old.set).table().putVolatile(17, (byte) 0);
        assertEquals(
                "card of a free page is dirty: page=2",
                assertThrows(IllegalStateException.class, old.set::verify).getMessage());
    }

    @Test
    void verifyFindsAByteThatMeansNothing() {
        old.allocate(8);
        ((CardTable) old.set).table().putVolatile(3, (byte) 1);
        assertEquals(
                "card is neither dirty nor clean: page=0",
                assertThrows(IllegalStateException.class, old.set::verify).getMessage());
    }
}
