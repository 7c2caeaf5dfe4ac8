package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.event.layout.IdOrder;
import org.shadowheap.heap.CopiedHeap;
import org.shadowheap.heap.Generation;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.HeapCopy;
import org.shadowheap.heap.ShadowHeap;
import org.shadowheap.memory.NativeIntList;
import org.shadowheap.memory.NativeMemory;

/** A heap is copied in parts while it goes on. */
class HeapCopyTest {

    private static final int CLASS = 1;
    private static final int NODE = 2;
    private static final int NODES = 3;
    private static final int LINK = 12;
    private static final int REGISTRY = 10;
    private static final int KEPT = 3_000;
    private static final int FIRST = 1 << 12;
    private static final int STRIDE = 64;

    /** Far apart: such ids of objects that were met have no chunk. */
    private static final int SCATTERED = 1 << 22;

    /** Two ids of a chunk that is visited before the others. */
    private static final int MET = 3 * IdOrder.BLOCK_IDS + 7;

    private static final int BORN_BESIDE = IdOrder.scattered(3 * IdOrder.BLOCK_IDS);

    private final ShadowHeap heap = CollectedHeap.open(
            new HeapConfiguration(16 << 10, 4096, 1, 64 << 20, ObjectModel.DEFAULT).withMajorBytes(64 << 10),
            (site, arrayType, oldToYoung, pageListed) -> {},
            result -> {});
    private final CopiedHeap copied = new CopiedHeap();
    private int next = FIRST;

    @AfterEach
    void close() {
        heap.close();
        copied.close();
    }

    private void begin() {
        List<FieldDefinition> link = List.of(new FieldDefinition("link", LINK, false));
        heap.type(new TypeDefinition(CLASS, "Class", 0, 0, Shape.MIRROR, 0, 0, List.of(), List.of()));
        heap.type(new TypeDefinition(NODE, "Node", 0, 0, Shape.INSTANCE, 24, 0, link, List.of()));
        heap.type(new TypeDefinition(NODES, "Node[]", 0, 0, Shape.REFERENCE_ARRAY, 16, 4, List.of(), List.of()));
        for (int mirror = CLASS; mirror <= NODES; mirror++) {
            heap.contact(mirror, CLASS, 128);
            heap.snapshotEnd(mirror);
        }
        heap.contact(REGISTRY, NODES, 2 * KEPT);
        heap.snapshotEnd(REGISTRY);
    }

    private int born() {
        int id = IdOrder.scattered(next++);
        heap.birth(id, NODE, 0);
        return id;
    }

    /** Most of what is born dies, so that chunks are given up in favour of the table of scattered ids. */
    private void keep(int place) {
        int id = born();
        heap.fieldStore(id, LINK, id, 1);
        heap.arrayStore(REGISTRY, place, id, 1);
        for (int i = 1; i < STRIDE; i++) {
            born();
        }
        heap.round();
    }

    @Test
    void whatLivesAllTheTimeIsCopiedWhateverMovesMeanwhile() {
        begin();
        for (int i = 0; i < KEPT; i++) {
            keep(i);
            if (i % 3 == 0) {
                heap.contact(SCATTERED + i * 4096, NODE, 0);
                heap.snapshotEnd(SCATTERED + i * 4096);
            }
        }
        heap.contact(MET, NODE, 0);
        heap.snapshotEnd(MET);
        int[] kept = new int[KEPT];
        for (int i = 0; i < KEPT; i++) {
            kept[i] = heap.reference(REGISTRY, i);
        }
        HeapCopy copy = heap.copy();
        int parts = 0;
        int last = 0;
        try (NativeIntList ints = new NativeIntList(new NativeMemory())) {
            boolean hasMore = true;
            while (hasMore) {
                ints.clear();
                hasMore = copy.next(ints, 40);
                for (int i = 0; i < ints.size(); i++) {
                    copied.content().add(ints.get(i));
                }
                parts++;
                for (int i = 0; i < 4; i++) { // births never end
                    keep(KEPT + (last = (last + 1) % KEPT));
                }
                if (parts == 50) {
                    heap.birth(BORN_BESIDE, NODE, 0); // its chunk takes the other's entry from the table
                }
                assertTrue(parts < 5_000, "the copy comes to its end");
            }
        }
        copied.index(heap.types());
        assertTrue(parts > 50, "parts=" + parts);
        for (int i = 0; i < KEPT; i++) {
            assertEquals(Generation.OLD, copied.generationOf(kept[i]), "i=" + i);
            assertEquals(kept[i], copied.reference(kept[i], LINK));
            assertEquals(NODE, copied.typeOf(kept[i]));
            assertEquals(kept[i], copied.reference(REGISTRY, i));
        }
        assertEquals(Generation.OLD, copied.generationOf(MET));
        assertEquals(2 * KEPT, copied.lengthOf(REGISTRY));
        for (int i = 0; i < KEPT; i += 3) {
            assertEquals(Generation.OLD, copied.generationOf(SCATTERED + i * 4096));
        }
    }

    @Test
    void whatIsNoCopyIsRefused() {
        copied.content().add(7);
        copied.content().add(NODE);
        assertThrows(IllegalArgumentException.class, () -> copied.index(List.of()));
        copied.content().add(-1);
        copied.content().add(1);
        assertThrows(IllegalArgumentException.class, () -> copied.index(List.of()));
        copied.content().add(LINK);
        copied.content().add(9);
        copied.index(List.of());
        assertEquals(9, copied.reference(7, LINK));
        assertEquals(0, copied.reference(7, 16));
        assertThrows(IllegalArgumentException.class, () -> copied.typeOf(8));
    }
}
