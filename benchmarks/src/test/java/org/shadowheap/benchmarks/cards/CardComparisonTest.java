package org.shadowheap.benchmarks.cards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.shadowheap.analysis.CollectionFigures.MinorCollection;
import org.shadowheap.analysis.CollectionFigures.RealCollection;
import org.shadowheap.benchmarks.cards.CardComparison.Window;

/** G1's log is read, and each mark of the trace finds its collection. */
class CardComparisonTest {

    private static final long EDEN = 1000;

    /** From logs of 17 and 25. */
    private static final String LOG = """
            [0.011s][gc] Using G1
            [7.982s][gc,refine,stats] GC(0) Mutator refinement: 0.00ms, refined: 0, precleaned: 0, dirtied: 2138
            [7.983s][gc,refine,stats] GC(0) Concurrent refinement: 0.00ms, refined: 0, precleaned: 0, dirtied: 7
            [7.983s][gc,refine,stats] GC(0) Total refinement: 0.00ms, refined: 0, precleaned: 0, dirtied: 2145
            [8.013s][gc,phases      ] GC(0)       Scanned Cards:                 Min: 2138, Avg: 2138.0, Max: 2138, Diff: 0, Sum: 2145, Workers: 1
            [8.014s][gc             ] GC(0) Pause Young (Concurrent Start) (Metadata GC Threshold) 261M->15M(4096M) 30.569ms
            [8.015s][gc             ] GC(1) Concurrent Mark Cycle
            [8.020s][gc             ] GC(1) Pause Remark 26M->26M(4096M) 0.218ms
            [9.011s][gc,refine,stats] GC(2) Total refinement: 0.00ms, refined: 0, precleaned: 0, dirtied: 158
            [9.029s][gc             ] GC(2) Pause Young (Normal) (G1 Evacuation Pause) 75M->45M(4096M) 18.015ms
            """;

    private final List<G1Collection> real = new ArrayList<>();
    private final List<RealCollection> marks = new ArrayList<>();
    private final List<MinorCollection> ours = new ArrayList<>();
    private final List<Long> filtered = new ArrayList<>();

    private void collected(double uptimeSeconds, long cards) {
        real.add(new G1Collection(real.size(), uptimeSeconds, cards));
    }

    /** Told of so many milliseconds after the recording began, when so much had been born since the one before. */
    private void marked(long wallMillis, long bornBytes, long cards) {
        marked(wallMillis, bornBytes, cards, EDEN);
    }

    private void markedWithoutEden(long wallMillis, long bornBytes, long cards) {
        marked(wallMillis, bornBytes, cards, null);
    }

    private void marked(long wallMillis, long bornBytes, long cards, @Nullable Long eden) {
        long clock = (ours.isEmpty() ? 0 : ours.get(ours.size() - 1).clockBytes()) + bornBytes;
        marks.add(new RealCollection(clock, wallMillis * 1_000_000, "young", 0L, 0, 0, eden, true));
        ours.add(new MinorCollection(clock, null, 0, 0, cards, 0, 0, 0, 0, 0, 0, 0, null, 0L));
        filtered.add(cards / 2);
    }

    private CardComparison comparison() {
        return CardComparison.of(real, marks, ours, filtered);
    }

    @Test
    void readsYoungCollectionsOfALogAndAllTheirDirtyCards() {
        assertEquals(
                List.of(new G1Collection(0, 7.982, 2145), new G1Collection(2, 9.011, 158)),
                G1Collection.parse(LOG.lines().toList()));
    }

    @Test
    void refusesALogWithoutCardsAndOneOfAFullCollection() {
        List<String> without =
                LOG.lines().filter(line -> !line.contains("Total")).toList();
        assertThrows(IllegalArgumentException.class, () -> G1Collection.parse(without));
        List<String> full = List.of("[1.0s][gc] GC(3) Pause Full (System.gc()) 26M->26M(4096M) 1.218ms");
        assertThrows(IllegalArgumentException.class, () -> G1Collection.parse(full));
    }

    @Test
    void marksFindTheirCollectionsByTheTimeWhicheverAreMissing() {
        collected(1.0, 9999); // before the agent listens
        collected(2.0, 7777); // the first of which there is a mark
        collected(2.5, 100);
        collected(4.0, 200);
        collected(4.1, 8888); // the JVM ended before it told
        marked(1500, EDEN, 5555);
        marked(2003, EDEN, 110);
        marked(3499, EDEN, 220);
        CardComparison comparison = comparison();
        assertEquals(2, comparison.unmarked());
        assertEquals(
                List.of(new Window(2, EDEN, EDEN, 100, 110, 55), new Window(3, EDEN, EDEN, 200, 220, 110)),
                comparison.windows());
        assertEquals(300, comparison.cards(Window::real));
        assertEquals(330, comparison.cards(Window::ours));
        assertEquals(165, comparison.cards(Window::filtered));
    }

    @Test
    void aLineOfTheLogThatComesLateHidesNoCollection() {
        collected(1.0, 100);
        collected(2.0, 200);
        collected(3.6, 300);
        collected(4.5, 400);
        marked(0, EDEN, 1);
        marked(1000, EDEN, 2);
        marked(2100, EDEN, 3);
        marked(3500, EDEN, 4);
        assertEquals(
                List.of(200L, 300L, 400L),
                comparison().windows().stream().map(Window::real).toList());
    }

    @Test
    void marksOfAnotherRunAreRefused() {
        collected(1, 1);
        collected(2, 1);
        marked(1000, EDEN, 1);
        marked(3000, EDEN, 1);
        assertThrows(IllegalArgumentException.class, this::comparison);
    }

    @Test
    void collectionsThatAreNotAtMarksAreRefused() {
        collected(1, 1);
        collected(2, 1);
        marked(1000, EDEN, 1);
        marked(2000, EDEN, 1);
        ours.add(ours.get(0));
        assertThrows(IllegalArgumentException.class, this::comparison);
    }

    /** Of an eden that is not told of the largest is taken. */
    @Test
    void windowsInWhichOthersFillEdenAreLeftOut() {
        long[] born = {EDEN, EDEN / 10, EDEN, EDEN * 84 / 100, EDEN * 85 / 100, EDEN * 12 / 10};
        for (int i = 0; i < born.length; i++) {
            collected(i, i);
            marked(i * 1000L, born[i], 50 + i);
        }
        collected(born.length, 7);
        markedWithoutEden(born.length * 1000L, EDEN * 84 / 100, 77);
        collected(born.length + 1, 7);
        markedWithoutEden((born.length + 1) * 1000L, EDEN * 85 / 100, 78);
        assertEquals(
                List.of(52L, 54L, 55L, 78L),
                comparison().compared().stream().map(Window::ours).toList());
    }

    @Test
    void correlationIsPearsons() {
        long[] x = {1, 2, 3, 4, 5};
        long[] y = {2, 1, 4, 3, 5};
        collected(0, 0);
        marked(0, EDEN, 0);
        for (int i = 0; i < x.length; i++) {
            collected(i + 1, x[i]);
            marked((i + 1) * 1000L, EDEN, y[i]);
        }
        assertEquals(0.8, comparison().correlation(Window::ours), 1e-12);
    }
}
