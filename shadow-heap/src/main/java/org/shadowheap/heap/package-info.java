/**
 * The shadow heap: the objects of the recorded program, off-heap, in their real sizes and generations.
 *
 * <p>Flows in: the merged stream of events, through {@link org.shadowheap.event.EventSink}, on the one thread that
 * applies events, or on one for each {@link org.shadowheap.heap.Mutator}. Flows out: each applied store with its verdict
 * to a {@link org.shadowheap.heap.StoreObserver}, and at the end of a round, when the nursery is full, the heap itself, as
 * an {@link org.shadowheap.heap.Evacuation}, to a {@link org.shadowheap.heap.Collector} on the thread that ended it.
 *
 * <pre>
 *   id ──▶ IdTable ──▶ entry ─┬─▶ young: YoungSpace (nursery and ageing: chunks, bump allocation)
 *                             ├─▶ old:   OldSpace   (pages and page runs) ──▶ RememberedSet
 *                             └─▶ dead, never seen, resurrected: nothing
 * </pre>
 *
 * A slot holds an id, not an address, so moving an object changes one table entry. Nothing is visited when it dies:
 * entries carry the number of the cycle they belong to, and those of a finished one are stale.
 *
 * <p><b>Alive</b> at a minor collection is what can be reached from the remembered old objects, the latest roots of each
 * thread, and the evidence (see {@code Evidence}). A major collection, which follows a minor one when the old space has
 * doubled or the heap is nearly full, begins at class mirrors and held objects instead of the remembered ones. What does
 * not fit the bound all the same is a {@link org.shadowheap.heap.HeapFullException}, before anything changed.
 *
 * <p>Applying an event makes no garbage on the Java heap. This package knows {@code memory}, {@code remset} and {@code
 * event}; it knows no collector, no trace and no report.
 */
@NullMarked
package org.shadowheap.heap;

import org.jspecify.annotations.NullMarked;
