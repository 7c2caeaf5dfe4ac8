/**
 * The stream of events that everything behind the barrier consumes.
 *
 * <p>Flows in: records of the event log, in merged order, from the drain; or records of a trace. Flows out: calls of
 * {@link org.shadowheap.event.EventSink}, on the thread that drives the decoder. A live run and a replay feed the same
 * sinks, so they reach the same figures. Definitions ({@link org.shadowheap.event.TypeDefinition}, {@link
 * org.shadowheap.event.SiteDefinition}) come before the first event that mentions them. This package knows neither the
 * heap nor the trace nor the agent.
 */
@NullMarked
package org.shadowheap.event;

import org.jspecify.annotations.NullMarked;
