/**
 * Runs a shadow heap from a trace, without the program that made it; or several, one for each configuration of a sweep.
 *
 * <p>In flows a trace file, out flows an {@link org.shadowheap.analysis.AnalysisResult} for each heap, or a trace in a form of other
 * tools. A single replay runs
 * on the caller's thread, those of a sweep on threads of their own, which share nothing but the file and the meter. It is
 * the analysis of the live run that is fed here, by a reader instead of a drain, so equal configurations give equal
 * figures. This package knows neither the reports nor the agent.
 */
@NullMarked
package org.shadowheap.replay;

import org.jspecify.annotations.NullMarked;
