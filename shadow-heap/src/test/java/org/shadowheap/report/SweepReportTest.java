package org.shadowheap.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shadowheap.report.SweptHeap.MIB;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.shadowheap.analysis.AnalysisResult;

final class SweepReportTest {

    private static final List<AnalysisResult> NURSERIES_AND_CARDS = Stream.of(
                    SweptHeap.cards(4 * MIB, 256).survived(40 * MIB).scanned(120_000, 50_000),
                    SweptHeap.cards(4 * MIB, 512).survived(40 * MIB).scanned(180_000, 50_000),
                    SweptHeap.cards(16 * MIB, 256).survived(9 * MIB).scanned(60_000, 9_000),
                    SweptHeap.cards(16 * MIB, 512).survived(9 * MIB).scanned(90_000, 9_000),
                    SweptHeap.cards(64 * MIB, 256).survived(7 * MIB).collections(3),
                    SweptHeap.cards(64 * MIB, 512).survived(7 * MIB).collections(3))
            .map(SweptHeap::result)
            .toList();

    private static String text(List<AnalysisResult> results, int failed) throws IOException {
        StringBuilder out = new StringBuilder();
        SweepReport.write(results, failed, out);
        return out.toString();
    }

    @Test
    void readsAsAgreed() throws IOException {
        try (InputStream in = SweepReportTest.class.getResourceAsStream("sweep.txt")) {
            assertEquals(
                    in == null ? "sweep.txt is missing" : new String(in.readAllBytes(), StandardCharsets.UTF_8),
                    text(NURSERIES_AND_CARDS, 0));
        }
    }

    @Test
    void beginsWithWhatFailed() throws IOException {
        String first = text(NURSERIES_AND_CARDS, 2).lines().findFirst().orElseThrow();
        assertEquals("partial: 2 of 8 heaps could not be replayed: missing here", first);
    }

    @Test
    void namesOnceWhatAllHeapsHaveInCommon() throws IOException {
        String text = text(NURSERIES_AND_CARDS, 0);
        assertTrue(text.contains("all with page 4k, tenure 1, remset cards\n"), text);
        assertFalse(text.contains("promoted  "), "all survivors are promoted");
    }

    @Test
    void saysWhereThereIsNothingToRecommend() throws IOException {
        String text = text(NURSERIES_AND_CARDS.subList(4, 6), 0);
        assertTrue(text.contains("No recommendation: no heap had 5 minor collections."), text);
        assertFalse(text.contains("-Xmn"), text);
    }

    @Test
    void namesNurseriesThatWereCollectedLessOftenThanTheySay() throws IOException {
        List<AnalysisResult> late = Stream.of(
                        SweptHeap.cards(256L << 10, 512),
                        SweptHeap.cards(64L << 10, 512).tenure(2),
                        SweptHeap.cards(64L << 10, 512).collections(1))
                .map(SweptHeap::result)
                .toList();
        String named = """


                nursery 64k: collections came every 1 MiB, since the recording has ends of
                  rounds no oftener; not judged.
                nursery 256k: collections came every 1 MiB, since the recording has ends of
                  rounds no oftener; not judged.
                """;
        String text = text(late, 0);
        assertTrue(text.contains(named + "No recommendation: no heap is left that had 5 minor collections. "), text);
        List<AnalysisResult> both = new ArrayList<>(late);
        both.addAll(NURSERIES_AND_CARDS);
        text = text(both, 0);
        assertTrue(text.contains(named + "Of these heaps this program wants nursery 16m,"), text);
    }

    @Test
    void fitsAHundredColumnsWhateverVaries() throws IOException {
        List<AnalysisResult> heaps = new ArrayList<>();
        for (long nursery : new long[] {1_000_000, 512 * MIB}) {
            for (int page : new int[] {512, 65_536}) {
                for (int tenure : new int[] {1, 15}) {
                    heaps.add(new SweptHeap(
                                    nursery,
                                    page,
                                    tenure,
                                    "dirty-pages",
                                    null,
                                    9_999,
                                    1L << 49,
                                    999,
                                    1L << 45,
                                    1L << 40)
                            .result());
                    heaps.add(new SweptHeap(
                                    nursery,
                                    page,
                                    tenure,
                                    "youngest",
                                    4096L,
                                    999_999,
                                    1L << 49,
                                    1023 * MIB + 7,
                                    1L << 45,
                                    7)
                            .result());
                }
            }
        }
        String text = text(heaps, 0);
        text.lines().forEach(line -> assertTrue(line.length() <= SweepTable.COLUMNS, line));
        assertTrue(text.contains("dirty-pages"), text);
    }

    @Test
    void isTheSameInEveryLocale() throws IOException {
        String expected = text(NURSERIES_AND_CARDS, 0);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-u-nu-arab"));
            assertEquals(expected, text(NURSERIES_AND_CARDS, 0));
        } finally {
            Locale.setDefault(before);
        }
    }
}
