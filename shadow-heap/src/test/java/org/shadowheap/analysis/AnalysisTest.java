package org.shadowheap.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shadowheap.analysis.CollectionFigures.RealCollection;
import org.shadowheap.collect.CollectionObserver;
import org.shadowheap.collect.MinorCollectionResult;
import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.CollectionKind;
import org.shadowheap.event.EventText;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.NurseryClock;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.RandomEvents;
import org.shadowheap.event.Recording;
import org.shadowheap.event.RecordingEnd;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.event.UninstrumentedClass;
import org.shadowheap.event.layout.EventRecord;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.HeapFigures;
import org.shadowheap.heap.HeapFullException;
import org.shadowheap.heap.StoreObserver;
import org.shadowheap.remset.RememberedSetStatistics;

/** An analysis over a mirror that a script plays. */
final class AnalysisTest {

    private static final HeapConfiguration CONFIGURATION =
            new HeapConfiguration(1 << 20, 4096, 1, 1 << 30, ObjectModel.DEFAULT);

    private final EventText heard = new EventText();
    private StoreObserver stores;
    private CollectionObserver collections;
    private boolean released;
    private Map<String, String> options = Map.of();
    private Analysis analysis = analysis();

    private Analysis analysis() {
        Recording recording = new Recording("app.Main", "Some VM 17", 0, ObjectModel.DEFAULT, options);
        return new Analysis(recording, CONFIGURATION, (configuration, storeObserver, collectionObserver) -> {
            stores = storeObserver.apply(0);
            collections = collectionObserver;
            return new Mirror(
                    heard,
                    () -> {},
                    () -> {},
                    () -> new HeapFigures(4 << 20, 100, 200, 1, 2, 48, 7, 8),
                    () -> new RememberedSetStatistics(1, 2, 3, 4.5, 6, 7, 8, 9),
                    NurseryClock.STOPPED,
                    () -> false,
                    () -> {
                        throw new UnsupportedOperationException("a mirror without objects");
                    },
                    () -> {
                        throw new UnsupportedOperationException("a mirror without objects");
                    },
                    arrayType -> "app.Main.field" + -arrayType + "[]",
                    () -> released = true);
        });
    }

    private AnalysisResult result() {
        return analysis.result(RecordingEnd.after(2_000_000_000L, List.of()));
    }

    private void site(int id, String method, int line, String field) {
        analysis.site(new SiteDefinition(id, "app.Main", method, line, field));
    }

    private void arrayType(int id, String name) {
        analysis.type(new TypeDefinition(id, name, 0, 0, Shape.REFERENCE_ARRAY, 16, 4, List.of(), List.of()));
    }

    private void instanceType(int id, String name, int superType, String field) {
        List<FieldDefinition> fields = List.of(new FieldDefinition(field, 16, false));
        analysis.type(new TypeDefinition(id, name, 0, superType, Shape.INSTANCE, 24, 0, fields, List.of()));
    }

    private void stored(int times, int site, int arrayType, boolean oldToYoung, boolean pageListed) {
        for (int i = 0; i < times; i++) {
            stores.stored(site, arrayType, oldToYoung, pageListed);
        }
    }

    @Test
    void handsEveryEventToTheHeap() {
        EventText expected = new EventText();
        new RandomEvents(42).feed(5_000, expected);
        new RandomEvents(42).feed(5_000, analysis);
        assertEquals(expected.events, heard.events);
    }

    @Test
    void countsEventsByKind() {
        analysis.birth(1, 1, 0);
        analysis.contact(2, 1, 0);
        analysis.contact(3, 1, 0);
        analysis.snapshotSlot(2, 12, 1);
        analysis.fieldStore(2, 12, 1, 1);
        analysis.arrayStore(2, 0, 1, 1);
        analysis.arrayStore(2, 1, 1, 1);
        analysis.staticStore(2, 12, 1, 1);
        analysis.arrayCopy(2, 2, 1);
        analysis.copiedElement(2, 0, 1, 1);
        analysis.copiedElement(2, 1, 1, 1);
        analysis.root(1, 1);
        analysis.lost(1000);
        analysis.lost(1);
        assertEquals(new AnalysisResult.Events(9, 1, 2, 1, 2, 1, 1, 1, 1001), result().events());
        assertEquals(3, result().fidelity().idsUsed());
        assertEquals(1001, result().fidelity().lost());
    }

    /** In two seconds, four of them births and one met. */
    private Double idsLastAfter(Map<String, String> recorded) {
        options = recorded;
        analysis = analysis();
        analysis.contact(5, 1, 0);
        for (int id = 1; id <= 4; id++) {
            analysis.birth(id, 1, 0);
        }
        return result().fidelity().idsSecondsLeft();
    }

