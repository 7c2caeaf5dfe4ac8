/**
 * Turns a stream of events into the figures of a report.
 *
 * <p>In flow the events, on one thread: the drain of a live run or the reader of a trace, which are the same to this
 * package. {@link org.shadowheap.analysis.Analysis} hands each event to a shadow heap and hears back from it, on the
 * same thread, of every store and every collection. Out flows an {@link org.shadowheap.analysis.AnalysisResult}, plain
 * records that mirror the JSON result name by name.
 *
 * <p>The result of a live run and that of the replay of its trace are equal, times excepted: nothing in here may look
 * at a clock, at the JVM it runs in, or at the order of a hash table. A store costs one or two array updates and no
 * allocation. This package knows no report.
 */
@NullMarked
package org.shadowheap.analysis;

import org.jspecify.annotations.NullMarked;
