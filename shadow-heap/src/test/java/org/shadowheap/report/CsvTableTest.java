package org.shadowheap.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shadowheap.analysis.AnalysisResult;

/** Of cells that need no quotes, as all here are but the program's. */
final class CsvTableTest {

    private static List<String> lines(CsvTable table, AnalysisResult... results) throws IOException {
        StringBuilder out = new StringBuilder();
        long rows = table.write(List.of(results), out);
        List<String> lines = out.toString().lines().toList();
        assertEquals(lines.size() - 1, rows);
        return lines;
    }

    /** Values of the first row by their columns. */
    private static Map<String, String> first(CsvTable table, AnalysisResult result) throws IOException {
        List<String> lines = lines(table, result);
        String[] names = lines.get(0).split(",", -1);
        String[] cells = lines.get(1).split(",", -1);
        assertEquals(names.length, cells.length);
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            values.put(names[i], cells[i]);
        }
        return values;
    }

    @Test
    void everyTableBeginsWithTheHeapAndNamesEachColumnOnce() {
        for (CsvTable table : CsvTable.ALL) {
            assertEquals(
                    List.of("nurseryBytes", "pageBytes", "tenure", "remset", "cardBytes"),
                    table.columns().subList(0, 5));
            assertEquals(table.columns().size(), new HashSet<>(table.columns()).size(), table.label());
        }
    }

    /** Others rely on names: whoever changes one has to change the documentation, and will think. */
    @Test
    void columnsAreThoseOfTheDocumentation() throws IOException {
        String docs = Files.readString(Path.of("..", "docs", "results.md"));
        for (CsvTable table : CsvTable.ALL) {
            int begin = docs.indexOf("\n## `" + table.label() + "`");
            assertTrue(begin >= 0, table.label());
            int end = docs.indexOf("\n## ", begin + 1);
            List<String> documented =
                    new ArrayList<>(List.of("nurseryBytes", "pageBytes", "tenure", "remset", "cardBytes"));
            docs.substring(begin, end < 0 ? docs.length() : end)
                    .lines()
                    .filter(line -> line.startsWith("| `"))
                    .flatMap(line -> List.of(line.split("\\|", -1)[1].split(",", -1)).stream())
                    .map(name -> name.strip().replace("`", ""))
                    .forEach(documented::add);
            assertEquals(documented, table.columns());
        }
    }

    @Test
    void resultHasItsFiguresUnderTheirNames() throws IOException {
        Map<String, String> row = first(CsvTable.RESULTS, Results.typical(List.of(), 12));
        assertEquals("16777216", row.get("nurseryBytes"));
        assertEquals("dirty-pages", row.get("remset"));
        assertEquals("", row.get("cardBytes"));
        assertEquals("98765432", row.get("events"));
        assertEquals("12", row.get("lost"));
        assertEquals("58012345", row.get("stores"));
        assertEquals("0.021281", row.get("oldToYoungShare"));
        assertEquals("127", row.get("minorCollections"));
        assertEquals("", row.get("nepotismBytes"));
        assertEquals("635000000", row.get("minorNanos"));
        assertEquals("0", row.get("majorCollections"));
        assertEquals("98304", row.get("rememberedSideBytes"));
        assertEquals("com.example.orders.OrderService --port 8080", row.get("program"));
    }

    @Test
    void collectionsAreNumberedFromOneForEachHeap() throws IOException {
        AnalysisResult result = Results.typical(List.of(), 0);
        List<String> lines = lines(CsvTable.MINOR_COLLECTIONS, result, result);
        assertEquals(
                List.of("1", "2", "1", "2"),
                lines.stream().skip(1).map(line -> line.split(",", -1)[5]).toList());
        assertEquals(
                "16777216,4096,1,dirty-pages,,2,33554432,,456000,9700,4711,4711,1600,4711,3200,2400,945000,771000,,5000000",
                lines.get(2));
    }

    @Test
    void sitesCallersAndFieldsAreAsInTheResult() throws IOException {
        assertEquals(
                "16777216,4096,1,dirty-pages,,a.B.c:1,a.B.d,3,2,1",
                lines(CsvTable.SITES, Results.full()).get(1));
        List<String> callers = lines(CsvTable.CALLERS, Results.full());
        assertEquals("16777216,4096,1,dirty-pages,,a.B.c:1,a.B.d,,0.25", callers.get(2), "nobody in the application");
        assertEquals("16777216,4096,1,dirty-pages,,a.B.c:1,a.B.d,x.Y.z:2,0.15", callers.get(3));
        assertEquals(
                "16777216,4096,1,dirty-pages,,java.util.HashMap$Node.next,9999999,500000,60000",
                lines(CsvTable.FIELDS, Results.full()).get(2));
        assertEquals(
                "16777216,4096,1,dirty-pages,,1,1,2,young,3,4,5,6,true",
                lines(CsvTable.REAL_COLLECTIONS, Results.full()).get(1));
    }

    @Test
    void whatIsNotKnownLeavesATableWithItsHeaderAlone() throws IOException {
        AnalysisResult result = Results.typical(List.of(), 0);
        assertEquals(1, lines(CsvTable.CALLERS, result).size());
        assertEquals(1, lines(CsvTable.REAL_COLLECTIONS, result).size());
    }

    @Test
    void tablesAreFoundByTheirLabels() {
        assertEquals(CsvTable.SITES, CsvTable.parse("sites"));
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> CsvTable.parse("site"));
        assertEquals(
                "table must be one of results, minor-collections, real-collections, sites, callers, fields: table=site",
                e.getMessage());
    }
}
