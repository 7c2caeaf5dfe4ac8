package org.shadowheap.heap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.shadowheap.collect.CollectedHeap;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;

/** Ids go up to 2^31-1, and hashes that the JVM gave lie anywhere. */
class HighestIdsTest {

    private static final int NODE = 3;
    private static final int LAST = Integer.MAX_VALUE;

    @Test
    void objectOfTheHighestIdsIsThereAfterABirthBesideIt() {
        HeapConfiguration shape = new HeapConfiguration(1 << 16, 4096, 1, 64 << 20, ObjectModel.DEFAULT);
        try (ShadowHeap heap = CollectedHeap.open(shape, (site, type, young, listed) -> {}, result -> {})) {
            List<FieldDefinition> fields = List.of(new FieldDefinition("next", 12, false));
            heap.type(new TypeDefinition(NODE, "Node", 0, 0, Shape.INSTANCE, 24, 0, fields, List.of()));
            heap.contact(LAST - 5, NODE, 0);
            heap.snapshotEnd(LAST - 5);
            heap.birth(LAST - 3, NODE, 0);
            heap.fieldStore(LAST - 5, 12, LAST - 3, 0);
            heap.round();
            assertEquals(Generation.OLD, heap.generationOf(LAST - 5));
            assertEquals(LAST - 3, heap.reference(LAST - 5, 12));
        }
    }
}
