package org.shadowheap.replay;

import java.io.IOException;
import java.nio.file.Path;
import org.shadowheap.analysis.Analysis;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.RecordedConfiguration;
import org.shadowheap.event.Recording;
import org.shadowheap.trace.TraceContents;
import org.shadowheap.trace.TraceReader;

/** Feeds a trace to a shadow heap and returns what the analysis found. */
public final class Replay {

    private final Path trace;
    private final HeapOverrides overrides;
    private final long boundBytes;

    /**
     * @param boundBytes bound of the shadow heap's resident bytes
     */
    public Replay(Path trace, HeapOverrides overrides, long boundBytes) {
        this.trace = trace;
        this.overrides = overrides;
        this.boundBytes = boundBytes;
    }

    /**
     * Runs to the end of the trace, on this thread.
     *
     * @throws org.shadowheap.trace.TraceFormatException if the trace is damaged
     * @throws IOException if it cannot be read
     * @throws org.shadowheap.heap.HeapFullException if the shadow heap outgrows its bound
     * @throws IllegalArgumentException if it does not say, or wrongly, what heap it was recorded with
     */
    public AnalysisResult run(TraceReader.Progress progress) throws IOException {
        return runOnce(progress).result();
    }

    /** As {@link #run}, and says whether the bound shaped the result. */
    Run runOnce(TraceReader.Progress progress) throws IOException {
        try (TraceReader reader = TraceReader.open(trace)) {
            Recording recording = reader.recording();
            try (Analysis analysis =
                    new Analysis(recording, overrides.apply(RecordedConfiguration.read(recording, boundBytes)))) {
                TraceContents contents = reader.read(analysis, progress);
                return new Run(analysis.result(contents.end()), analysis.isBoundFelt());
            }
        }
    }

    /**
     * A replay that went to the end.
     *
     * @param isBoundFelt whether a larger bound might give other figures
     */
    record Run(AnalysisResult result, boolean isBoundFelt) {}
}
