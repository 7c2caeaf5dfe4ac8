package org.shadowheap.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.shadowheap.analysis.RecordedConfiguration;
import org.shadowheap.collect.CollectedHeap;
import org.shadowheap.heap.ShadowHeap;
import org.shadowheap.trace.TraceReader;

/**
 * Writes a trace in the text form of Elephant Tracks. Reads it twice: first for what is mentioned last when, then through a
 * shadow heap that finds what has died. Memory is that of a replay, a bit for each id and four bytes for each living object.
 */
public final class EtExport {

    private final Path trace;
    private final HeapOverrides heap;
    private final long boundBytes;

    /**
     * @param heap whose collections find what has died: the smaller its nursery, the sooner
     * @param boundBytes bound of its resident bytes
     */
    public EtExport(Path trace, HeapOverrides heap, long boundBytes) {
        this.trace = trace;
        this.heap = heap.whole();
        this.boundBytes = boundBytes;
    }

    /**
     * Writes all, on this thread; flushes nothing.
     *
     * @param meter is told how far it is, and may stop it
     * @return lines that were written
     * @throws org.shadowheap.trace.TraceFormatException if the trace is damaged
     * @throws IOException if it cannot be read, or {@code out} fails
     * @throws org.shadowheap.heap.HeapFullException if the shadow heap outgrows its bound
     * @throws NoRealCollectionsException if collections are asked for where the JVM had them, and it had none
     */
    public long write(Writer out, SweepMeter meter) throws IOException {
        long traceBytes = Files.size(trace);
        meter.expect(2 * traceBytes);
        try (WholeTrace known = WholeTrace.read(trace, meter.part(traceBytes), 0)) {
            if (heap.isAtReal()) {
                known.marks().requireSome();
            }
            return write(out, known, meter.part(traceBytes));
        }
    }

    private long write(Writer out, WholeTrace known, SweepMeter.Part part) throws IOException {
        EtLines lines = new EtLines(out);
        Deaths deaths = new Deaths(lines::death);
        try (TraceReader reader = TraceReader.open(trace);
                ShadowHeap mirror = CollectedHeap.open(
                        heap.apply(RecordedConfiguration.read(reader.recording(), boundBytes), known),
                        (site, arrayType, oldToYoung, pageListed) -> {},
                        deaths)) {
            EtEvents events = new EtEvents(mirror, deaths, lines);
            reader.read(events, part);
            events.end();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return lines.count();
    }
}
