package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.shadowheap.collect.ScriptedMutator.LEFT;
import static org.shadowheap.collect.ScriptedMutator.NODE;
import static org.shadowheap.collect.ScriptedMutator.RIGHT;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.heap.Generation;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.Liveness;
import org.shadowheap.heap.ShadowHeap;

/** An observer that fails at the end of a round, in the middle of the stores that have waited, leaves a sound heap. */
class FailingObserverTest {

    private static final int FIRST = 100;
    private static final int SECOND = 101;
    private static final int LATE = 5000;
    private static final int NEVER_BORN = 5001;
    private static final int YOUNG = 6000;

    private final HeapConfiguration shape =
            new HeapConfiguration(1 << 16, 4096, 1, 64 << 20, ObjectModel.DEFAULT).withLiveness(Liveness.ROOTS);
    private final ShadowHeap heap = CollectedHeap.open(shape, this::stored, result -> {});
    private boolean fails;
    private int told;

    private void stored(int site, int arrayType, boolean oldToYoung, boolean pageListed) {
        told++;
        if (fails) {
            fails = false;
            throw new IllegalStateException("observer");
        }
    }

    @BeforeEach
    void failAtTheEndOfARound() {
        ScriptedMutator.defineTypes(heap);
        for (int object : new int[] {FIRST, SECOND}) {
            heap.contact(object, NODE, 0);
            heap.snapshotEnd(object);
            heap.fieldStore(object, LEFT, LATE, 1);
        }
        fails = true;
        assertThrows(IllegalStateException.class, heap::round);
        assertEquals(1, told);
    }

    @AfterEach
    void verify() {
        HeapVerifier.verify(heap);
        heap.close();
    }

    @Test
    void whatWaitsIsAppliedOnceAndNotForgotten() {
        heap.birth(LATE, NODE, 0);
        assertEquals(2, told);
        heap.fieldStore(SECOND, RIGHT, NEVER_BORN, 1);
        heap.round();
        assertEquals(3, told);
        assertEquals(0, heap.reference(SECOND, RIGHT));
    }

    @Test
    void nothingWaitsForLongerThanARound() {
        heap.birth(LATE, NODE, 0);
        heap.birth(YOUNG, NODE, 0);
        heap.fieldStore(YOUNG, LEFT, NEVER_BORN, 1);
        heap.collectNow();
        assertEquals(Generation.DEAD, heap.generationOf(YOUNG));
        heap.fieldStore(FIRST, LEFT, NEVER_BORN + 1, 1);
        heap.round();
        assertEquals(0, heap.reference(FIRST, LEFT));
    }
}
