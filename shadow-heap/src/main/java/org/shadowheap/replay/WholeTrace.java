package org.shadowheap.replay;

import java.io.IOException;
import java.nio.file.Path;
import org.shadowheap.event.Tee;
import org.shadowheap.trace.TraceReader;

/**
 * What replays know of a trace before they begin, because it has been read to its end.
 *
 * @param mentions when each object is mentioned last
 * @param marks where the JVM itself collected
 */
record WholeTrace(LastMentions mentions, RealMarks marks) {

    /**
     * Reads a trace to its end.
     *
     * @throws org.shadowheap.trace.TraceFormatException if the trace is damaged
     * @throws IOException if it cannot be read, or what must be kept of it does not fit into the Java heap
     */
    static WholeTrace read(Path trace, TraceReader.Progress progress) throws IOException {
        try (TraceReader reader = TraceReader.open(trace)) {
            WholeTrace whole = new WholeTrace(new LastMentions(), new RealMarks());
            reader.read(Tee.of(whole.mentions, whole.marks), progress);
            return whole;
        } catch (OutOfMemoryError e) {
            throw new IOException(
                    "the trace needs more memory than there is, 8 MiB and about 4 MiB for a million objects: -Xmx", e);
        }
    }
}
