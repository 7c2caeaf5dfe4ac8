/**
 * Collections of the shadow heap.
 *
 * <p>Flows in: a heap at the end of a round, as {@link org.shadowheap.heap.Evacuation}. Flows out: the same heap without
 * its dead, and a {@link org.shadowheap.collect.MinorCollectionResult} to the {@link
 * org.shadowheap.collect.CollectionObserver}; all on the thread that ends the round, which others help with a minor
 * collection if the heap has several collectors. A minor collection costs O(dirty
 * pages + evidence + survivors): it visits neither clean old pages nor the dead. This package knows nothing of traces,
 * analyses or reports.
 *
 * <p>{@link org.shadowheap.collect.CollectedHeap} puts heap and collector together for whoever has events to feed, without
 * an agent:
 *
 * <pre>{@code
 * var shape = new HeapConfiguration(1 << 20, 4096, 1, 64 << 20, ObjectModel.DEFAULT).withLiveness(Liveness.ROOTS);
 * try (ShadowHeap heap = CollectedHeap.open(shape, (site, type, oldToYoung, listed) -> {}, System.out::println)) {
 *     heap.type(new TypeDefinition(1, "Node", 0, 0, Shape.INSTANCE, 24, 0, List.of(new FieldDefinition("next", 12, false)), List.of()));
 *     heap.contact(10, 1, 0); // object 10 of type 1 was there before: it is old
 *     heap.birth(11, 1, 0);
 *     heap.birth(12, 1, 0);
 *     heap.fieldStore(10, 12, 11, 0); // 10.next = 11, the only reference to a young object
 *     heap.collectNow();
 *     System.out.println(heap.generationOf(11) + " " + heap.generationOf(12)); // OLD DEAD
 * }
 * }</pre>
 */
@NullMarked
package org.shadowheap.collect;

import org.jspecify.annotations.NullMarked;
