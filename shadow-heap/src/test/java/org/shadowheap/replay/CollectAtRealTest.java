package org.shadowheap.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shadowheap.replay.GrowingList.BOUND;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.CollectionFigures.MinorCollection;
import org.shadowheap.event.CollectionKind;
import org.shadowheap.event.EventSink;
import org.shadowheap.heap.CollectAt;
import org.shadowheap.remset.RememberedSetPolicy;
import org.shadowheap.trace.TraceReader;

/** The recorded heap collects each 8 KiB; the JVM here collected when it is told below. */
final class CollectAtRealTest {

    private static final int NODE_BYTES = 24;
    private static final HeapOverrides REAL = HeapOverrides.NONE.whole().withCollectAt(CollectAt.REAL);

    @TempDir
    private Path directory;

    private Path trace;

    @BeforeEach
    void name() {
        trace = directory.resolve("trace");
    }

    /** Rounds of a hundred nodes that die at once, the list's three before them. */
    private static void rounds(EventSink sink, int rounds, Marks marks) {
        GrowingList.append(sink, 1);
        int id = 200;
        for (int round = 1; round <= rounds; round++) {
            for (int i = 0; i < 100; i++) {
                sink.birth(id++, GrowingList.NODE_TYPE, 0);
            }
            marks.of(round, sink);
            sink.round();
        }
    }

    private interface Marks {
        void of(int round, EventSink sink);
    }

    private static void young(EventSink sink) {
        sink.realCollection(CollectionKind.YOUNG.number(), 1, 1, 64);
    }

    private AnalysisResult record(int rounds, Marks marks) throws IOException {
        return GrowingList.record(trace, sink -> rounds(sink, rounds, marks));
    }

    private AnalysisResult replay(HeapOverrides heap) throws IOException {
        return new Replay(trace, heap, BOUND).run(TraceReader.Progress.NONE);
    }

    private static List<Long> clocks(AnalysisResult result) {
        return result.minorCollections().stream()
                .map(MinorCollection::clockBytes)
                .toList();
    }

    /** The recorded heap does what it was asked for, and so does its replay; what collects where the JVM does has not been asked. */
    @Test
    void aCollectionThatIsAskedForComesAtTheEndOfItsRoundAndIsNoneOfTheJvms() throws IOException {
        AnalysisResult live = record(3, (round, sink) -> {
            if (round == 1) {
                sink.realCollection(CollectionKind.ASKED.number(), 1, 0, 0);
            }
        });
        assertEquals(List.of(NODE_BYTES + 100L * NODE_BYTES), clocks(live));
        assertNull(live.realCollections());
        assertEquals(clocks(live), clocks(replay(HeapOverrides.NONE)));
        assertThrows(NoRealCollectionsException.class, () -> replay(REAL));
    }

    @Test
    void collectionsComeAtTheEndsOfTheRoundsInWhichTheJvmCollectedItsYoungGeneration() throws IOException {
        AnalysisResult live = record(20, (round, sink) -> {
            if (round == 3 || round == 17) {
                young(sink);
            }
            if (round == 9) {
                sink.realCollection(CollectionKind.OLD.number(), 1, 1, 0);
                sink.realCollection(CollectionKind.PAUSE.number(), 1, 1, 0);
            }
        });
        AnalysisResult real = replay(REAL);
        long first = NODE_BYTES;
        assertEquals(List.of(first + 3 * 100 * NODE_BYTES, first + 17 * 100 * NODE_BYTES), clocks(real));
        assertEquals("real", real.configuration().collectAt());
        assertEquals(64 << 10, real.configuration().nurseryBytes(), "what was full of the JVM's eden");
        assertTrue(clocks(live).size() > 2, "by its nursery");
        assertEquals("nursery", live.configuration().collectAt());
        assertEquals(live.events(), real.events());
        assertEquals(
                2,
                real.realCollections().stream().filter(each -> each.isYoung()).count());
    }

