/**
 * Small programs with known answers, and drivers of real applications.
 *
 * <p>Each numbered sample opens with its lesson and holds its expected figures as constants beside the code. A sample is
 * an ordinary program: it knows nothing of the agent, and prints one line that is the same with and without it.
 */
@NullMarked
package org.shadowheap.samples;

import org.jspecify.annotations.NullMarked;
