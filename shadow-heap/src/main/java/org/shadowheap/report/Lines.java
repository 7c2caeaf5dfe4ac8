package org.shadowheap.report;

/** Text in lines of at most {@value #COLUMNS} columns, which an old terminal has; longer ones are broken between words. */
final class Lines {

    static final int COLUMNS = 80;

    /** As wide as the column of labels. */
    private static final String LABEL = " ".repeat(13);

    private final StringBuilder out = new StringBuilder();

    void line(String text) {
        append("", text, "  ");
    }

    /** A line with its label in a column of its own. */
    void line(String label, String text) {
        append("  " + label + " ".repeat(LABEL.length() - 2 - label.length()), text, LABEL);
    }

    /** A line behind a mark; what follows from it stands below its text. */
    void item(String mark, String text) {
        append(mark, text, " ".repeat(mark.length()));
    }

    void emptyLine() {
        out.append('\n');
    }

    /** A line that is as it must be. */
    void exactly(String line) {
        out.append(line).append('\n');
    }

    private void append(String first, String text, String others) {
        String indent = first;
        String rest = text;
        while (indent.length() + rest.length() > COLUMNS) {
            int room = COLUMNS - indent.length();
            int space = rest.lastIndexOf(' ', room);
            int end = space > 0 ? space : room;
            out.append(indent).append(rest, 0, end).append('\n');
            rest = rest.substring(end).stripLeading();
            indent = others;
        }
        out.append(indent).append(rest).append('\n');
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