    @Test
    void theOtherIdsLastAsLongAsBirthsGoOnLikeThat() {
        assertEquals((EventRecord.MAX_ID - 5) / 2.0, idsLastAfter(Map.of()));
    }

    @Test
    void idsOfEarlierSessionsOfTheJvmAreUsedUp() {
        long before = EventRecord.MAX_ID - 105L;
        String option = RecordedConfiguration.IDS_BEFORE;
        assertEquals(100 / 2.0, idsLastAfter(Map.of(option, Long.toString(before))));
        assertEquals(0.0, idsLastAfter(Map.of(option, Integer.toString(EventRecord.MAX_ID - 5))));
        assertEquals(0.0, idsLastAfter(Map.of(option, Integer.toString(EventRecord.MAX_ID))), "not less than none");
        assertEquals(idsLastAfter(Map.of()), idsLastAfter(Map.of(option, "many")), "as if it were not there");
    }

    @Test
    void howLongIdsLastIsNotSaidWhereNothingIsBornOrTimeIsNotKnown() {
        analysis.contact(1, 1, 0);
        assertNull(result().fidelity().idsSecondsLeft());
        analysis.birth(2, 1, 0);
        assertNull(analysis.result(RecordingEnd.CUT).fidelity().idsSecondsLeft());
    }

    @Test
    void countsNoEventThatTheHeapHadNoRoomFor() {
        HeapConfiguration small = new HeapConfiguration(1 << 14, 512, 1, 1 << 20, ObjectModel.DEFAULT);
        Recording recording = new Recording("app.Main", "Some VM 17", 0, ObjectModel.DEFAULT, options);
        try (Analysis full = new Analysis(recording, small)) {
            full.type(new TypeDefinition(20, "Object[]", 0, 0, Shape.REFERENCE_ARRAY, 16, 4, List.of(), List.of()));
            full.birth(1, 20, 1);
            full.birth(2, 20, 1);
            full.contact(3, 20, 1);
            assertThrows(HeapFullException.class, () -> full.birth(4, 20, 1 << 20));
            assertThrows(HeapFullException.class, () -> full.contact(4, 20, 1 << 20));
            AnalysisResult.Events events =
                    full.result(RecordingEnd.after(1, List.of())).events();
            assertEquals(new AnalysisResult.Events(3, 2, 1, 0, 0, 0, 0, 0, 0), events);
        }
    }

    @Test
    void tellsWhatWasStoredBeforeEachRealCollection() {
        assertNull(result().realCollections());
        stored(3, 1, 0, true, true);
        stored(2, 2, 0, false, false);
        stored(1, 3, 7, true, false);
        analysis.realCollection(CollectionKind.YOUNG.number(), 1_500, 2_500, 16 << 10);
        analysis.round();
        stored(5, 1, 0, true, true);
        analysis.realCollection(CollectionKind.PAUSE.number(), 1_600, 0, 0);
        analysis.realCollection(77, 1_700, 1, -1);
        assertEquals(
                List.of(
                        new RealCollection(4 << 20, 1_500_000_000L, "young", 2_500_000L, 6, 4, 16L << 20, false),
                        new RealCollection(4 << 20, 1_600_000_000L, "pause", 0L, 5, 5, null, false),
                        new RealCollection(4 << 20, 1_700_000_000L, "other", 1_000L, 0, 0, 0xffff_ffffL << 10, false)),
                result().realCollections());
        assertEquals("realCollection 1 1500 2500 16384", heard.events.get(0));
    }

    /** Figures come before their collection if the thread that marks it was stopped meanwhile; those of others stay out. */
    @Test
    void whatIsToldOfACollectionInPlaceJoinsItByKindAndNumber() {
        int young = CollectionKind.YOUNG.number();
        int old = CollectionKind.OLD.number();
        stored(3, 1, 0, true, true);
        analysis.collectedHere(young, 7, 1_500, 2_345);
        analysis.round();
        stored(2, 2, 0, false, false);
        analysis.collectedHere(old, 7, 1_600, 0);
        analysis.collectionTold(young, 8, 4_000, 8);
        analysis.round();
        analysis.collectedHere(young, 8, 1_700, 0);
        analysis.round();
        analysis.collectionTold(young, 7, 2_000, 16);
        analysis.collectionTold(young, 9, 1_000, 32);
        assertEquals(
                List.of(
                        new RealCollection(4 << 20, 1_500_000_000L, "young", 2_345_000L, 3, 3, 16L << 10, true),
                        new RealCollection(4 << 20, 1_600_000_000L, "old", 0L, 2, 0, null, true),
                        new RealCollection(4 << 20, 1_700_000_000L, "young", 4_000_000L, 0, 0, 8L << 10, true)),
                result().realCollections());
        assertEquals("collectedHere 1 7 1500 2345", heard.events.get(0));
    }

