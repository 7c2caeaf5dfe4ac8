/**
 * Small programs with known answers, and drivers of real applications.
 *
 * <p>Each numbered sample opens with its lesson, can run with a fix, and holds what a report must show of it, with and without
 * the fix, beside the code. A sample is an ordinary program: it knows nothing of the agent, and prints one line that is the same with and without it.
 */
@NullMarked
package org.shadowheap.samples;

import org.jspecify.annotations.NullMarked;
