package org.shadowheap.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.shadowheap.analysis.Analysis;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.RecordedConfiguration;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.Recording;
import org.shadowheap.event.Tee;
import org.shadowheap.heap.ShadowGraph;
import org.shadowheap.trace.TraceContents;
import org.shadowheap.trace.TraceReader;

/** A replay that somebody watches: who hears of each event when the shadow heap has applied it, and may look at its objects. */
public final class WatchedReplay {

    private WatchedReplay() {}

    /**
     * Runs to the end of a trace, on this thread.
     *
     * @param watcher is given the objects before the first event
     */
    public static AnalysisResult run(
            Path trace, HeapOverrides heap, long boundBytes, Function<ShadowGraph, EventSink> watcher)
            throws IOException {
        try (WholeTrace known = WholeTrace.read(trace, TraceReader.Progress.NONE, Replay.keptBytes(boundBytes));
                TraceReader reader = TraceReader.open(trace)) {
            Recording recording = reader.recording();
            try (Analysis analysis =
                    new Analysis(recording, heap.apply(RecordedConfiguration.read(recording, boundBytes), known))) {
                EventSink both = Tee.of(analysis, watcher.apply(analysis.graph()));
                TraceContents contents = known.replay(reader, both, TraceReader.Progress.NONE);
                return analysis.result(contents.end());
            }
        }
    }
}