    @Test
    void sortsByOldToYoungThenStoresThenName() {
        site(1, "a", 1, "app.Main.few");
        site(2, "b", 2, "app.Main.many");
        site(3, "c", 3, "app.Main.young");
        site(4, "d", 4, "app.Main.alike");
        site(5, "e", 5, "app.Main.alike");
        stored(2, 1, 0, true, true);
        stored(3, 2, 0, true, false);
        stored(10, 3, 0, false, false);
        stored(4, 5, 0, false, false);
        stored(4, 4, 0, false, true);
        AnalysisResult result = result();
        assertEquals(
                List.of(
                        new AnalysisResult.Site("app.Main.b:2", "app.Main.many", 3, 3, 0, null),
                        new AnalysisResult.Site("app.Main.a:1", "app.Main.few", 2, 2, 2, null),
                        new AnalysisResult.Site("app.Main.c:3", "app.Main.young", 10, 0, 0, null),
                        new AnalysisResult.Site("app.Main.d:4", "app.Main.alike", 4, 0, 4, null),
                        new AnalysisResult.Site("app.Main.e:5", "app.Main.alike", 4, 0, 0, null)),
                result.sites());
        assertEquals(
                List.of("app.Main.many", "app.Main.few", "app.Main.young", "app.Main.alike"),
                result.fields().stream().map(AnalysisResult.Field::field).toList());
        assertEquals(
                new AnalysisResult.Field("app.Main.alike", 8, 0, 4),
                result.fields().get(3));
    }

    @Test
    void namesArrayElementsByTheTypeOfTheArray() {
        site(1, "fill", 9, null);
        arrayType(20, "app.Node[]");
        arrayType(21, "java.lang.Object[]");
        site(2, "refill", 10, null);
        stored(1, 1, 20, true, true);
        stored(2, 1, 21, false, false);
        stored(1, 2, 21, false, false);
        stored(3, 1, 20, false, false);
        assertEquals(
                List.of(
                        new AnalysisResult.Site("app.Main.fill:9", "app.Node[]", 4, 1, 1, null),
                        new AnalysisResult.Site("app.Main.fill:9", "java.lang.Object[]", 2, 0, 0, null),
                        new AnalysisResult.Site("app.Main.refill:10", "java.lang.Object[]", 1, 0, 0, null)),
                result().sites());
    }

    @Test
    void mergesSitesOfOneName() {
        site(1, "run", 7, "app.Main.field");
        site(2, "run", 7, "app.Main.field");
        stored(1, 1, 0, true, false);
        stored(1, 2, 0, true, true);
        assertEquals(
                List.of(new AnalysisResult.Site("app.Main.run:7", "app.Main.field", 2, 2, 1, null)), result().sites());
    }

    @Test
    void namesAFieldByTheClassThatDeclaresIt() {
        instanceType(30, "app.Parser", 0, "token");
        instanceType(31, "app.JsonParser", 30, "text");
        site(1, "next", 7, "app.JsonParser.token");
        site(2, "close", 8, "app.Parser.token");
        site(3, "next", 9, "app.JsonParser.text");
        site(4, "next", 10, "app.Unmet.token");
        analysis.caller(new CallerDefinition(1, "app.Main", "main", 1));
        analysis.calledFrom(1, 1, 2);
        stored(3, 1, 0, true, false);
        stored(2, 2, 0, false, false);
        stored(1, 3, 0, false, false);
        stored(1, 4, 0, false, false);
        assertEquals(
                List.of(
                        new AnalysisResult.Field("app.Parser.token", 5, 3, 0),
                        new AnalysisResult.Field("app.JsonParser.text", 1, 0, 0),
                        new AnalysisResult.Field("app.Unmet.token", 1, 0, 0)),
                result().fields());
        AnalysisResult.Site first = result().sites().get(0);
        assertEquals("app.Parser.token", first.field());
        assertEquals(List.of(new AnalysisResult.Caller("app.Main.main:1", 1.0)), first.callers());
    }

    @Test
    void keepsTheNameThatTheSiteHasWhereClassesOfOneNameInheritFromOthers() {
        instanceType(30, "app.One", 0, "token");
        instanceType(31, "app.Other", 0, "token");
        instanceType(32, "app.Twin", 30, "own");
        site(1, "run", 7, "app.Twin.token");
        stored(1, 1, 0, false, false);
        assertEquals("app.One.token", result().fields().get(0).field());
        instanceType(33, "app.Twin", 31, "own");
        assertEquals("app.Twin.token", result().fields().get(0).field());
    }

