package org.shadowheap.report;

import java.util.ArrayList;
import java.util.List;

/** Numbers to the right, a name at the end of each row, and perhaps more lines below a row. */
final class Table {

    private static final String INDENT = "  ";
    private static final String GAP = "  ";
    private static final String BELOW = " ".repeat(8);

    private final List<String[]> rows = new ArrayList<>();

    Table(String... heads) {
        rows.add(heads);
    }

    void add(String... cells) {
        rows.add(cells);
    }

    /** Puts a line below the last row. */
    void addBelow(String text) {
        rows.add(new String[] {text});
    }

    /** As {@link #addBelow(String)}; the name is cut to what fits behind the text. */
    void addBelow(String text, String name) {
        addBelow(text + Names.fit(name, Lines.COLUMNS - BELOW.length() - text.length()));
    }

    void appendTo(Lines out) {
        int last = rows.get(0).length - 1;
        int[] widths = new int[last];
        int used = INDENT.length();
        for (int column = 0; column < last; column++) {
            for (String[] row : rows) {
                widths[column] = row.length > 1 ? Math.max(widths[column], row[column].length()) : widths[column];
            }
            used += widths[column] + GAP.length();
        }
        for (String[] row : rows) {
            if (row.length == 1) {
                out.item(BELOW, row[0]);
            } else {
                out.exactly(line(row, widths) + Names.fit(row[last], Lines.COLUMNS - used));
            }
        }
    }

    private static String line(String[] row, int[] widths) {
        StringBuilder line = new StringBuilder(INDENT);
        for (int column = 0; column < widths.length; column++) {
            line.append(" ".repeat(widths[column] - row[column].length()))
                    .append(row[column])
                    .append(GAP);
        }
        return line.toString();
    }
}
