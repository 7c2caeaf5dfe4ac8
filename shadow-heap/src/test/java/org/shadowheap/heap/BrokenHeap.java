package org.shadowheap.heap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.shadowheap.collect.CollectedHeap;
import org.shadowheap.collect.HeapVerifier;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.memory.PageTable;

/**
 * A small sound heap for a test to break: a class mirror, an old node with a dirty bit, a young one that it refers to, an
 * ageing one, a large array and a free page.
 */
final class BrokenHeap implements AutoCloseable {

    static final int CLASS = 1;
    static final int NODE = 2;
    static final int ARRAY = 3;

    /** Met and so held; on a shared page. */
    static final int OLD = 2000;

    /** In the nursery. */
    static final int YOUNG = 1025;

    static final int AGEING = 1024;

    /** Born old, on a run of pages. */
    static final int LARGE = 3000;

    static final int FIELD = 12;

    final ShadowHeap heap;
    final Spaces spaces;
    final PageTable pages;

    BrokenHeap() {
        var configuration =
                new HeapConfiguration(1 << 16, 512, 2, 64 << 20, ObjectModel.DEFAULT).withLiveness(Liveness.ROOTS);
        heap = CollectedHeap.open(configuration, (site, type, young, listed) -> {}, result -> {});
        spaces = heap.spaces;
        pages = spaces.old.pages();
        List<FieldDefinition> none = List.of();
        heap.type(new TypeDefinition(CLASS, "Class", 0, 0, Shape.MIRROR, 0, 0, none, none));
        heap.type(new TypeDefinition(
                NODE, "Node", 0, 0, Shape.INSTANCE, 16, 0, List.of(new FieldDefinition("f", FIELD, false)), none));
        heap.type(new TypeDefinition(ARRAY, "Object[]", 0, 0, Shape.REFERENCE_ARRAY, 16, 4, none, none));
        met(NODE, CLASS, 112);
        met(OLD, NODE, 0);
        heap.birth(4000, ARRAY, 10_000);
        heap.birth(LARGE, ARRAY, 5000);
        heap.roots(1);
        heap.root(1, LARGE);
        heap.birth(AGEING, NODE, 0);
        heap.root(1, AGEING);
        heap.collectMajorNow();
        heap.birth(YOUNG, NODE, 0);
        heap.fieldStore(OLD, FIELD, YOUNG, 1);
        HeapVerifier.verify(heap);
    }

    private void met(int id, int type, int extent) {
        heap.contact(id, type, extent);
        heap.snapshotEnd(id);
    }

    /** Address of an old or young object. */
    long object(int id) {
        return spaces.addressOf(spaces.ids.find(id));
    }

    int pageOf(int id) {
        return pages.pageOf(object(id));
    }

    /** The id table's chunk of {@link #YOUNG} and {@link #AGEING}. */
    long chunk() {
        long[] found = {0};
        spaces.ids.forEachChunk((number, chunk) -> found[0] = number == YOUNG >>> IdChunk.SHIFT ? chunk : found[0]);
        return found[0];
    }

    /** Puts an entry where no birth has made a chunk. */
    void enterScattered(int id, long entry) {
        spaces.ids.chunks.prepareOld(id);
        spaces.ids.enterOld(id, entry);
    }

    void assertVerifierSays(String message) {
        IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> HeapVerifier.verify(heap));
        assertEquals(message, thrown.getMessage());
    }

    @Override
    public void close() {
        heap.close();
    }
}
