package org.shadowheap.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shadowheap.analysis.Analysis;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.RecordedConfiguration;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.RandomEvents;
import org.shadowheap.event.Recording;
import org.shadowheap.event.RecordingEnd;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.Tee;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.event.UninstrumentedClass;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.HeapFullException;
import org.shadowheap.remset.RememberedSetPolicy;
import org.shadowheap.trace.TraceWriter;

/** A list that lives long and is appended to: its last node is old when the next one is young. */
final class ReplayTest {

    private static final long BOUND = 1L << 28;
    private static final HeapConfiguration HEAP = new HeapConfiguration(8192, 512, 1, BOUND, ObjectModel.DEFAULT);
    private static final RecordingEnd END =
            new RecordingEnd(1_000_000L, 123L, null, List.of(new UninstrumentedClass("app.Huge", "too large")));

    private static final int CLASS_TYPE = 1;
    private static final int NODE_TYPE = 2;
    private static final int LIST = 3;
    private static final int HEAD_OFFSET = 112;
    private static final int NEXT_OFFSET = 12;
    private static final int NODES = 5_000;

    @TempDir
    private Path directory;

    /** Appends nodes to a list whose head is a static; of three nodes one is dropped. */
    private static void append(EventSink sink) {
        List<FieldDefinition> next = List.of(new FieldDefinition("next", NEXT_OFFSET, false));
        List<FieldDefinition> head = List.of(new FieldDefinition("head", HEAD_OFFSET, false));
        sink.type(new TypeDefinition(CLASS_TYPE, "java.lang.Class", 0, 0, Shape.MIRROR, 0, 0, List.of(), List.of()));
        sink.type(new TypeDefinition(NODE_TYPE, "app.Node", 1, 0, Shape.INSTANCE, 24, 0, next, List.of()));
        sink.type(new TypeDefinition(LIST, "app.List", 1, 0, Shape.INSTANCE, 16, 0, List.of(), head));
        sink.site(new SiteDefinition(1, "app.List", "append", 10, "app.Node.next"));
        sink.site(new SiteDefinition(2, "app.List", "create", 5, "app.List.head"));
        for (int mirror : new int[] {CLASS_TYPE, NODE_TYPE, LIST}) {
            sink.contact(mirror, CLASS_TYPE, 120);
            sink.snapshotEnd(mirror);
        }
        int last = 100;
        sink.birth(last, NODE_TYPE, 0);
        sink.staticStore(LIST, HEAD_OFFSET, last, 2);
        for (int id = 101; id < 100 + NODES; id++) {
            sink.birth(id, NODE_TYPE, 0);
            if (id % 3 != 0) {
                sink.fieldStore(last, NEXT_OFFSET, id, 1);
                last = id;
            }
            if (id % 50 == 0) {
                sink.round();
            }
        }
        sink.round();
    }

    private AnalysisResult live(Path trace) throws IOException {
        return live(trace, ReplayTest::append);
    }

    private static AnalysisResult live(Path trace, Consumer<EventSink> program) throws IOException {
        Recording recording =
                new Recording("app.Main", "Some VM", 0, ObjectModel.DEFAULT, RecordedConfiguration.options(HEAP));
        try (Analysis analysis = new Analysis(recording, HEAP);
                TraceWriter writer = TraceWriter.create(trace, recording)) {
            program.accept(Tee.of(analysis, writer));
            writer.finish(END);
            return analysis.result(END);
        }
    }

    @Test
    void equalsTheLiveAnalysisFigureForFigure() throws IOException {
        Path trace = directory.resolve("trace");
        AnalysisResult live = live(trace);
        AnalysisResult replayed = new Replay(trace, HeapOverrides.NONE, BOUND).run(Replay.Progress.NONE);
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
            AnalysisResult replayed = new Replay(trace, HeapOverrides.NONE, BOUND).run(Replay.Progress.NONE);
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
                replay.run(Replay.Progress.NONE).withoutTimes(),
                replay.run(Replay.Progress.NONE).withoutTimes());
    }

    @Test
    void runsAnotherHeapWhenAskedTo() throws IOException {
        Path trace = directory.resolve("trace");
        AnalysisResult live = live(trace);
        AnalysisResult other = new Replay(
                        trace, new HeapOverrides(32_768L, 4096, 2, RememberedSetPolicy.CARDS, 256, true), BOUND)
                .run(Replay.Progress.NONE);
        assertEquals(
                new AnalysisResult.Configuration(32_768, 4096, 2, "cards", 256L, 1, 1, "all"), other.configuration());
        assertTrue(
                other.collections().minor().count() < live.collections().minor().count());
        assertEquals(live.events(), other.events());
    }

    @Test
    void readsACutTraceAndNotesIt() throws IOException {
        Path trace = directory.resolve("trace");
        live(trace);
        byte[] bytes = Files.readAllBytes(trace);
        Files.write(trace, Arrays.copyOf(bytes, bytes.length - 1));
        AnalysisResult result = new Replay(trace, HeapOverrides.NONE, BOUND).run(Replay.Progress.NONE);
        assertEquals(List.of("recording ended early: the trace was cut off, what it holds is valid"), result.notes());
        assertNotEquals(0, result.stores().reference());
    }

    @Test
    void saysThatTheHeapIsFullInOneLine() throws IOException {
        Path trace = directory.resolve("trace");
        live(trace);
        Replay replay = new Replay(trace, HeapOverrides.NONE, 384 << 10);
        HeapFullException e = assertThrows(HeapFullException.class, () -> replay.run(Replay.Progress.NONE));
        assertTrue(e.getMessage().contains("boundBytes=393216"), e.getMessage());
    }

    @Test
    void namesTheOptionThatARecordingLacks() throws IOException {
        Path trace = directory.resolve("trace");
        Recording bare = new Recording("p", "v", 0, ObjectModel.DEFAULT, Map.of("nurseryBytes", "8192"));
        TraceWriter.create(trace, bare).finish(END);
        Replay replay = new Replay(trace, HeapOverrides.NONE, BOUND);
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> replay.run(Replay.Progress.NONE));
        assertEquals("pageBytes must be a recorded number: pageBytes=null", e.getMessage());
    }
}
