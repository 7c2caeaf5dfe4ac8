package org.shadowheap.collect;

import org.shadowheap.heap.Generation;
import org.shadowheap.heap.ShadowHeap;

/**
 * Checks a heap's invariants by looking at every object; O(heap), for tests and {@code check=true}. It shares no code
 * with the collection: it knows objects by id only.
 *
 * <ul>
 *   <li>Spaces, their metadata, the id table and the counts agree: what begins in a page is what the id table says, within
 *       the page and apart from its neighbours; nothing is left in free pages; no mark is left anywhere.
 *   <li>The remembered set's own invariants hold: its entries and its flags or bits say the same.
 *   <li>An old object with a strong reference to a young one is remembered.
 *   <li>No strong slot of an object that is not dead holds an id that never was, or one that a collection left behind;
 *       ids that were mentioned after their death are counted as resurrected and excepted.
 * </ul>
 */
public final class HeapVerifier {

    private HeapVerifier() {}

    /**
     * Checks; the heap must be at the end of a round.
     *
     * @throws IllegalStateException naming the slot, page or id that breaks an invariant
     */
    public static void verify(ShadowHeap heap) {
        heap.verifySpaces();
        heap.rememberedSet().verify();
        heap.forEachObject(holder -> heap.forEachSlot(holder, (slot, value, weak) -> {
            if (value != 0 && !weak) {
                verifyEdge(heap, holder, slot, value);
            }
        }));
    }

    private static void verifyEdge(ShadowHeap heap, int holder, int slot, int value) {
        Generation from = heap.generationOf(holder);
        Generation to = heap.generationOf(value);
        boolean young = to == Generation.NURSERY || to == Generation.AGEING;
        if (to == Generation.NEVER_SEEN || to == Generation.DEAD) {
            throw broken("slot holds what is not there", from, to, holder, slot, value);
        }
        if (from == Generation.OLD && young && !heap.isRemembered(holder, slot)) {
            throw broken("old-to-young edge is not remembered", from, to, holder, slot, value);
        }
    }

    private static IllegalStateException broken(
            String what, Generation from, Generation to, int holder, int slot, int value) {
        return new IllegalStateException(what + ": holder=" + holder + " holderGeneration=" + from + " slot=" + slot
                + " value=" + value + " valueGeneration=" + to);
    }
}
