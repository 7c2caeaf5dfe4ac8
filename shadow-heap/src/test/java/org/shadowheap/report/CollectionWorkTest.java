package org.shadowheap.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.shadowheap.report.SweptHeap.MIB;

import org.junit.jupiter.api.Test;

/** Ten collections while 10 MiB are born, unless a test says otherwise. */
final class CollectionWorkTest {

    private static final SweptHeap HEAP = SweptHeap.cards(MIB, 512);

    private static Double work(SweptHeap heap) {
        return CollectionWork.of(heap.result());
    }

    @Test
    void whatIsCopiedCountsOnceAndWhatIsPromotedOnceMore() {
        assertEquals(100, work(HEAP.survived(1_000, 0)));
        assertEquals(130, work(HEAP.survived(1_000, 300)));
    }

    @Test
    void aSlotCountsFourBytesAndEightCardsOne() {
        assertEquals(40, work(HEAP.scanned(100, 0)));
        assertEquals(8, work(HEAP.scanned(0, 80)), "80 pages of 8 cards each: 80 bytes for 10 MiB");
        assertEquals(32, work(new SweptHeap(MIB, 4096, 1, "cards", 128L, 10, 0, 0, 0, 80)));
    }

    @Test
    void setsWithoutCardsWalkNone() {
        assertEquals(0, work(HEAP.scanned(0, 80).remset("dirty-pages")));
    }

    @Test
    void whatWasAllocatedUpToTheLastCollectionCounts() {
        assertEquals(50, work(HEAP.survived(1_000, 0).collections(20)));
    }

    @Test
    void fewCollectionsTellNothing() {
        assertNull(work(HEAP.collections(4)));
        assertEquals(0, work(HEAP.collections(5)));
    }
}
