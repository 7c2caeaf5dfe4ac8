/**
 * Collections of the shadow heap.
 *
 * <p>Flows in: a heap at the end of a round, as {@link org.shadowheap.heap.Evacuation}. Flows out: the same heap without
 * its dead, and a {@link org.shadowheap.collect.MinorCollectionResult} to the {@link
 * org.shadowheap.collect.CollectionObserver}; all on the thread that ends the round, which others help with a minor
 * collection if the heap has several collectors. A minor collection costs O(dirty
 * pages + evidence + survivors): it visits neither clean old pages nor the dead. {@link
 * org.shadowheap.collect.CollectedHeap} puts heap and collector together for whoever has events to feed. This package
 * knows nothing of traces, analyses or reports.
 */
@NullMarked
package org.shadowheap.collect;

import org.jspecify.annotations.NullMarked;
