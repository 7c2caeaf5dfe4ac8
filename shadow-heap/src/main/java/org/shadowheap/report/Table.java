package org.shadowheap.report;

import java.util.ArrayList;
import java.util.List;

/** Numbers to the right, a name at the end of each row; a name too long loses its beginning. */
final class Table {

    private static final String INDENT = "  ";
    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();

    Table(String... heads) {
        rows.add(heads);
    }

    void add(String... cells) {
        rows.add(cells);
    }

    void appendTo(StringBuilder out, int lineColumns) {
        int last = rows.get(0).length - 1;
        int[] widths = new int[last];
        int used = INDENT.length();
        for (int column = 0; column < last; column++) {
            for (String[] row : rows) {
                widths[column] = Math.max(widths[column], row[column].length());
            }
            used += widths[column] + GAP.length();
        }
        for (String[] row : rows) {
            out.append(INDENT);
            for (int column = 0; column < last; column++) {
                out.append(" ".repeat(widths[column] - row[column].length()))
                        .append(row[column])
                        .append(GAP);
            }
            out.append(tail(row[last], lineColumns - used)).append('\n');
        }
    }

    /** The text, or the end of it behind two dots. */
    static String tail(String text, int columns) {
        return text.length() <= columns ? text : ".." + text.substring(text.length() - columns + 2);
    }
}
