package org.shadowheap.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.AnalysisResult.Configuration;

/**
 * Results as tables for other tools: a header, then a row for each thing that a table is about. The first columns of each
 * table say which heap a row is of, so rows of several heaps stand together. Names of columns are those of the JSON result where it
 * has the same figure; {@code docs/results.md} has them all, and they stay.
 */
public final class CsvTable {

    private static final CsvColumns<Configuration> HEAP = new CsvColumns<Configuration>()
            .add("nurseryBytes", Configuration::nurseryBytes)
            .add("pageBytes", Configuration::pageBytes)
            .add("tenure", Configuration::tenure)
            .add("remset", Configuration::remset)
            .add("cardBytes", Configuration::cardBytes);

    /** A row for each heap. */
    public static final CsvTable RESULTS = new CsvTable("results", new ResultColumns().columns(), List::of);

    /** A row for each minor collection, numbered from 1. */
    public static final CsvTable MINOR_COLLECTIONS = new CsvTable(
            "minor-collections",
            ElementColumns.minorCollections(),
            result -> ElementColumns.numbered(result.minorCollections()));

    /** A row for each collection of the JVM itself, numbered from 1. */
    public static final CsvTable REAL_COLLECTIONS = new CsvTable(
            "real-collections",
            ElementColumns.realCollections(),
            result -> ElementColumns.numbered(result.realCollections()));

    /** A row for each site and field that it stores to. */
    public static final CsvTable SITES = new CsvTable("sites", ElementColumns.sites(), AnalysisResult::sites);

    /** A row for each caller of a site, where they are known. */
    public static final CsvTable CALLERS = new CsvTable("callers", ElementColumns.callers(), ElementColumns::callersOf);

    /** A row for each field. */
    public static final CsvTable FIELDS = new CsvTable("fields", ElementColumns.fields(), AnalysisResult::fields);

    /** All tables. */
    public static final List<CsvTable> ALL =
            List.of(RESULTS, MINOR_COLLECTIONS, REAL_COLLECTIONS, SITES, CALLERS, FIELDS);

    private final String label;
    private final Rows<?> rows;

    private <T> CsvTable(String label, CsvColumns<T> columns, Function<AnalysisResult, List<T>> elements) {
        this.label = label;
        rows = new Rows<>(columns, elements);
    }

    /** What users call it; also the name of its file, without {@code .csv}. */
    public String label() {
        return label;
    }

    /**
     * The table that users call so.
     *
     * @throws IllegalArgumentException naming the allowed ones
     */
    public static CsvTable parse(String text) {
        for (CsvTable each : ALL) {
            if (each.label.equals(text)) {
                return each;
            }
        }
        String allowed = ALL.stream().map(CsvTable::label).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("table must be one of " + allowed + ": table=" + text);
    }

    /** Names of the columns, in their order. */
    List<String> columns() {
        List<String> names = new ArrayList<>(HEAP.names());
        names.addAll(rows.columns.names());
        return names;
    }

    /**
     * Writes the header and the rows of all results, in the order of the results.
     *
     * @return number of rows, the header not counted
     * @throws IOException if {@code out} does
     */
    public long write(List<AnalysisResult> results, Appendable out) throws IOException {
        Csv csv = new Csv(out);
        csv.row(columns());
        long count = 0;
        for (AnalysisResult each : results) {
            count += rows.write(each, csv);
        }
        return count;
    }

    /** What the rows of a table are about. */
    private record Rows<T>(CsvColumns<T> columns, Function<AnalysisResult, List<T>> elements) {

        long write(AnalysisResult result, Csv csv) throws IOException {
            List<@Nullable Object> heap = HEAP.cells(result.configuration());
            List<T> all = elements.apply(result);
            for (T each : all) {
                List<@Nullable Object> cells = new ArrayList<>(heap);
                cells.addAll(columns.cells(each));
                csv.row(cells);
            }
            return all.size();
        }
    }
}
