/**
 * The forms in which a result is read: {@link org.shadowheap.report.TextReport} by people, {@link
 * org.shadowheap.report.JsonReport} by programs.
 *
 * <p>In flows an {@link org.shadowheap.analysis.AnalysisResult}, out flows text, on the caller's thread. Equal results
 * give equal bytes on every machine: no locale, no clock, no order but the result's. This package knows nothing of the
 * heap or of where the result comes from.
 */
@NullMarked
package org.shadowheap.report;

import org.jspecify.annotations.NullMarked;
