/**
 * Several threads that apply one stream of events to one heap.
 *
 * <p>Flows in: the merged stream, on the caller's thread. Flows out: each event to one of the heap's {@link
 * org.shadowheap.heap.Mutator}s, on the thread of that mutator; the end of a round to the heap, on the caller's thread,
 * when all before it was applied. It stands between whoever reads a stream and the heap, as the heap has threads of
 * nobody: this package knows {@code event} and {@code heap}, and neither knows it.
 */
@NullMarked
package org.shadowheap.apply;

import org.jspecify.annotations.NullMarked;
