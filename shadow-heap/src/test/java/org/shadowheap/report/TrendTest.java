package org.shadowheap.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.shadowheap.analysis.CollectionFigures.MinorCollection;

final class TrendTest {

    @Test
    void comparesTheLastThirdWithTheFirst() {
        assertEquals(
                "Over the run they are rising: 10.0, 20.0 and 30.0 dirty pages in its first, middle and last third.",
                trend(10, 10, 20, 20, 30, 30));
        assertTrue(trend(30, 30, 20, 20, 10, 10).contains(" falling: 30.0, 20.0 and 10.0 "));
        assertTrue(trend(10, 10, 90, 90, 12, 12).contains(" steady: "));
        assertTrue(trend(0, 0, 0, 0, 0, 0).contains(" steady: "));
    }

    @Test
    void whatDoesNotDivideByThreeIsInTheMiddle() {
        assertTrue(trend(1, 1, 5, 5, 5, 1, 1).contains(": 1.0, 5.0 and 1.0 "));
    }

    @Test
    void saysNothingOfAFewCollections() {
        assertEquals("", trend(1, 2, 3, 4, 5));
    }

    private static String trend(long... dirtyPages) {
        List<MinorCollection> collections = LongStream.of(dirtyPages)
                .mapToObj(pages -> new MinorCollection(0, null, 0, 0, pages, pages, 0, 0, 0, 0, 0, 0, null, null))
                .toList();
        return Trend.of(collections);
    }
}
