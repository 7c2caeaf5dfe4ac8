package org.shadowheap.report;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as RFC 4180 has them: commas between cells, CR LF behind each row, and quotes where a cell holds a comma, a
 * quote or a line end, with its quotes doubled. Numbers have neither unit nor grouping, null is an empty cell, and a text
 * without a character is quoted, so that the two can be told apart.
 */
final class Csv {

    private static final String ROW_END = "\r\n";

    private final Appendable out;

    Csv(Appendable out) {
        this.out = out;
    }

    void row(List<? extends @Nullable Object> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            Object cell = cells.get(i);
            if (cell != null) {
                out.append(quoted(cell.toString()));
            }
        }
        out.append(ROW_END);
    }

    private static String quoted(String text) {
        boolean plain = !text.isEmpty() && text.chars().noneMatch(each -> ",\"\r\n".indexOf(each) >= 0);
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
