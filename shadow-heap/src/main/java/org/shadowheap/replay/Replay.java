package org.shadowheap.replay;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
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
    private @Nullable WholeTrace known;

    /**
     * @param boundBytes bound of the shadow heap's resident bytes
     */
    public Replay(Path trace, HeapOverrides overrides, long boundBytes) {
        this(trace, overrides, boundBytes, null);
    }

    /**
     * @param known of the trace; null to read that first, if it is needed
     */
    Replay(Path trace, HeapOverrides overrides, long boundBytes, @Nullable WholeTrace known) {
        this.trace = trace;
        this.overrides = overrides;
        this.boundBytes = boundBytes;
        this.known = known;
    }

    /**
     * Runs to the end of the trace, on this thread.
     *
     * @param progress of the replay; if the trace has to be read before, nobody is told of that
     * @throws org.shadowheap.trace.TraceFormatException if the trace is damaged
     * @throws IOException if it cannot be read
     * @throws org.shadowheap.heap.HeapFullException if the shadow heap outgrows its bound
     * @throws NoRealCollectionsException if collections are asked for where the JVM had them, and it had none
     * @throws IllegalArgumentException if it does not say, or wrongly, what heap it was recorded with
     */
    public AnalysisResult run(TraceReader.Progress progress) throws IOException {
        return runOnce(progress).result();
    }

    /** As {@link #run}, and says whether the bound shaped the result. */
    Run runOnce(TraceReader.Progress progress) throws IOException {
        if (known == null && overrides.needsWholeTrace()) {
            known = WholeTrace.read(trace, TraceReader.Progress.NONE, keptBytes(boundBytes));
            try {
                return runKnowing(progress);
            } finally {
                known.close();
            }
        }
        return runKnowing(progress);
    }

    /** Bytes of decoded records to keep beside shadow heaps that may take so many together. */
    static long keptBytes(long heapBytes) {
        return heapBytes / 2;
    }

    private Run runKnowing(TraceReader.Progress progress) throws IOException {
        if (overrides.isAtReal() && known != null) {
            known.marks().requireSome();
        }
        try (TraceReader reader = TraceReader.open(trace)) {
            Recording recording = reader.recording();
            try (Analysis analysis = new Analysis(
                    recording, overrides.apply(RecordedConfiguration.read(recording, boundBytes), known))) {
                TraceContents contents =
                        known == null ? reader.read(analysis, progress) : known.replay(reader, analysis, progress);
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
