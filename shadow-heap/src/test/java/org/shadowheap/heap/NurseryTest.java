package org.shadowheap.heap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;

class NurseryTest {

    private static final HeapConfiguration CONFIGURATION =
            new HeapConfiguration(1 << 16, 4096, 1, 256 << 20, ObjectModel.DEFAULT);

    @Test
    void growsAsLongAsNoRoundEndsAndShrinksAtTheNextCollection() {
        try (ShadowHeap heap =
                new ShadowHeap(CONFIGURATION, mutator -> (site, type, young, listed) -> {}, Evacuation::finish)) {
            heap.type(new TypeDefinition(1, "Object", 0, 0, Shape.INSTANCE, 16, 0, List.of(), List.of()));
            heap.birth(1, 1, 0);
            long before = heap.nativeBytes();
            for (int id = 2; id < 1 << 20; id++) {
                heap.birth(id, 1, 0);
            }
            assertTrue(heap.nativeBytes() > before + (16 << 20));
            heap.round();
            assertTrue(heap.nativeBytes() < before + (1 << 18), "nativeBytes=" + heap.nativeBytes());
            assertEquals(Generation.DEAD, heap.generationOf(500_000));
            heap.birth(1 << 20, 1, 0);
            assertEquals(Generation.NURSERY, heap.generationOf(1 << 20));
        }
    }

    @Test
    void objectsAboveTheLargeSizeAreBornOld() {
        try (ShadowHeap heap =
                new ShadowHeap(CONFIGURATION, mutator -> (site, type, young, listed) -> {}, Evacuation::finish)) {
            heap.type(new TypeDefinition(1, "byte[]", 0, 0, Shape.PRIMITIVE_ARRAY, 16, 1, List.of(), List.of()));
            heap.birth(1, 1, 8 * 4096 - 16);
            heap.birth(2, 1, 8 * 4096 - 15);
            assertEquals(Generation.NURSERY, heap.generationOf(1));
            assertEquals(Generation.OLD, heap.generationOf(2));
            assertEquals(2 * 8 * 4096 + 8, heap.figures().clockBytes());
        }
    }

    @Test
    void layoutsOfOtherObjectModelsWork() {
        ObjectModel compactHeaders = new ObjectModel(8, 16, 8);
        var configuration = new HeapConfiguration(1 << 16, 4096, 1, 64 << 20, compactHeaders);
        try (ShadowHeap heap =
                new ShadowHeap(configuration, mutator -> (site, type, young, listed) -> {}, Evacuation::finish)) {
            heap.type(new TypeDefinition(1, "Object[]", 0, 0, Shape.REFERENCE_ARRAY, 16, 8, List.of(), List.of()));
            heap.birth(1, 1, 5);
            heap.arrayStore(1, 0, 1, 1);
            heap.arrayStore(1, 4, 1, 1);
            assertEquals(64, heap.bytesOf(1));
            assertEquals(1, heap.reference(1, 0));
            assertEquals(0, heap.reference(1, 3));
            assertEquals(1, heap.reference(1, 4));
        }
    }
}
