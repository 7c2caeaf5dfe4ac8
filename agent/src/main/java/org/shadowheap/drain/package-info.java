/**
 * Reads the logs of all threads and hands their records to a sink in one order.
 *
 * <p>Flows in: published records in native memory, and the definitions of types and sites. Flows out: calls of an {@link
 * org.shadowheap.event.EventSink}, on the drain's own thread; and requests for roots ({@code RootRequests}), twice or more
 * a nursery, told to the sink where the answers begin in the order of events. The loop logs nothing, takes no lock that an
 * application thread may hold while it waits in a barrier, and makes no garbage in the steady state. It knows nothing of
 * the heap behind the sink nor of the bytecode before the log.
 */
@NullMarked
package org.shadowheap.drain;

import org.jspecify.annotations.NullMarked;
