package org.shadowheap.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.Recording;
import org.shadowheap.event.RecordingEnd;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.heap.HeapConfiguration;

/** Stores to arrays count under the field that holds the array. */
class HeldArraysTest {

    private static final int CLASS = 1;
    private static final int MAP = 2;
    private static final int LINKED_MAP = 3;
    private static final int NODES = 4;
    private static final int GRID = 5;
    private static final int WALK = 6;

    private static final int TABLE = 12;
    private static final int NEXT_TABLE = 16;
    private static final int ROWS = 20;
    private static final int OTHER = 24;
    private static final int DEFAULT = 120;

    private static final int SITE = 1;
    private static final int FIELD_SITE = 2;

    private static final Recording RECORDING = new Recording("app.Main", "Some VM", 0, ObjectModel.DEFAULT, Map.of());
    private static final HeapConfiguration HEAP =
            new HeapConfiguration(1 << 16, 4096, 1, 64L << 20, ObjectModel.DEFAULT);

    private Analysis analysis = new Analysis(RECORDING, HEAP);
    private int last = 1024;

    @BeforeEach
    void define() {
        List<FieldDefinition> none = List.of();
        analysis.type(new TypeDefinition(CLASS, "java.lang.Class", 0, 0, Shape.MIRROR, 0, 0, none, none));
        List<FieldDefinition> fields = List.of(
                new FieldDefinition("table", TABLE, false, true),
                new FieldDefinition("nextTable", NEXT_TABLE, false, true),
                new FieldDefinition("rows", ROWS, false, true),
                new FieldDefinition("other", OTHER, false));
        List<FieldDefinition> statics = List.of(new FieldDefinition("DEFAULT", DEFAULT, false, true));
        analysis.type(new TypeDefinition(MAP, "app.Map", 0, 0, Shape.INSTANCE, 32, 0, fields, statics));
        analysis.type(new TypeDefinition(LINKED_MAP, "app.LinkedMap", 0, MAP, Shape.INSTANCE, 40, 0, none, none));
        analysis.type(new TypeDefinition(NODES, "app.Node[]", 0, 0, Shape.REFERENCE_ARRAY, 16, 4, none, none));
        analysis.type(new TypeDefinition(GRID, "app.Node[][]", 0, 0, Shape.REFERENCE_ARRAY, 16, 4, none, none));
        List<FieldDefinition> walked = List.of(new FieldDefinition("walked", TABLE, false, true));
        analysis.type(new TypeDefinition(WALK, "app.Walk", 0, 0, Shape.INSTANCE, 16, 0, walked, none));
        analysis.site(new SiteDefinition(SITE, "app.Map", "put", 7, null));
        analysis.site(new SiteDefinition(FIELD_SITE, "app.Map", "resize", 8, "app.Map.field"));
        analysis.contact(MAP, CLASS, 128);
        analysis.snapshotEnd(MAP);
        analysis.round();
    }

    @AfterEach
    void close() {
        analysis.close();
    }

    private int born(int type, int length) {
        analysis.birth(++last, type, length);
        return last;
    }

    private void element(int array, int times) {
        for (int i = 0; i < times; i++) {
            analysis.arrayStore(array, i, 0, SITE);
        }
    }

    /** Stores to elements, by what the report calls them. */
    private Map<String, Long> elements() {
        analysis.round();
        Map<String, Long> stores = new TreeMap<>();
        for (AnalysisResult.Field field :
                analysis.result(RecordingEnd.after(1, List.of())).fields()) {
            if (field.field().endsWith("]")) {
                stores.put(field.field(), field.stores());
            }
        }
        return stores;
    }

    @Test
    void storesCountUnderTheFieldThatHoldsTheArrayWhenTheRoundEnds() {
        int map = born(LINKED_MAP, 0);
        int table = born(NODES, 8);
        element(table, 2);
        analysis.fieldStore(map, TABLE, table, FIELD_SITE);
        element(table, 5);
        int heldTooLate = born(NODES, 8);
        element(heldTooLate, 3);
        analysis.round();
        analysis.fieldStore(map, NEXT_TABLE, heldTooLate, FIELD_SITE);
        assertEquals(Map.of("app.Node[]", 3L, "app.Map.table[]", 7L), elements());
        assertEquals(
                List.of("app.Map.table[]", "app.Node[]"),
                analysis.result(RecordingEnd.after(1, List.of())).sites().stream()
                        .filter(site -> site.site().equals("app.Map.put:7"))
                        .map(AnalysisResult.Site::field)
                        .toList());
    }

    /** As of a trace that was cut off, or where the heap was full. */
    @Test
    void aResultInTheMiddleOfARoundHasAllStores() {
        int table = born(NODES, 8);
        element(table, 3);
        assertEquals(
                3,
                analysis.result(RecordingEnd.after(1, List.of())).fields().stream()
                        .filter(field -> field.field().equals("app.Node[]"))
                        .mapToLong(AnalysisResult.Field::stores)
                        .sum());
        analysis.fieldStore(born(MAP, 0), TABLE, table, FIELD_SITE);
        element(table, 2);
        assertEquals(Map.of("app.Node[]", 3L, "app.Map.table[]", 2L), elements(), "told once");
    }

