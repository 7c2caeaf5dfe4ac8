package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shadowheap.collect.ScriptedMutator.LEFT;
import static org.shadowheap.collect.ScriptedMutator.NODE;
import static org.shadowheap.collect.ScriptedMutator.REFERENCES;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.layout.IdOrder;
import org.shadowheap.heap.Collector;
import org.shadowheap.heap.Generation;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.HeapFullException;
import org.shadowheap.heap.Liveness;
import org.shadowheap.heap.ShadowHeap;
import org.shadowheap.heap.StoreObserver;

/** A heap never takes more than its bound, whatever comes; and what fits it takes. */
class BoundTest {

    private static final int FIRST = 1 << 20;

    /** The id of one of many births in the order of a recording. */
    private static int nth(int birth) {
        return IdOrder.scattered(FIRST + birth);
    }

    private static final int MEBIBYTE = 1 << 20;

    private static HeapConfiguration shape(long nurseryBytes, int pageBytes, int tenure, long boundBytes) {
        return new HeapConfiguration(nurseryBytes, pageBytes, tenure, boundBytes, ObjectModel.DEFAULT)
                .withLiveness(Liveness.ROOTS)
                .withMajorBytes(HeapConfiguration.NEVER);
    }

    private static void assertWithinBound(ShadowHeap heap) {
        long bound = heap.configuration().boundBytes();
        assertTrue(heap.usedBytes() <= bound, "usedBytes=" + heap.usedBytes() + " boundBytes=" + bound);
    }

    @ParameterizedTest(name = "tenure={0}")
    @ValueSource(ints = {1, 2})
    void heapThatAMajorCollectionHasEmptiedTakesBirthsAgain(int tenure) {
        try (ScriptedMutator mutator = new ScriptedMutator(shape(1 << 16, 4096, tenure, 16 * MEBIBYTE))) {
            assertThrows(HeapFullException.class, () -> {
                while (true) {
                    mutator.born(REFERENCES, 10_000); // large, so old, and garbage
                }
            });
            mutator.collectMajor();
            assertEquals(1, mutator.heap.figures().oldPages(), "only the class mirror is left");
            for (int i = 0; i < 10_000; i++) {
                mutator.node();
                mutator.heap.round();
                assertWithinBound(mutator.heap);
            }
        }
    }

    @Test
    void refusedBirthTakesNoMemory() {
        try (ScriptedMutator mutator = new ScriptedMutator(shape(1 << 16, 512, 1, MEBIBYTE))) {
            assertThrows(HeapFullException.class, () -> {
                while (true) {
                    mutator.node();
                }
            });
            long before = mutator.heap.usedBytes();
            assertThrows(HeapFullException.class, () -> mutator.heap.birth(FIRST, NODE, 0));
            assertThrows(HeapFullException.class, () -> mutator.heap.birth(FIRST, REFERENCES, 100_000));
            assertThrows(HeapFullException.class, () -> mutator.heap.contact(FIRST, REFERENCES, 100_000));
            assertEquals(before, mutator.heap.usedBytes());
            assertEquals(Generation.NEVER_SEEN, mutator.heap.generationOf(FIRST));
        }
    }

    @Test
    void rootsAreWithinTheBound() {
        try (ScriptedMutator mutator = new ScriptedMutator(shape(1 << 16, 4096, 1, 4 * MEBIBYTE))) {
            int old = mutator.oldNode();
            mutator.heap.roots(1);
            assertThrows(HeapFullException.class, () -> {
                for (int i = 0; i < 3_000_000; i++) {
                    mutator.heap.root(1, old);
                }
            });
            assertWithinBound(mutator.heap);
            mutator.heap.threadEnd(1);
            mutator.heap.root(2, old);
        }
    }

