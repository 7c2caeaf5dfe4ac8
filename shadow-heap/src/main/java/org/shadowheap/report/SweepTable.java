package org.shadowheap.report;

import static org.shadowheap.report.Units.bytes;
import static org.shadowheap.report.Units.count;
import static org.shadowheap.report.Units.mean;
import static org.shadowheap.report.Units.nanos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.CollectionFigures.Minor;

/** A line for each heap of a sweep, in columns under heads of two lines, in at most {@value #COLUMNS} columns of text. */
final class SweepTable {

    static final int COLUMNS = 100;

    private static final String GAP = "  ";
    private static final String NARROW_GAP = " ";

    private record Column(String above, String head, boolean mayBeLeftOut, Function<AnalysisResult, String> text) {}

    private final List<AnalysisResult> results;
    private final List<Column> columns = new ArrayList<>();

    SweepTable(List<AnalysisResult> results) {
        this.results = results;
        for (HeapParameter each : HeapParameter.varying(results)) {
            add("", each.label(), each::text);
        }
        addMinor("", "minors", minor -> count(minor.count()));
        add("old-to-", "young", result -> count(result.stores().oldToYoung()));
        addMinor("dirty pages", "per minor", minor -> each(minor, minor.dirtyPages()));
        columns.add(new Column("scanned", "per minor", true, SweepTable::scanned));
        addMinor("", "survived", minor -> bytes(minor.survivedBytes()));
        if (results.stream().anyMatch(SweepTable::hasAgeing)) {
            columns.add(new Column("", "promoted", true, SweepTable::promoted));
        }
        add("work", "per MiB", SweepTable::work);
        addMinor("pause per", "minor", SweepTable::pause);
        columns.add(new Column("all", "pauses", true, SweepTable::pauses));
    }

    private void add(String above, String head, Function<AnalysisResult, String> text) {
        columns.add(new Column(above, head, false, text));
    }

    private void addMinor(String above, String head, Function<Minor, String> text) {
        add(above, head, result -> text.apply(result.collections().minor()));
    }

    private static String each(Minor minor, long sum) {
        return minor.count() == 0 ? "-" : mean((double) sum / minor.count());
    }

    /** Else all that survives is promoted. */
    private static boolean hasAgeing(AnalysisResult result) {
        return result.collections().minor().survivedBytes()
                != result.collections().minor().promotedBytes();
    }

    private static String scanned(AnalysisResult result) {
        long count = result.collections().minor().count();
        return count == 0 ? "-" : bytes(Math.round(CollectionWork.scannedBytes(result) / count));
    }

    private static String promoted(AnalysisResult result) {
        return bytes(result.collections().minor().promotedBytes());
    }

    private static String pauses(AnalysisResult result) {
        Long nanos = result.collections().minor().nanos();
        return nanos == null ? "-" : nanos(nanos);
    }

    private static String pause(Minor minor) {
        Long nanos = minor.nanos();
        return nanos == null || minor.count() == 0 ? "-" : nanos((double) nanos / minor.count());
    }

    private static String work(AnalysisResult result) {
        Double work = CollectionWork.of(result);
        return work == null ? "-" : bytes(Math.round(work));
    }

    void appendTo(Lines out) {
        List<Column> fitting = new ArrayList<>(columns);
        for (int i = columns.size() - 1; i >= 0 && width(fitting, NARROW_GAP.length()) > COLUMNS; i--) {
            if (columns.get(i).mayBeLeftOut) {
                fitting.remove(columns.get(i));
            }
        }
        String gap = width(fitting, GAP.length()) <= COLUMNS ? GAP : NARROW_GAP;
        List<List<String>> rows = rows(fitting);
        int[] widths = widths(rows);
        for (List<String> row : rows) {
            out.exactly(line(row, widths, gap));
        }
    }

    private List<List<String>> rows(List<Column> shown) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(shown.stream().map(Column::above).toList());
        rows.add(shown.stream().map(Column::head).toList());
        for (AnalysisResult result : results) {
            rows.add(shown.stream().map(each -> each.text.apply(result)).toList());
        }
        return rows;
    }

    private int width(List<Column> shown, int gap) {
        return Arrays.stream(widths(rows(shown))).sum() + gap * (shown.size() - 1);
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return widths;
    }

    private static String line(List<String> row, int[] widths, String gap) {
        List<String> cells = new ArrayList<>();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            cells.add(" ".repeat(widths[column] - cell.length()) + cell);
        }
        return String.join(gap, cells).stripTrailing();
    }
}
