package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shadowheap.collect.ScriptedMutator.LEFT;
import static org.shadowheap.collect.ScriptedMutator.REFERENCES;
import static org.shadowheap.collect.ScriptedMutator.RIGHT;

import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.shadowheap.heap.Generation;
import org.shadowheap.heap.ShadowHeap;
import org.shadowheap.remset.RememberedSetPolicy;

/** Stores to the object that was stored to last are remembered, whoever may have forgotten it in between. */
class LatestHolderTest {

    private static final int LENGTH = 1_000; // several cards

    @ParameterizedTest
    @EnumSource
    void eachStoreToItIsRemembered(RememberedSetPolicy policy) {
        afterStoresAnd(policy, heap -> {});
    }

    @ParameterizedTest
    @EnumSource
    void soItIsAfterACollection(RememberedSetPolicy policy) {
        afterStoresAnd(policy, ShadowHeap::collectNow);
        afterStoresAnd(policy, ShadowHeap::collectMajorNow);
    }

    @ParameterizedTest
    @EnumSource
    void soItIsAfterARoundAndARequestForRoots(RememberedSetPolicy policy) {
        afterStoresAnd(policy, ShadowHeap::round);
        afterStoresAnd(policy, ShadowHeap::abandonRound);
        afterStoresAnd(policy, ShadowHeap::rootsRequested);
    }

    @ParameterizedTest
    @EnumSource
    void whatASnapshotFindsAfterItsObjectHasMovedIsWrittenThere(RememberedSetPolicy policy) {
        try (ScriptedMutator script =
                new ScriptedMutator(ScriptedMutator.configuration(1).withRemset(policy, 512))) {
            int filled = script.node();
            script.heap.snapshotSlot(filled, LEFT, script.node());
            script.heap.collectNow();
            assertEquals(Generation.OLD, script.heap.generationOf(filled));
            int young = script.node();
            script.heap.snapshotSlot(filled, RIGHT, young);
            assertEquals(young, script.heap.reference(filled, RIGHT));
            assertTrue(script.heap.isRemembered(filled, RIGHT));
        }
    }

    private static void afterStoresAnd(RememberedSetPolicy policy, Consumer<ShadowHeap> event) {
        try (ScriptedMutator script =
                new ScriptedMutator(ScriptedMutator.configuration(1).withRemset(policy, 512))) {
            int holder = script.met(REFERENCES, LENGTH);
            storeAndCheck(script, holder, 0);
            event.accept(script.heap);
            storeAndCheck(script, holder, 1);
            script.forgetEvidence();
            script.heap.collectNow();
            for (int i = 1; i < LENGTH; i += 200) {
                assertEquals(Generation.OLD, script.heap.generationOf(script.heap.reference(holder, i)));
            }
        }
    }

    private static void storeAndCheck(ScriptedMutator script, int holder, int first) {
        int[] young = new int[LENGTH];
        for (int i = first; i < LENGTH; i += 200) {
            young[i] = script.node();
        }
        for (int i = first; i < LENGTH; i += 200) {
            script.heap.arrayStore(holder, i, young[i], 1);
        }
        for (int i = first; i < LENGTH; i += 200) {
            assertTrue(script.heap.isRemembered(holder, i), "slot=" + i);
        }
    }
}
