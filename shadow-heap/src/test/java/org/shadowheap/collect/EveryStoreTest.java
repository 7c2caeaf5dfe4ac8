package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.shadowheap.collect.ScriptedMutator.LEFT;
import static org.shadowheap.collect.ScriptedMutator.LOADER;
import static org.shadowheap.collect.ScriptedMutator.NODE;
import static org.shadowheap.collect.ScriptedMutator.REFERENCES;
import static org.shadowheap.collect.ScriptedMutator.STATIC;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.shadowheap.heap.Generation;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.Liveness;
import org.shadowheap.heap.ShadowHeap;
import org.shadowheap.remset.RememberedSetPolicy;

/** There is no way to put a young reference into an old object past the remembered set, whichever it is. */
class EveryStoreTest {

    private static final int ARRAY_BASE = 16;

    /** Ways into an old object for a value. */
    private enum Way {
        FIELD,
        ELEMENT,
        ELEMENT_BY_OFFSET,
        ELEMENT_OF_A_LARGE_ONE,
        COPIED_ELEMENT,
        STATIC_FIELD,
        STATIC_FIELD_BY_OFFSET,
        FIELD_OF_A_CLASS_MIRROR,
        SNAPSHOT,
        SNAPSHOT_OF_A_LARGE_CLONE,
        STORE_BEFORE_THE_CONTACT;

        void store(ScriptedMutator mutator, int value) {
            ShadowHeap heap = mutator.heap;
            switch (this) {
                case FIELD -> mutator.set(mutator.oldNode(), LEFT, value);
                case ELEMENT -> heap.arrayStore(mutator.met(REFERENCES, 9), 8, value, 1);
                case ELEMENT_BY_OFFSET -> heap.fieldStore(mutator.met(REFERENCES, 9), ARRAY_BASE + 8 * 4, value, 1);
                case ELEMENT_OF_A_LARGE_ONE -> heap.arrayStore(mutator.born(REFERENCES, 20_000), 19_999, value, 1);
                case COPIED_ELEMENT -> {
                    int array = mutator.met(REFERENCES, 9);
                    heap.arrayCopy(array, 1, 1);
                    heap.copiedElement(array, 3, value, 1);
                }
                case STATIC_FIELD -> heap.staticStore(NODE, STATIC, value, 1);
                case STATIC_FIELD_BY_OFFSET -> heap.fieldStore(NODE, STATIC, value, 1);
                case FIELD_OF_A_CLASS_MIRROR -> heap.fieldStore(NODE, LOADER, value, 1);
                case SNAPSHOT -> {
                    int met = mutator.reserveId();
                    heap.contact(met, NODE, 0);
                    heap.snapshotSlot(met, LEFT, value);
                    heap.snapshotEnd(met);
                }
                case SNAPSHOT_OF_A_LARGE_CLONE -> {
                    int clone = mutator.born(REFERENCES, 20_000);
                    heap.snapshotSlot(clone, 10_000, value);
                    heap.snapshotEnd(clone);
                }
                case STORE_BEFORE_THE_CONTACT -> {
                    int met = mutator.reserveId();
                    mutator.set(met, LEFT, value);
                    heap.contact(met, NODE, 0);
                    heap.snapshotEnd(met);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void youngReferenceInAnOldObjectIsRemembered(RememberedSetPolicy policy) {
        HeapConfiguration configuration =
                ScriptedMutator.configuration(2).withLiveness(Liveness.ROOTS).withRemset(policy, 512);
        for (Way way : Way.values()) {
            try (ScriptedMutator mutator = new ScriptedMutator(configuration)) {
                int young = mutator.node();
                way.store(mutator, young);
                assertSurvives(mutator, young, way);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void soItIsIfItIsBornAfterTheStore(RememberedSetPolicy policy) {
        HeapConfiguration configuration =
                ScriptedMutator.configuration(2).withLiveness(Liveness.ROOTS).withRemset(policy, 512);
        for (Way way : Way.values()) {
            try (ScriptedMutator mutator = new ScriptedMutator(configuration)) {
                int young = mutator.reserveId();
                way.store(mutator, young);
                mutator.heap.birth(young, NODE, 0);
                assertSurvives(mutator, young, way);
            }
        }
    }

    private static void assertSurvives(ScriptedMutator mutator, int young, Way way) {
        mutator.collect();
        assertEquals(Generation.AGEING, mutator.heap.generationOf(young), way::toString);
        mutator.collect();
        assertEquals(Generation.OLD, mutator.heap.generationOf(young), way::toString);
        assertEquals(0, mutator.heap.figures().contradictions(), way::toString);
    }
}
