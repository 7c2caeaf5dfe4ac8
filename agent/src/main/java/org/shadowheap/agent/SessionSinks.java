package org.shadowheap.agent;

import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.Analysis;
import org.shadowheap.event.EventSink;
import org.shadowheap.trace.TraceWriter;

/**
 * Where the events of a session go.
 *
 * @param all what the drain calls: those below, and whoever listens beside them
 * @param analysis null if the session records only
 * @param writer null if there is no trace
 */
record SessionSinks(
        EventSink all,
        @Nullable Analysis analysis,
        @Nullable TraceWriter writer) {}
