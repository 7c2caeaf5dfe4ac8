package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.shadowheap.heap.Generation;
import org.shadowheap.heap.HeapFigures;
import org.shadowheap.heap.ShadowHeap;

/** Compares a heap with its model, and what its collections told with what the model's found. */
final class Comparison {

    private static final int REFUSALS_PER_VERIFICATION = 10;

    private final ScriptedMutator mutator;
    private final ShadowHeap heap;
    private final NaiveHeap model;

    /** How much was compared. */
    final Tally tally = new Tally();

    Comparison(ScriptedMutator mutator, NaiveHeap model) {
        this.mutator = mutator;
        this.heap = mutator.heap;
        this.model = model;
    }

    /** After every step. */
    void checkEdges() {
        EdgeSet edges = model.oldToYoungEdges;
        for (int i = 0; i < edges.size(); i++) {
            if (!heap.isRemembered(edges.holder(i), edges.slot(i))) {
                throw new AssertionError(
                        "old-to-young edge is not remembered: holder=" + edges.holder(i) + " slot=" + edges.slot(i));
            }
        }
        tally.edges += edges.size();
    }

    /** What an event that names this id would change. */
    String state(int id) {
        return heap.generationOf(id) + " usedBytes=" + heap.usedBytes() + " bornBytes="
                + heap.bornSinceCollectionBytes() + " " + heap.figures();
    }

    /** After an event that the heap refused. */
    void refused(int id, String before) {
        assertEquals(before, state(id), "a refused event has changed the heap");
        tally.refused++;
        if (tally.refused % REFUSALS_PER_VERIFICATION == 0) {
            HeapVerifier.verify(heap);
        }
    }

    /** After every collection. */
    void collected(NaiveCollection expected) {
        tally.minorCollections++;
        tally.deaths += expected.died.size();
        assertEquals(tally.minorCollections, mutator.collections.size(), "number of minor collections");
        MinorCollectionResult minor = mutator.collections.get(mutator.collections.size() - 1);
        assertEquals(model.clockBytes, minor.clockBytes(), "clockBytes");
        assertEquals(expected.stores, minor.stores(), "stores");
        assertEquals(expected.oldToYoungStores, minor.oldToYoung(), "oldToYoung");
        assertEquals(expected.oldToYoungEdges, minor.oldToYoungEdges(), "oldToYoungEdges");
        assertEquals(expected.survivedBytes, minor.survivedBytes(), "survivedBytes");
        assertEquals(expected.promotedBytes, minor.promotedBytes(), "promotedBytes");
        if (expected.major) {
            tally.majorCollections++;
            compareMajor(expected, minor.nepotism());
        } else {
            assertEquals(null, minor.nepotism(), "nepotism without a major collection");
        }
        assertEquals(tally.majorCollections, mutator.majorCollections.size(), "number of major collections");
        compareObjects(expected);
        compareFigures();
        HeapVerifier.verify(heap);
    }

    private void compareMajor(NaiveCollection expected, Nepotism nepotism) {
        MajorCollectionResult major = mutator.majorCollections.get(mutator.majorCollections.size() - 1);
        assertEquals(expected.markedObjects, major.markedObjects(), "markedObjects");
        assertEquals(expected.markedBytes, major.markedBytes(), "markedBytes");
        assertEquals(expected.freedBytes, major.freedBytes(), "freedBytes");
        tally.freedBytes += expected.freedBytes;
        assertEquals(expected.nepotismBytes, nepotism.bytes(), "nepotism");
        tally.nepotismBytes += expected.nepotismBytes;
        Map<Integer, Long> byType = new TreeMap<>();
        long most = Long.MAX_VALUE;
        for (Nepotism.Holders holders : nepotism.holders()) {
            assertTrue(holders.bytes() <= most, "most bytes come first");
            most = holders.bytes();
            byType.put(holders.type(), holders.bytes());
        }
        assertEquals(expected.nepotismByType, byType, "nepotism by type");
    }

    private void compareObjects(NaiveCollection expected) {
        for (int id : expected.died) {
            assertEquals(Generation.DEAD, heap.generationOf(id), () -> "id=" + id);
        }
        int[] living = {0};
        for (Thing thing : model.things.values()) {
            assertEquals(thing.generation, heap.generationOf(thing.id), () -> "id=" + thing.id);
            if (!thing.isDead()) {
                living[0]++;
                assertEquals(thing.bytes, heap.bytesOf(thing.id), () -> "bytes of id=" + thing.id);
                assertEquals(thing.type, heap.typeOf(thing.id), () -> "type of id=" + thing.id);
                for (int slot = 0; slot < thing.slots.length; slot++) {
                    int index = slot;
                    assertEquals(
                            thing.slots[slot],
                            heap.reference(thing.id, thing.place(slot)),
                            () -> "id=" + thing.id + " slot=" + index);
                }
            }
        }
        heap.forEachObject(id -> living[0]--);
        assertEquals(0, living[0], "objects that the model does not know");
    }

    private void compareFigures() {
        HeapFigures figures = heap.figures();
        assertEquals(0, figures.contradictions(), "contradictions");
        assertEquals(0, figures.resurrected(), "resurrected");
        assertEquals(model.clockBytes, figures.clockBytes(), "clockBytes");
        assertEquals(model.contactBytes, figures.contactBytes(), "contactBytes");
        assertEquals(model.oldBytes(), figures.oldBytes(), "oldBytes");
        long held = model.things.values().stream()
                .filter(thing -> thing.held && !thing.shown)
                .count();
        assertEquals(held, figures.heldObjects(), "heldObjects");
    }
}
