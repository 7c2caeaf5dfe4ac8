package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.shadowheap.collect.ScriptedMutator.LEFT;
import static org.shadowheap.collect.ScriptedMutator.LOADER;
import static org.shadowheap.collect.ScriptedMutator.NODE;
import static org.shadowheap.collect.ScriptedMutator.REFERENCES;
import static org.shadowheap.collect.ScriptedMutator.STATIC;

import java.util.function.ObjIntConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.shadowheap.heap.Generation;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.Liveness;
import org.shadowheap.remset.RememberedSetPolicy;

/** There is no way to put a young reference into an old object past the remembered set, whichever it is. */
class EveryStoreTest {

    private static final int ARRAY_BASE = 16;

    /** Ways into an old object for a young value. */
    private enum Way {
        FIELD((mutator, young) -> mutator.set(mutator.oldNode(), LEFT, young)),
        ELEMENT((mutator, young) -> mutator.heap.arrayStore(mutator.met(REFERENCES, 9), 8, young, 1)),
        ELEMENT_BY_OFFSET(
                (mutator, young) -> mutator.heap.fieldStore(mutator.met(REFERENCES, 9), ARRAY_BASE + 8 * 4, young, 1)),
        ELEMENT_OF_A_LARGE_ONE(
                (mutator, young) -> mutator.heap.arrayStore(mutator.born(REFERENCES, 20_000), 19_999, young, 1)),
        COPIED_ELEMENT((mutator, young) -> {
            int array = mutator.met(REFERENCES, 9);
            mutator.heap.arrayCopy(array, 1, 1);
            mutator.heap.copiedElement(array, 3, young, 1);
        }),
        STATIC_FIELD((mutator, young) -> mutator.heap.staticStore(NODE, STATIC, young, 1)),
        STATIC_FIELD_BY_OFFSET((mutator, young) -> mutator.heap.fieldStore(NODE, STATIC, young, 1)),
        FIELD_OF_A_CLASS_MIRROR((mutator, young) -> mutator.heap.fieldStore(NODE, LOADER, young, 1)),
        SNAPSHOT((mutator, young) -> {
            int met = mutator.reserveId();
            mutator.heap.contact(met, NODE, 0);
            mutator.heap.snapshotSlot(met, LEFT, young);
            mutator.heap.snapshotEnd(met);
        }),
        SNAPSHOT_OF_A_LARGE_CLONE((mutator, young) -> {
            int clone = mutator.born(REFERENCES, 20_000);
            mutator.heap.snapshotSlot(clone, 10_000, young);
            mutator.heap.snapshotEnd(clone);
        }),
        STORE_BEFORE_THE_CONTACT((mutator, young) -> {
            int met = mutator.reserveId();
            mutator.set(met, LEFT, young);
            mutator.heap.contact(met, NODE, 0);
            mutator.heap.snapshotEnd(met);
        });

        private final ObjIntConsumer<ScriptedMutator> store;

        Way(ObjIntConsumer<ScriptedMutator> store) {
            this.store = store;
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
                way.store.accept(mutator, young);
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
                way.store.accept(mutator, young);
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
