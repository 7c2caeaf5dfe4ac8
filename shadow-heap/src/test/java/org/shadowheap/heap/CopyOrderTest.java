package org.shadowheap.heap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.shadowheap.collect.CollectedHeap;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;

/** Survivors lie in the order in which G1 copies them: what an object's first slot leads to comes before its second slot. */
class CopyOrderTest {

    private static final int NODE = 3;
    private static final int ARRAY = 4;
    private static final int NODE_BYTES = 24;
    private static final int FIRST = 12;
    private static final int SECOND = 16;

    private final ShadowHeap heap = open();

    private static ShadowHeap open() {
        HeapConfiguration shape = new HeapConfiguration(1 << 16, 4096, 1, 64 << 20, ObjectModel.DEFAULT)
                .withLiveness(Liveness.ROOTS)
                .withMajorBytes(HeapConfiguration.NEVER);
        ShadowHeap heap = CollectedHeap.open(shape, (site, type, young, listed) -> {}, result -> {});
        List<FieldDefinition> fields =
                List.of(new FieldDefinition("first", FIRST, false), new FieldDefinition("second", SECOND, false));
        heap.type(new TypeDefinition(NODE, "Node", 0, 0, Shape.INSTANCE, NODE_BYTES, 0, fields, List.of()));
        heap.type(new TypeDefinition(ARRAY, "Object[]", 0, 0, Shape.REFERENCE_ARRAY, 16, 4, List.of(), List.of()));
        return heap;
    }

    private void collectFrom(int id) {
        heap.roots(1);
        heap.root(1, id);
        heap.collectNow();
    }

    private long address(int id) {
        return heap.spaces.addressOf(heap.spaces.ids.find(id));
    }

    @Test
    void whatTheFirstSlotLeadsToComesBeforeTheSecond() {
        try (heap) {
            for (int id = 1000; id < 1004; id++) {
                heap.birth(id, NODE, 0);
            }
            heap.fieldStore(1000, FIRST, 1002, 0);
            heap.fieldStore(1000, SECOND, 1001, 0);
            heap.fieldStore(1002, FIRST, 1003, 0);
            collectFrom(1000);
            assertEquals(address(1000) + NODE_BYTES, address(1002));
            assertEquals(address(1002) + NODE_BYTES, address(1003));
            assertEquals(address(1003) + NODE_BYTES, address(1001));
        }
    }

    @Test
    void anElementIsFollowedByWhatItHolds() {
        try (heap) {
            heap.birth(1000, ARRAY, 10);
            for (int id = 1001; id < 1005; id++) {
                heap.birth(id, NODE, 0);
            }
            heap.arrayStore(1000, 3, 1001, 0);
            heap.arrayStore(1000, 7, 1002, 0);
            heap.fieldStore(1001, SECOND, 1003, 0);
            heap.fieldStore(1002, SECOND, 1004, 0);
            collectFrom(1000);
            assertEquals(address(1001) + NODE_BYTES, address(1003));
            assertEquals(address(1003) + NODE_BYTES, address(1002));
            assertEquals(address(1002) + NODE_BYTES, address(1004));
        }
    }

    /** It was listed when the root was scanned, but is moved where it is met first. */
    @Test
    void anObjectThatSeveralSlotsLeadToLiesWhereTheFirstOfThemPutsIt() {
        try (heap) {
            for (int id = 1000; id < 1003; id++) {
                heap.birth(id, NODE, 0);
            }
            heap.birth(1003, NODE, 0);
            heap.fieldStore(1000, FIRST, 1001, 0);
            heap.fieldStore(1000, SECOND, 1002, 0);
            heap.fieldStore(1001, FIRST, 1002, 0);
            heap.fieldStore(1001, SECOND, 1003, 0);
            collectFrom(1000);
            assertEquals(address(1001) + NODE_BYTES, address(1002));
            assertEquals(address(1002) + NODE_BYTES, address(1003));
        }
    }
}
