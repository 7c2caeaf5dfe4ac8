package org.shadowheap.replay;

import java.io.IOException;
import java.nio.file.Path;
import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.RecordSink;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.trace.TraceContents;
import org.shadowheap.trace.TraceReader;

/**
 * What replays know of a trace before they begin, because it has been read to its end.
 *
 * @param mentions when each object is mentioned last
 * @param marks where the JVM itself collected
 * @param kept its first records, decoded
 */
record WholeTrace(LastMentions mentions, RealMarks marks, KeptRecords kept) implements AutoCloseable {

    /**
     * Reads a trace to its end.
     *
     * @param keptBytes how much native memory decoded records may take
     * @throws org.shadowheap.trace.TraceFormatException if the trace is damaged
     * @throws IOException if it cannot be read, or there is no memory for what must be kept of it
     */
    static WholeTrace read(Path trace, TraceReader.Progress progress, long keptBytes) throws IOException {
        WholeTrace whole = new WholeTrace(
                new LastMentions(Runtime.getRuntime().maxMemory()), new RealMarks(), new KeptRecords(keptBytes));
        try (TraceReader reader = TraceReader.open(trace)) {
            reader.readRecords(new Taking(whole), (records, bytes) -> {
                whole.kept.blockEnds(reader.place());
                progress.reached(records, bytes);
            });
            return whole;
        } catch (OutOfMemoryError e) {
            whole.close();
            throw new IOException(
                    "the trace needs more memory than there is, about 4 MiB for a million objects, which may take as much as the Java heap: -Xmx",
                    e);
        } catch (Throwable e) {
            whole.close();
            throw e;
        }
    }

    /** Feeds the trace to a sink, on this thread, what is kept of it from memory; any number of threads at once. */
    TraceContents replay(TraceReader reader, EventSink sink, TraceReader.Progress progress) throws IOException {
        TraceReader.Place place = kept.play(sink, progress);
        if (place != null) {
            reader.skipTo(place);
        }
        return reader.read(sink, progress);
    }

    /** Gives up what is kept of the trace, when all replays have ended. */
    @Override
    public void close() {
        mentions.close();
        kept.close();
    }

    /** Takes the records of the first reading. */
    private record Taking(WholeTrace whole) implements RecordSink {

        @Override
        public void type(TypeDefinition type) {
            whole.kept.define(type);
        }

        @Override
        public void site(SiteDefinition site) {
            whole.kept.define(site);
        }

        @Override
        public void caller(CallerDefinition caller) {
            whole.kept.define(caller);
        }

        @Override
        public void records(long[] words, int count) {
            whole.mentions.records(words, count);
            whole.marks.records(words, count);
            whole.kept.add(words, count);
        }
    }
}
