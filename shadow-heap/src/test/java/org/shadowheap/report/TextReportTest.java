package org.shadowheap.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.shadowheap.analysis.AnalysisResult;

final class TextReportTest {

    @Test
    void readsAsAgreed() throws IOException {
        assertEquals(golden("typical.txt"), text(Results.typical(List.of(), 0)));
    }

    @Test
    void beginsWithWhatIsMissing() throws IOException {
        assertEquals(golden("incomplete.txt"), text(Results.full()));
    }

    @Test
    void fitsEightyColumns() throws IOException {
        String note = "recording ended early: " + "a reason that is long ".repeat(20) + "x".repeat(300);
        for (AnalysisResult result : List.of(Results.full(), Results.typical(List.of(note), 1L << 60))) {
            text(result).lines().forEach(line -> assertTrue(line.length() <= 80, line));
        }
    }

    @Test
    void whatToLookAtIsNamedWithThePlaceThatCallsItMost() throws IOException {
        AnalysisResult.Caller nobody = new AnalysisResult.Caller(null, 0.6);
        AnalysisResult.Caller somebody = new AnalysisResult.Caller("x.Y.z:2", 0.4);
        assertTrue(next(List.of(nobody, somebody)).contains("stores, called most from x.Y.z:2."));
        assertTrue(next(List.of(nobody)).contains("old-to-young stores."));
        assertFalse(next(List.of()).contains("called"));
    }

    private static String next(List<AnalysisResult.Caller> callers) throws IOException {
        String text = text(Results.calledFrom(callers));
        return text.substring(text.indexOf("Next\n")).replaceAll("\\s+", " ");
    }

    @Test
    void isTheSameInEveryLocale() throws IOException {
        String expected = text(Results.full());
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertEquals(expected, text(Results.full()));
        } finally {
            Locale.setDefault(before);
        }
    }

    private static String text(AnalysisResult result) throws IOException {
        StringBuilder out = new StringBuilder();
        TextReport.write(result, out);
        return out.toString();
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = TextReportTest.class.getResourceAsStream(name)) {
            return in == null ? name + " is missing" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
