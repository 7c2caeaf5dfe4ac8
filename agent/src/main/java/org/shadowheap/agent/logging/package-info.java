/**
 * Where the log of the agent and of the command line goes: SLF4J's provider, bundled and moved together with SLF4J.
 *
 * <p>Flows in: warnings and errors, on any thread but the drain's and never from the barrier. Flows out: one line each on
 * the process's own stderr, {@code shadowheap: ...}, and nothing else: no lower levels, no stack traces. Nothing outside
 * this package decides anything here, no property and no resource of the application's. SLF4J finds this package by its
 * entry among the services; nobody else needs to know it.
 */
@NullMarked
package org.shadowheap.agent.logging;

import org.jspecify.annotations.NullMarked;
