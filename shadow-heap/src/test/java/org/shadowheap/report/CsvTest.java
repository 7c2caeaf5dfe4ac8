package org.shadowheap.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class CsvTest {

    private static String row(Object... cells) throws IOException {
        StringBuilder out = new StringBuilder();
        new Csv(out).row(Arrays.asList(cells));
        return out.toString();
    }

    @Test
    void cellsAreSeparatedByCommasAndRowsEndWithCrLf() throws IOException {
        assertEquals("a,12,0.5\r\n", row("a", 12L, 0.5));
    }

    @Test
    void commasQuotesAndLineEndsAreQuotedAndQuotesDoubled() throws IOException {
        assertEquals("\"a,b\"\r\n", row("a,b"));
        assertEquals("\"say \"\"no\"\"\",x\r\n", row("say \"no\"", "x"));
        assertEquals("\"a\nb\",\"a\rb\"\r\n", row("a\nb", "a\rb"));
    }

    @Test
    void nothingIsAnEmptyCellAndAnEmptyTextIsQuoted() throws IOException {
        assertEquals(",\"\",\r\n", row(null, "", null));
    }
}
