package org.shadowheap.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shadowheap.report.SweptHeap.MIB;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.shadowheap.analysis.AnalysisResult;

final class RecommendationTest {

    private static final SweptHeap SMALL = SweptHeap.cards(4 * MIB, 512);
    private static final SweptHeap MIDDLE = SweptHeap.cards(16 * MIB, 512);
    private static final SweptHeap LARGE = SweptHeap.cards(64 * MIB, 512);

    private static List<Recommendation> all(SweptHeap... heaps) {
        return Recommendation.of(Stream.of(heaps).map(SweptHeap::result).toList());
    }

    private static Recommendation of(SweptHeap... heaps) {
        return all(heaps).get(0);
    }

    private static AnalysisResult.Configuration choice(SweptHeap... heaps) {
        return of(heaps).choice().heap();
    }

    @Test
    void theSmallestNurseryThatIsNearlyAsGoodIsTaken() {
        assertEquals(
                16 * MIB,
                choice(SMALL.survived(2_000), MIDDLE.survived(1_090), LARGE.survived(1_000))
                        .nurseryBytes());
        assertEquals(
                64 * MIB,
                choice(SMALL.survived(2_000), MIDDLE.survived(1_110), LARGE.survived(1_000))
                        .nurseryBytes());
    }

    @Test
    void ofOneNurseryTheLeastWorkIsTaken() {
        SweptHeap fine = SweptHeap.cards(4 * MIB, 128).survived(1_020);
        SweptHeap coarse = SweptHeap.cards(4 * MIB, 1024).survived(1_010);
        assertEquals(1024L, choice(fine, coarse, LARGE.survived(1_000)).cardBytes());
    }

    @Test
    void cardsOfTheDefaultSizeAreTakenUnlessOthersAreMuchBetter() {
        SweptHeap fine = SweptHeap.cards(4 * MIB, 256).survived(1_000);
        assertEquals(512L, choice(fine, SMALL.survived(1_090)).cardBytes());
        assertEquals(256L, choice(fine, SMALL.survived(1_110)).cardBytes());
    }

    @Test
    void heapsWithTooFewCollectionsAreNotJudged() {
        assertEquals(
                16 * MIB, choice(MIDDLE.survived(1_000), LARGE.collections(4)).nurseryBytes());
        assertTrue(all(LARGE.collections(4)).isEmpty());
    }

    /** Collections come when another MiB was born. */
    @Test
    void heapsWhoseCollectionsCameTooSeldomForTheirNurseryAreNotJudged() {
        SweptHeap late = SweptHeap.cards(838_860, 512);
        assertEquals(4 * MIB, choice(late, SMALL.survived(1_000)).nurseryBytes());
        assertTrue(all(late).isEmpty());
        assertEquals(
                838_861, choice(SweptHeap.cards(838_861, 512), SMALL).nurseryBytes(), "a quarter more is not much");
    }

    @Test
    void whatNoJvmCanHaveIsNotJudgedBesideWhatItCan() {
        SweptHeap pages = SMALL.remset("dirty-pages");
        SweptHeap coarse = SweptHeap.cards(4 * MIB, 4096);
        assertEquals(512L, choice(pages, coarse, MIDDLE.survived(1_000)).cardBytes());
        assertEquals("dirty-pages", choice(pages).remset());
        assertEquals(4096L, choice(coarse).cardBytes());
    }

    @Test
    void aLargerNurseryMayDoBetterThanTheLargest() {
        assertTrue(of(SMALL.survived(2_000), LARGE.survived(1_000)).isAtTheEdge());
        assertFalse(of(SMALL.survived(1_000), LARGE.survived(1_000)).isAtTheEdge());
        assertFalse(of(LARGE, LARGE.tenure(2)).isAtTheEdge(), "nobody asked about nurseries");
    }

    @Test
    void theSentenceNamesWhatWasVariedAndTheLeast() {
        assertEquals(
                "Of these heaps this program wants nursery 4m: 204 B of work for each MiB allocated, near the least, 200 B "
                        + "with nursery 64m.",
                of(SMALL.survived(1_020), LARGE.survived(1_000)).sentence());
        assertEquals(
                "Of these heaps this program wants nursery 64m: 200 B of work for each MiB allocated, the least.",
                of(SMALL.survived(2_000), LARGE.survived(1_000)).sentence());
    }
}