    @Test
    void idsThatAreMentionedAfterTheirDeathAreWithinTheBound() {
        try (ScriptedMutator mutator = new ScriptedMutator(shape(1 << 16, 4096, 1, 4 * MEBIBYTE))) {
            int ids = 400_000;
            for (int i = 0; i < ids; i++) {
                mutator.heap.birth(nth(i), NODE, 0);
                mutator.heap.round();
            }
            int old = mutator.oldNode();
            mutator.heap.collectNow();
            int late = nth(ids);
            mutator.set(late, LEFT, nth(ids - 2048)); // waits
            assertThrows(HeapFullException.class, () -> {
                for (int i = 0; i < ids; i++) {
                    mutator.set(nth(i), LEFT, 0);
                    assertWithinBound(mutator.heap);
                }
            });
            long resurrected = mutator.heap.figures().resurrected();
            assertThrows(HeapFullException.class, () -> mutator.set(old, LEFT, nth(ids - 1)));
            assertEquals(0, mutator.heap.reference(old, LEFT), "what is refused changes nothing");
            assertEquals(resurrected, mutator.heap.figures().resurrected());
            mutator.set(old, LEFT, old);
            assertEquals(old, mutator.heap.reference(old, LEFT), "a store that needs no memory is applied");

            mutator.heap.birth(late, NODE, 0);
            assertEquals(nth(ids - 2048), mutator.heap.reference(late, LEFT), "what has waited is not refused");
            assertEquals(resurrected + 1, mutator.heap.figures().resurrected());
        }
    }

    /** A late store is not refused; an observer that fails in one must not make that true of those that come after it. */
    @Test
    void storesAreWithinTheBoundAgainAfterALateOneHasFailed() {
        boolean[] fails = {false};
        StoreObserver observer = (site, arrayType, young, listed) -> {
            if (fails[0]) {
                throw new IllegalStateException("observer");
            }
        };
        int ids = 400_000;
        try (ShadowHeap heap = CollectedHeap.open(shape(1 << 16, 4096, 1, 4 * MEBIBYTE), observer, result -> {})) {
            ScriptedMutator.defineTypes(heap);
            for (int i = 0; i < ids; i++) {
                heap.birth(nth(i), NODE, 0);
                heap.round();
            }
            heap.collectNow();
            int late = nth(ids);
            heap.fieldStore(late, LEFT, 0, 1); // waits
            fails[0] = true;
            assertThrows(IllegalStateException.class, () -> heap.birth(late, NODE, 0));
            fails[0] = false;
            heap.round();
            assertThrows(HeapFullException.class, () -> {
                for (int i = 0; i < ids; i++) {
                    heap.fieldStore(late, LEFT, nth(i), 1);
                    assertWithinBound(heap);
                }
            });
        }
    }

    @Test
    void storeThatIsRefusedIsNoEvidenceForItsHolder() {
        HeapConfiguration byEvidence = shape(1 << 16, 4096, 1, 4 * MEBIBYTE).withLiveness(Liveness.EVIDENCE);
        try (ScriptedMutator mutator = new ScriptedMutator(byEvidence)) {
            ShadowHeap heap = mutator.heap;
            int ids = 400_000;
            for (int i = 0; i < ids; i++) {
                heap.birth(nth(i), NODE, 0);
                if (i % 500 == 0) {
                    mutator.forgetEvidence();
                    heap.round();
                }
            }
            mutator.forgetEvidence();
            heap.collectNow();
            int holder = nth(ids);
            heap.birth(holder, NODE, 0);
            assertThrows(HeapFullException.class, () -> {
                for (int i = 0; i < ids - 3000; i++) {
                    heap.fieldStore(nth(i), LEFT, 0, 1);
                }
            });
            mutator.forgetEvidence();
            assertThrows(HeapFullException.class, () -> heap.fieldStore(holder, LEFT, nth(ids - 2048), 1));
            heap.collectNow();
            assertEquals(Generation.DEAD, heap.generationOf(holder));
        }
    }

