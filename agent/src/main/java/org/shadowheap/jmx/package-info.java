/**
 * What a session shows to JMX: an interface and its values, which know nothing of the rest.
 *
 * <p>Flows in: calls of any client, on threads of the program's. Flows out: figures and reports, which {@code agent.SessionBean} has added up on a
 * thread of the agent's.
 */
@NullMarked
package org.shadowheap.jmx;

import org.jspecify.annotations.NullMarked;
