/**
 * Keeps what the file of a trace does not hold yet where the death of the process cannot reach it: in a mapped file beside the
 * trace, from which a later JVM goes on.
 *
 * <p>Flows in, while a recording runs: ends of rounds and what was read of the logs, from the drain; definitions, from any
 * thread; what of the trace is written, from the thread that writes it. The barrier's own memory, cells and chunks, lies in the
 * file, so nothing is copied on the way of an event. Flows out, in another JVM: the events that the trace lacks, to the writer
 * that finishes it ({@code Recovery}).
 *
 * <p>What must hold at any instruction: the file has a <em>checkpoint</em>, a place in the trace and a position in each log that
 * belong together, and from that position on nothing of the logs is used for anything else. {@code docs/log-format.md} has the layout.
 * This package knows nothing of the heap, and nothing of instrumentation but that definitions come from there.
 */
@NullMarked
package org.shadowheap.journal;

import org.jspecify.annotations.NullMarked;
