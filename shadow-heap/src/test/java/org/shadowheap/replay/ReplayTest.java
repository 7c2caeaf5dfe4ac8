package org.shadowheap.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shadowheap.replay.GrowingList.BOUND;
import static org.shadowheap.replay.GrowingList.END;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.LiveMethod;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.RandomEvents;
import org.shadowheap.event.Recording;
import org.shadowheap.heap.HeapFullException;
import org.shadowheap.remset.RememberedSetPolicy;
import org.shadowheap.trace.TraceReader;
import org.shadowheap.trace.TraceWriter;

final class ReplayTest {

    @TempDir
    private Path directory;

    private static AnalysisResult live(Path trace) throws IOException {
        return GrowingList.record(trace);
    }

    private static AnalysisResult live(Path trace, Consumer<EventSink> program) throws IOException {
        return GrowingList.record(trace, program);
    }

    @Test
    void equalsTheLiveAnalysisFigureForFigure() throws IOException {
        Path trace = directory.resolve("trace");
        AnalysisResult live = live(trace);
        AnalysisResult replayed = new Replay(trace, HeapOverrides.NONE, BOUND).run(TraceReader.Progress.NONE);
        assertEquals(live.withoutTimes(), replayed.withoutTimes());
        assertTrue(live.collections().minor().count() > 10);
        assertTrue(live.stores().oldToYoung() > 10);
        assertEquals(0, live.fidelity().contradictions());
        assertEquals("app.List.append:10", live.sites().get(0).site());
    }

    @Test
    void equalsTheLiveAnalysisOfEventsThatMakeNoSense() throws IOException {
        long seed = Long.getLong("seed", ThreadLocalRandom.current().nextLong());
        System.out.println("seed=" + seed);
        long collections = 0;
        for (int i = 0; i < 20; i++) {
            long each = seed + i;
            Path trace = directory.resolve("trace" + i);
            AnalysisResult live = live(trace, sink -> new RandomEvents(each, 100).feed(5_000, sink));
            AnalysisResult replayed = new Replay(trace, HeapOverrides.NONE, BOUND).run(TraceReader.Progress.NONE);
            assertEquals(live.withoutTimes(), replayed.withoutTimes(), "seed=" + each);
            collections += live.collections().minor().count();
        }
        assertTrue(collections > 0);
    }

    @Test
    void givesTheSameResultEveryTime() throws IOException {
        Path trace = directory.resolve("trace");
        live(trace);
        Replay replay = new Replay(trace, HeapOverrides.NONE, BOUND);
        assertEquals(
                replay.run(TraceReader.Progress.NONE).withoutTimes(),
                replay.run(TraceReader.Progress.NONE).withoutTimes());
    }

    @Test
    void runsAnotherHeapWhenAskedTo() throws IOException {
        Path trace = directory.resolve("trace");
        AnalysisResult live = live(trace);
        AnalysisResult other = new Replay(
                        trace, new HeapOverrides(32_768L, 4096, 2, RememberedSetPolicy.CARDS, 256, true), BOUND)
                .run(TraceReader.Progress.NONE);
        assertEquals(
                new AnalysisResult.Configuration(32_768, 4096, 2, "cards", 256L, 1, 1, "live", "all", "nursery"),
                other.configuration());
        assertTrue(
                other.collections().minor().count() < live.collections().minor().count());
        assertEquals(live.events(), other.events());
    }

    /** Live nothing shows that a node lives which only a local variable holds for many collections; the whole trace does. */
    @Test
    void theWholeTraceTellsWhatIsAlive() throws IOException {
        Path trace = directory.resolve("trace");
        int kept = 1_000_000;
        AnalysisResult live = live(trace, sink -> {
            GrowingList.append(sink, 1);
            sink.birth(kept, GrowingList.NODE_TYPE, 0);
            for (int id = 200; id < 5_000; id++) {
                sink.birth(id, GrowingList.NODE_TYPE, 0);
                if (id % 50 == 0) {
                    sink.round();
                }
            }
            sink.fieldStore(100, GrowingList.NEXT_OFFSET, kept, 1);
            sink.round();
        });
        assertEquals(1, live.fidelity().resurrected());
        assertTrue(live.collections().minor().survivedBytes() > 10 * 24, "what was mentioned lately");
        SweepOutcome outcome = new Sweep(trace, List.of(HeapOverrides.NONE.whole()), 1, BOUND, BOUND)
                .run(new SweepMeter())
                .get(0);
        AnalysisResult whole = Objects.requireNonNull(outcome.result());
        assertEquals("whole", whole.configuration().liveness());
        assertEquals(0, whole.fidelity().resurrected());
        assertEquals(2 * 24, whole.collections().minor().survivedBytes(), "the list and what is kept");
        assertEquals(live.events(), whole.events());
        LiveMethod error = LiveMethod.of(live, whole);
        assertEquals(live.collections().minor().survivedBytes(), error.survivedBytes());
        assertEquals(
                live.collections().minor().survivedBytes() / 48.0 - 1,
                Objects.requireNonNull(error.survivedBytesError()),
                1e-9);
        assertEquals(1, error.resurrected());
        assertEquals(0.0, LiveMethod.of(whole, whole).survivedBytesError());
        assertEquals(0.0, LiveMethod.of(whole, whole).dirtyPagesError());
    }

    @Test
    void readsACutTraceAndNotesIt() throws IOException {
        Path trace = directory.resolve("trace");
        live(trace);
        byte[] bytes = Files.readAllBytes(trace);
        Files.write(trace, Arrays.copyOf(bytes, bytes.length - 1));
        AnalysisResult result = new Replay(trace, HeapOverrides.NONE, BOUND).run(TraceReader.Progress.NONE);
        assertEquals(List.of("recording ended early: the trace was cut off, what it holds is valid"), result.notes());
        assertNotEquals(0, result.stores().reference());
    }

    @Test
    void saysThatTheHeapIsFullInOneLine() throws IOException {
        Path trace = directory.resolve("trace");
        live(trace);
        Replay replay = new Replay(trace, HeapOverrides.NONE, 384 << 10);
        HeapFullException e = assertThrows(HeapFullException.class, () -> replay.run(TraceReader.Progress.NONE));
        assertTrue(e.getMessage().contains("boundBytes=393216"), e.getMessage());
    }

    @Test
    void namesTheOptionThatARecordingLacks() throws IOException {
        Path trace = directory.resolve("trace");
        Recording bare = new Recording("p", "v", 0, ObjectModel.DEFAULT, Map.of("nurseryBytes", "8192"));
        TraceWriter.create(trace, bare).finish(END);
        Replay replay = new Replay(trace, HeapOverrides.NONE, BOUND);
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> replay.run(TraceReader.Progress.NONE));
        assertEquals("pageBytes must be a recorded number: pageBytes=null", e.getMessage());
    }
}