    @Test
    void birthAmongManyThatWereMetIsWithinTheBound() {
        try (ScriptedMutator mutator = new ScriptedMutator(shape(1 << 16, 4096, 1, 6 * MEBIBYTE))) {
            for (int chunk = 0; chunk < 1024; chunk++) {
                for (int i = 0; i < 33; i++) {
                    mutator.heap.contact(FIRST + (chunk << 10) + i, NODE, 0);
                    mutator.heap.snapshotEnd(FIRST + (chunk << 10) + i);
                }
            }
            assertWithinBound(mutator.heap);
            mutator.heap.birth(FIRST + 1000, NODE, 0);
            assertWithinBound(mutator.heap);
            assertEquals(Generation.OLD, mutator.heap.generationOf(FIRST + (1000 << 10) + 7));
            mutator.collect();
        }
    }

    /** Each collector moves an object, as may happen to many threads that share little work. */
    @Test
    void survivorsOfManyCollectorsFindRoomInAFullHeapAsFewTakePart() {
        int collectors = 128;
        List<Integer> workers = new ArrayList<>();
        Collector spreading = evacuation -> {
            workers.add(evacuation.workers());
            for (int i = 0; i < collectors; i++) {
                evacuation.worker(i % evacuation.workers()).evacuate(FIRST + i);
            }
            evacuation.finish();
        };
        HeapConfiguration shape = shape(4096, 65536, 1, 24 * MEBIBYTE).withThreads(1, collectors);
        try (ShadowHeap heap = new ShadowHeap(shape, mutator -> (site, type, young, listed) -> {}, spreading)) {
            ScriptedMutator.defineTypes(heap);
            for (int i = 0; i < collectors; i++) {
                heap.birth(FIRST + i, NODE, 0);
            }
            int[] id = {1000};
            assertThrows(HeapFullException.class, () -> {
                while (true) {
                    heap.contact(id[0]++, REFERENCES, 10_000);
                }
            });
            heap.collectNow();
            assertEquals(Generation.OLD, heap.generationOf(FIRST + collectors - 1));
            assertWithinBound(heap);
        }
        assertEquals(List.of(1), workers);
    }

    @Test
    void asManyCollectorsTakePartAsThereArePagesToSpare() {
        List<Integer> workers = new ArrayList<>();
        Collector counting = evacuation -> {
            workers.add(evacuation.workers());
            evacuation.finish();
        };
        for (int mebibytes : new int[] {8, 12, 64}) {
            HeapConfiguration shape =
                    shape(4096, 65536, 1, (long) mebibytes * MEBIBYTE).withThreads(1, 128);
            try (ShadowHeap heap = new ShadowHeap(shape, mutator -> (site, type, young, listed) -> {}, counting)) {
                heap.collectNow();
            }
        }
        assertTrue(workers.get(0) > 1 && workers.get(0) < workers.get(1), workers::toString);
        assertEquals(128, workers.get(2));
    }

    /** Many slots that refer to one young object: slots are counted, the object is listed once. */
    @Test
    void edgesOfACollectionAreWithinTheBound() {
        int arrays = 3;
        int length = 500_000;
        long[] used = {0};
        long[] edges = {0};
        ShadowHeap[] opened = {null};
        opened[0] =
                CollectedHeap.open(shape(1 << 16, 4096, 1, 8 * MEBIBYTE), (site, type, young, listed) -> {}, result -> {
                    used[0] = opened[0].usedBytes();
                    edges[0] = result.oldToYoungEdges();
                });
        try (ShadowHeap heap = opened[0]) {
            ScriptedMutator.defineTypes(heap);
            heap.birth(11, NODE, 0);
            for (int array = FIRST; array < FIRST + arrays; array++) {
                heap.contact(array, REFERENCES, length);
                heap.snapshotEnd(array);
                for (int i = 0; i < length; i++) {
                    heap.arrayStore(array, i, 11, 0);
                }
            }
            heap.collectNow();
            assertEquals((long) arrays * length, edges[0]);
            assertTrue(used[0] <= 8 * MEBIBYTE, "usedBytes=" + used[0]);
        }
    }
}
