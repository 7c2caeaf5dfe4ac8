/**
 * Runs a shadow heap from a trace, without the program that made it.
 *
 * <p>In flows a trace file, out flows an {@link org.shadowheap.analysis.AnalysisResult}, on the caller's thread. It is
 * the analysis of the live run that is fed here, by a reader instead of a drain, so equal configurations give equal
 * figures. This package knows neither the reports nor the agent.
 */
@NullMarked
package org.shadowheap.replay;

import org.jspecify.annotations.NullMarked;
