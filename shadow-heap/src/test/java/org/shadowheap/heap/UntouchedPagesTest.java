package org.shadowheap.heap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shadowheap.collect.CollectedHeap;
import org.shadowheap.collect.HeapVerifier;
import org.shadowheap.collect.MinorCollectionResult;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.memory.OffHeap;

/** Says by other means than a count of its own that a minor collection leaves clean pages alone. */
class UntouchedPagesTest {

    private static final int PAGES = 1000;
    private static final int NODE_BYTES = 16;
    private static final int PER_PAGE = 4096 / NODE_BYTES;
    private static final int FIELD = 12;
    private static final int FIRST = 10_000;
    private static final int YOUNG = 1;

    @Test
    void minorCollectionReadsNoObjectOfACleanPage() {
        var configuration =
                new HeapConfiguration(1 << 16, 4096, 1, 64 << 20, ObjectModel.DEFAULT).withLiveness(Liveness.ROOTS);
        List<MinorCollectionResult> results = new ArrayList<>();
        try (ShadowHeap heap = CollectedHeap.open(configuration, (site, type, young, listed) -> {}, results::add)) {
            heap.type(new TypeDefinition(
                    2,
                    "N",
                    0,
                    0,
                    Shape.INSTANCE,
                    NODE_BYTES,
                    0,
                    List.of(new FieldDefinition("f", FIELD, false)),
                    List.of()));
            for (int id = FIRST; id < FIRST + PAGES * PER_PAGE; id++) {
                heap.contact(id, 2, 0);
                heap.snapshotEnd(id);
            }
            for (int page = 0; page < PAGES; page += 100) {
                heap.birth(YOUNG + page, 2, 0);
                heap.fieldStore(FIRST + page * PER_PAGE, FIELD, YOUNG + page, 1);
            }
            List<Long> spoilt = new ArrayList<>();
            for (int page = 0; page < PAGES; page++) {
                for (int i = 0; page % 100 != 0 && i < PER_PAGE; i++) {
                    spoilt.add(Entry.address(heap.spaces.ids.find(FIRST + page * PER_PAGE + i)));
                }
            }
            List<Long> headers = spoilt.stream().map(OffHeap::getLongPlain).toList();
            // An id that does not point back, and a layout that does not exist: who reads one fails.
            spoilt.forEach(object -> OffHeap.putLongPlain(object, -1L));
            heap.collectNow();
            for (int i = 0; i < spoilt.size(); i++) {
                OffHeap.putLongPlain(spoilt.get(i), headers.get(i));
            }
            HeapVerifier.verify(heap);
            assertEquals(10 * NODE_BYTES, results.get(0).promotedBytes());
            assertEquals(10, results.get(0).pagesVisited());
        }
    }
}