    @Test
    void keepsManyPairsOfSiteAndArrayApart() {
        int pairs = 3_000;
        for (int site = 1; site <= pairs; site++) {
            site(site, "run", site, null);
            arrayType(100_000 + site, "app.T" + site + "[]");
        }
        for (int round = 0; round < 2; round++) {
            for (int site = 1; site <= pairs; site++) {
                stored(site, site, 100_000 + site, true, false);
            }
        }
        List<AnalysisResult.Site> sites = result().sites();
        assertEquals(pairs, sites.size());
        for (int i = 0; i < pairs; i++) {
            int site = pairs - i;
            long stores = 2L * site;
            assertEquals(
                    new AnalysisResult.Site("app.Main.run:" + site, "app.T" + site + "[]", stores, stores, 0, null),
                    sites.get(i));
        }
    }

    @Test
    void namesWhatItDoesNotKnow() {
        stored(1, 9, 0, false, false);
        assertEquals(List.of(new AnalysisResult.Site("(unknown)", "(unknown)", 1, 0, 0, null)), result().sites());
    }

    @Test
    void doesNotCountWhatIsToldAgain() {
        site(1, "run", 7, "app.Main.field");
        arrayType(20, "app.Node[]");
        stored(2, 1, 0, true, false);
        stored(1, EventRecord.AGAIN, 0, true, true);
        stored(1, EventRecord.AGAIN, 20, true, true);
        assertEquals(2, result().stores().reference());
        assertEquals(2, result().stores().oldToYoung());
        assertEquals(
                List.of(new AnalysisResult.Site("app.Main.run:7", "app.Main.field", 2, 2, 0, null)), result().sites());
    }

    @Test
    void givesSharesAndRates() {
        site(1, "run", 7, "app.Main.field");
        stored(10, 1, 0, true, false);
        stored(30, 1, 0, false, false);
        assertEquals(new AnalysisResult.Stores(40, 10, 0.25, 5.0, 2.5), result().stores());
    }

    @Test
    void hasNoValueForARateWithoutDuration() {
        stored(1, 1, 0, true, false);
        assertNull(analysis.result(RecordingEnd.CUT).stores().oldToYoungPerSecond());
    }

    @Test
    void hasNoShareOfNoStores() {
        assertNull(result().stores().oldToYoungShare());
    }

    @Test
    void sumsCollections() {
        collections.collected(new MinorCollectionResult(100, 1, 2, 11, 3, 4, 5, 6, 7, 8, 9, null, 10));
        collections.collected(new MinorCollectionResult(200, 10, 20, 110, 30, 40, 50, 60, 70, 80, 90, null, 100));
        AnalysisResult result = result();
        assertEquals(
                new CollectionFigures.Minor(2, 121, 33, 44, 55, 66, 77, 88, 99, null, 110L),
                result.collections().minor());
        assertEquals(
                new CollectionFigures.MinorCollection(100, null, 1, 2, 11, 3, 4, 5, 6, 7, 8, 9, null, 10L),
                result.minorCollections().get(0));
        assertEquals(2, result.minorCollections().size());
    }

    @Test
    void differsInTimesOnly() {
        stored(1, 1, 0, true, false);
        AnalysisResult slow = analysis.result(RecordingEnd.after(9, List.of()));
        collections.collected(new MinorCollectionResult(100, 1, 2, 0, 3, 4, 5, 6, 7, 8, 9, null, 10));
        AnalysisResult one = analysis.result(RecordingEnd.after(9, List.of()));
        AnalysisResult other = analysis.result(RecordingEnd.after(10, List.of()));
        assertNotEquals(one, other);
        assertEquals(one.withoutTimes(), other.withoutTimes());
        assertNotEquals(one.withoutTimes(), slow.withoutTimes());
        assertNull(one.withoutTimes().minorCollections().get(0).nanos());
        assertNull(one.withoutTimes().collections().minor().nanos());
    }

    @Test
    void notesWhatWasLeftOutAndWhyRecordingEnded() {
        options = Map.of("include", "app.*", "jdk", "false", "nurseryBytes", "4096");
        analysis = analysis();
        List<UninstrumentedClass> left = new ArrayList<>();
        left.add(new UninstrumentedClass("app.Huge", "too large"));
        AnalysisResult result = analysis.result(new RecordingEnd(1L, 5L, "log full", left));
        assertEquals(
                List.of(
                        "partial: not all classes were instrumented, include=app.*, jdk=false",
                        "recording ended early: log full"),
                result.notes());
        assertEquals(List.of(new AnalysisResult.Uninstrumented("app.Huge", "too large")), result.uninstrumented());
        assertEquals(5L, result.fidelity().allocatedBytes());
    }

    @Test
    void readsBackTheRecordedHeap() {
        Map<String, String> written = RecordedConfiguration.options(CONFIGURATION);
        Recording recording = new Recording("p", "v", 0, ObjectModel.DEFAULT, written);
        assertEquals(CONFIGURATION, RecordedConfiguration.read(recording, 1 << 30));
    }

    @Test
    void releasesTheMirror() {
        analysis.close();
        assertTrue(released);
    }
}
