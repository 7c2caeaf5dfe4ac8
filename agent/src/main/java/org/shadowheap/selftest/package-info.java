/**
 * A little program whose stores are known. It is instrumented like an application's classes, and run through the barrier
 * before the application begins; knows nothing of the agent.
 */
@NullMarked
package org.shadowheap.selftest;

import org.jspecify.annotations.NullMarked;