    @Test
    void theFirstHolderGivesTheNameUntilItLetsGo() {
        int map = born(MAP, 0);
        int table = born(NODES, 8);
        analysis.fieldStore(map, NEXT_TABLE, table, FIELD_SITE);
        int walk = born(WALK, 0);
        analysis.fieldStore(walk, TABLE, table, FIELD_SITE);
        element(table, 1);
        analysis.round();
        analysis.fieldStore(walk, TABLE, 0, FIELD_SITE);
        analysis.fieldStore(map, TABLE, table, FIELD_SITE);
        element(table, 2);
        assertEquals(Map.of("app.Map.nextTable[]", 3L), elements(), "others held it meanwhile");
        analysis.fieldStore(map, NEXT_TABLE, 0, FIELD_SITE);
        element(table, 4);
        analysis.round();
        analysis.fieldStore(map, TABLE, table, FIELD_SITE);
        element(table, 8);
        assertEquals(Map.of("app.Map.nextTable[]", 15L), elements(), "as it was called when the round began");
        element(table, 8);
        assertEquals(Map.of("app.Map.nextTable[]", 15L, "app.Map.table[]", 8L), elements(), "named anew");
    }

    @Test
    void aFieldOfAnotherTypeNamesNothing() {
        int array = born(NODES, 8);
        analysis.fieldStore(born(MAP, 0), OTHER, array, FIELD_SITE);
        element(array, 1);
        assertEquals(Map.of("app.Node[]", 1L), elements());
    }

    @Test
    void anArrayOfArraysNamesItsElementsWheneverTheyCame() {
        int grid = born(GRID, 4);
        int early = born(NODES, 8);
        analysis.arrayStore(grid, 0, early, SITE);
        analysis.fieldStore(born(MAP, 0), ROWS, grid, FIELD_SITE);
        int late = born(NODES, 8);
        analysis.arrayStore(grid, 1, late, SITE);
        element(early, 2);
        element(late, 3);
        assertEquals(Map.of("app.Map.rows[]", 2L, "app.Map.rows[][]", 5L), elements());
    }

    /** Each link is an array of arrays and holds the one before, as only an {@code Object[][]} can. */
    @Test
    void arraysThatAreChainedAreNotNamedByOneAnother() {
        int last = 0;
        for (int i = 0; i < 20_000; i++) {
            int link = born(GRID, 2);
            analysis.arrayStore(link, 0, last, SITE);
            last = link;
        }
        analysis.fieldStore(born(MAP, 0), ROWS, last, FIELD_SITE);
        assertEquals(Map.of("app.Map.rows[]", 1L, "app.Node[][]", 19_999L), elements());
    }

    @Test
    void staticFieldsAndWhatWasFoundInAnObjectNameToo() {
        int array = born(NODES, 8);
        analysis.staticStore(MAP, DEFAULT, array, FIELD_SITE);
        element(array, 1);
        int met = ++last;
        int map = ++last;
        analysis.contact(met, NODES, 8);
        analysis.snapshotEnd(met);
        analysis.contact(map, MAP, 0);
        analysis.snapshotSlot(map, TABLE, met);
        analysis.snapshotEnd(map);
        element(met, 2);
        assertEquals(Map.of("app.Map.DEFAULT[]", 1L, "app.Map.table[]", 2L), elements());
    }

    @Test
    void anArrayThatIsBornLateIsNamedWhenItComes() {
        int map = born(MAP, 0);
        int array = ++last;
        analysis.fieldStore(map, TABLE, array, FIELD_SITE);
        analysis.birth(array, NODES, 8);
        element(array, 2);
        int found = ++last;
        int met = ++last;
        analysis.contact(met, MAP, 0);
        analysis.snapshotSlot(met, TABLE, found);
        analysis.contact(found, NODES, 8);
        element(found, 3);
        assertEquals(Map.of("app.Map.table[]", 5L), elements());
    }

    @Test
    void theNameStaysWithAnArrayThatMoves() {
        int map = born(MAP, 0);
        analysis.staticStore(MAP, DEFAULT, 0, FIELD_SITE);
        int table = born(NODES, 8);
        analysis.fieldStore(map, TABLE, table, FIELD_SITE);
        for (int i = 0; i < 10_000; i++) {
            born(NODES, 8);
            analysis.fieldStore(map, TABLE, table, FIELD_SITE);
            if (i % 100 == 0) {
                analysis.round();
            }
        }
        element(table, 4);
        AnalysisResult result = analysis.result(RecordingEnd.after(1, List.of()));
        assertTrue(result.collections().minor().promotedBytes() > 0, "it was promoted");
        assertEquals(Map.of("app.Map.table[]", 4L), elements());
    }

    /** An array, a holder and another one, each of another mutator, in all orders: always the first one names. */
    @Test
    void severalMutatorsNameInTheOrderOfTheStream() {
        analysis.close();
        analysis = new Analysis(RECORDING, HEAP.withThreads(3, 1));
        define();
        for (int i = 0; i < 64; i++) {
            last += 1024;
            int table = born(NODES, 8);
            last += 1024 * (i % 5);
            int map = born(MAP, 0);
            last += 1024 * (i % 7);
            int walk = born(WALK, 0);
            boolean mapFirst = i % 2 == 0;
            analysis.fieldStore(mapFirst ? map : walk, TABLE, table, FIELD_SITE);
            analysis.fieldStore(mapFirst ? walk : map, TABLE, table, FIELD_SITE);
            element(table, 3);
        }
        assertEquals(Map.of("app.Map.table[]", 96L, "app.Walk.walked[]", 96L), elements());
    }
}
