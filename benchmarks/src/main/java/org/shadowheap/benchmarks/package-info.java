/**
 * What the parts cost, in JMH.
 *
 * <p>{@link org.shadowheap.benchmarks.StoreBenchmark} runs with and without the agent, by options of the command line;
 * the others call our code directly. Figures and commands are in {@code docs/performance.md}.
 */
@NullMarked
package org.shadowheap.benchmarks;

import org.jspecify.annotations.NullMarked;
