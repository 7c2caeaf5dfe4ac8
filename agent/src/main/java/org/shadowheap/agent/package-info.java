/**
 * Brings the agent to life in a JVM and ends it: options, what this JVM is like, the boot-resident classes, the session.
 *
 * <p>Flows in: the option string and an {@code Instrumentation}, on the JVM's main thread. Flows out: a running session,
 * and at the end its report. The application's start never fails because of us: whatever goes wrong is one line on
 * stderr, and the program runs uninstrumented.
 */
@NullMarked
package org.shadowheap.agent;

import org.jspecify.annotations.NullMarked;
