package org.shadowheap.trace;

import org.shadowheap.event.RecordingEnd;

/**
 * What a reader found in a trace.
 *
 * @param records records that were handed on
 * @param definitions types and sites that were handed on
 * @param cut whether the trace ends without its end block: its process was killed
 * @param end how the recording ended; {@link RecordingEnd#CUT} if cut
 */
public record TraceContents(long records, long definitions, boolean cut, RecordingEnd end) {}
