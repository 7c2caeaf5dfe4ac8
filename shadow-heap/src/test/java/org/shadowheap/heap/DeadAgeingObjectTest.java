package org.shadowheap.heap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shadowheap.collect.CollectedHeap;
import org.shadowheap.collect.HeapVerifier;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.memory.MemoryAccessError;
import org.shadowheap.memory.OffHeap;

/** Checked memory: what a major collection finds dead among ageing objects lies there until the next minor one. */
class DeadAgeingObjectTest {

    private static final int NODE = 3;
    private static final int ARRAY = 4;
    private static final int FIELD = 12;
    private static final int HOLDER = 1 << 20;

    private static ShadowHeap open() {
        HeapConfiguration shape = new HeapConfiguration(1 << 16, 4096, 2, 64 << 20, ObjectModel.DEFAULT)
                .withLiveness(Liveness.ROOTS)
                .withMajorBytes(HeapConfiguration.NEVER);
        ShadowHeap heap = CollectedHeap.open(shape, (site, type, young, listed) -> {}, result -> {});
        List<FieldDefinition> fields =
                List.of(new FieldDefinition("next", FIELD, false), new FieldDefinition("other", FIELD + 4, false));
        heap.type(new TypeDefinition(NODE, "Node", 0, 0, Shape.INSTANCE, 24, 0, fields, List.of()));
        heap.type(new TypeDefinition(ARRAY, "Object[]", 0, 0, Shape.REFERENCE_ARRAY, 16, 4, List.of(), List.of()));
        return heap;
    }

    @Test
    void ageingObjectThatAMajorCollectionFoundDeadIsNotAccessible() {
        try (ShadowHeap heap = open()) {
            heap.birth(HOLDER, NODE, 0);
            heap.roots(1);
            heap.root(1, HOLDER);
            heap.collectNow();
            heap.collectNow();
            assertEquals(Generation.OLD, heap.generationOf(HOLDER));
            heap.birth(HOLDER + 1, NODE, 0);
            heap.birth(HOLDER + 2, ARRAY, 10);
            heap.fieldStore(HOLDER, FIELD, HOLDER + 1, 0);
            heap.fieldStore(HOLDER, FIELD + 4, HOLDER + 2, 0);
            heap.threadEnd(1);
            heap.collectMajorNow();
            assertEquals(Generation.DEAD, heap.generationOf(HOLDER + 1));
            List<Long> dead = new ArrayList<>();
            heap.spaces.ageing[0].region.forEachFrom(0, heap.spaces.types, dead::add);
            assertEquals(2, dead.size());
            long array = dead.get(0); // what the last slot of a remembered object led to is moved first
            long node = dead.get(1);
            assertThrows(MemoryAccessError.class, () -> OffHeap.getIntPlain(node + FIELD));
            assertThrows(MemoryAccessError.class, () -> OffHeap.getIntPlain(array + 16));
            assertThrows(MemoryAccessError.class, () -> OffHeap.getIntPlain(array + 52));
            HeapVerifier.verify(heap);
            heap.collectNow();
        }
    }
}