    /** They cause collections as those do that are told of later; what the JVM's eden was is told elsewhere. */
    @Test
    void collectionsInPlaceAreFollowedAndTheNurseryIsTheEdenThatIsToldOfThem() throws IOException {
        int young = CollectionKind.YOUNG.number();
        record(20, (round, sink) -> {
            if (round == 3 || round == 17) {
                sink.collectedHere(young, round, 1, 1);
            }
            if (round == 9) {
                sink.collectedHere(CollectionKind.OLD.number(), 1, 1, 1);
                sink.collectionTold(young, 3, 1, 64);
                sink.collectionTold(CollectionKind.OLD.number(), 1, 1, 128);
            }
        });
        AnalysisResult real = replay(REAL);
        long first = NODE_BYTES;
        assertEquals(List.of(first + 3 * 100 * NODE_BYTES, first + 17 * 100 * NODE_BYTES), clocks(real));
        assertEquals(64 << 10, real.configuration().nurseryBytes());
    }

    /** A node that is stored to later lives through both: with a tenure of two the second promotes it. */
    @Test
    void eachMarkOfARoundIsACollectionSoWhatSurvivesGrowsOlder() throws IOException {
        for (int marks = 1; marks <= 2; marks++) {
            int inOneRound = marks;
            record(2, (round, sink) -> {
                if (round == 1) {
                    for (int i = 0; i < inOneRound; i++) {
                        young(sink);
                    }
                } else {
                    sink.fieldStore(200, GrowingList.NEXT_OFFSET, 0, 1);
                }
            });
            HeapOverrides tenureTwo = new HeapOverrides(null, null, 2, null, null, true, true, CollectAt.REAL);
            AnalysisResult result = replay(tenureTwo);
            assertEquals(marks, result.collections().minor().count());
            assertEquals(
                    marks == 1 ? 0 : 2 * NODE_BYTES,
                    result.collections().minor().promotedBytes(),
                    "that node and the list's");
        }
    }

    @Test
    void sweepCollectsAllItsHeapsThere() throws IOException {
        record(20, (round, sink) -> {
            if (round % 5 == 0) {
                young(sink);
            }
        });
        HeapOverrides cards =
                new HeapOverrides(null, null, 1, RememberedSetPolicy.CARDS, 256, true, true, CollectAt.REAL);
        for (SweepOutcome each :
                new Sweep(trace, List.of(REAL, cards, HeapOverrides.NONE), 2, BOUND, BOUND).run(new SweepMeter())) {
            AnalysisResult result = Objects.requireNonNull(each.result());
            boolean isReal = each.heap().collectAt() == CollectAt.REAL;
            assertEquals(isReal, result.collections().minor().count() == 4, each.heap()::toString);
            assertEquals(isReal ? "whole" : "live", result.configuration().liveness());
            assertFalse(each.isBoundFelt());
            assertEquals(replay(each.heap()).withoutTimes(), result.withoutTimes());
        }
    }

    /** 12 MB are born before the only mark, into a heap of 4 MiB. */
    @Test
    void aHeapThatHasNoRoomUntilTheMarkCollectsBeforeItAndSaysSo() throws IOException {
        record(5_000, (round, sink) -> {
            if (round == 4_999) {
                young(sink);
            }
        });
        SweepOutcome small = new Sweep(trace, List.of(REAL), 1, 4 << 20, 4 << 20)
                .run(new SweepMeter())
                .get(0);
        AnalysisResult result = Objects.requireNonNull(small.result(), () -> String.valueOf(small.failure()));
        assertTrue(small.isBoundFelt());
        assertTrue(result.collections().minor().count() > 1);
        SweepOutcome large = new Sweep(trace, List.of(REAL), 1, BOUND, BOUND)
                .run(new SweepMeter())
                .get(0);
        assertFalse(large.isBoundFelt());
        assertEquals(
                1, Objects.requireNonNull(large.result()).collections().minor().count());
    }

    @Test
    void aTraceWithoutYoungCollectionsIsRefusedInOneLine() throws IOException {
        record(20, (round, sink) -> sink.realCollection(CollectionKind.CYCLE.number(), 1, 1, 0));
        String line =
                "collect-at real needs young collections of the JVM itself, and this trace tells of none: collect-at=real";
        assertEquals(
                line,
                assertThrows(NoRealCollectionsException.class, () -> replay(REAL))
                        .getMessage());
        Sweep sweep = new Sweep(trace, List.of(HeapOverrides.NONE, REAL), 2, BOUND, BOUND);
        assertEquals(
                line,
                assertThrows(NoRealCollectionsException.class, () -> sweep.run(new SweepMeter()))
                        .getMessage());
    }
}
