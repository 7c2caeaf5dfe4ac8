package org.shadowheap.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.shadowheap.analysis.Analysis;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.RecordedConfiguration;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.Recording;
import org.shadowheap.event.RecordingEnd;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.Tee;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.event.UninstrumentedClass;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.trace.TraceWriter;

/** A list that lives long and is appended to: its last node is old when the next one is young. */
final class GrowingList {

    static final long BOUND = 1L << 28;
    static final HeapConfiguration HEAP = new HeapConfiguration(8192, 512, 1, BOUND, ObjectModel.DEFAULT);
    static final RecordingEnd END =
            new RecordingEnd(1_000_000L, 123L, null, List.of(new UninstrumentedClass("app.Huge", "too large")));

    private static final int CLASS_TYPE = 1;
    static final int NODE_TYPE = 2;
    private static final int LIST = 3;
    private static final int HEAD_OFFSET = 112;
    static final int NEXT_OFFSET = 12;
    private static final int NODES = 5_000;

    private GrowingList() {}

    /** Appends nodes to a list whose head is a static; of three nodes one is dropped. */
    static void append(EventSink sink, int nodes) {
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
        for (int id = 101; id < 100 + nodes; id++) {
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

    /** Records it while it is analysed. */
    static AnalysisResult record(Path trace) throws IOException {
        return record(trace, sink -> append(sink, NODES));
    }

    static AnalysisResult record(Path trace, Consumer<EventSink> program) throws IOException {
        Recording recording =
                new Recording("app.Main", "Some VM", 0, ObjectModel.DEFAULT, RecordedConfiguration.options(HEAP));
        try (Analysis analysis = new Analysis(recording, HEAP);
                TraceWriter writer = TraceWriter.create(trace, recording)) {
            program.accept(Tee.of(analysis, writer));
            writer.finish(END);
            return analysis.result(END);
        }
    }
}
