package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.shadowheap.heap.Generation;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.Liveness;
import org.shadowheap.heap.SabotagedHeaps;
import org.shadowheap.heap.ShadowHeap;
import org.shadowheap.remset.RememberedSet;

/** A heap whose remembered set does not do its work is found out: by the one scenario, and by random programs. */
class SabotageTest {

    private static ScriptedMutator.Opener with(UnaryOperator<RememberedSet> sabotage) {
        return (configuration, stores, collections) ->
                SabotagedHeaps.open(configuration, stores, new MinorCollection(collections, 1, Thread::new), sabotage);
    }

    private static HeapConfiguration configuration(int tenure) {
        return ScriptedMutator.configuration(tenure).withLiveness(Liveness.ROOTS);
    }

    /** What becomes of a young object that only an old one refers to, which nothing but the remembered set can know. */
    private static Generation fateOfTheYoungObject(UnaryOperator<RememberedSet> sabotage, int collections) {
        try (ScriptedMutator mutator = new ScriptedMutator(configuration(collections), with(sabotage))) {
            ShadowHeap heap = mutator.heap;
            int old = mutator.oldNode();
            int young = mutator.node();
            mutator.set(old, ScriptedMutator.LEFT, young);
            for (int i = 0; i < collections; i++) {
                heap.collectNow();
            }
            return heap.generationOf(young);
        }
    }

    @Test
    void youngObjectThatOnlyADirtyOldOneKeepsSurvives() {
        assertEquals(Generation.OLD, fateOfTheYoungObject(set -> set, 1));
        assertEquals(Generation.OLD, fateOfTheYoungObject(set -> set, 3));
    }

    @Test
    void itDiesIfTheBarrierIsRemoved() {
        assertEquals(Generation.DEAD, fateOfTheYoungObject(SabotagedSet::withoutBarrier, 1));
    }

    @Test
    void itDiesIfNothingIsScanned() {
        assertEquals(Generation.DEAD, fateOfTheYoungObject(SabotagedSet::withoutScan, 1));
    }

    @Test
    void itDiesAtTheSecondCollectionIfTheFirstForgetsTheEdge() {
        assertEquals(Generation.DEAD, fateOfTheYoungObject(SabotagedSet::withoutKeeping, 2));
        assertNotEquals(Generation.DEAD, fateOfTheYoungObject(SabotagedSet::withoutKeeping, 1));
    }

    private static int stepsToShow(UnaryOperator<RememberedSet> sabotage) {
        RandomRun run = new RandomRun(configuration(2), with(sabotage));
        RandomRun.Disagreement found = assertThrows(RandomRun.Disagreement.class, () -> run.run(1, 1_000_000));
        return found.script().size();
    }

    @Test
    void randomProgramsFindOutEachInAFewSteps() {
        assertTrue(stepsToShow(SabotagedSet::withoutBarrier) <= 4);
        assertTrue(stepsToShow(SabotagedSet::withoutScan) <= 6);
        assertTrue(stepsToShow(SabotagedSet::withoutKeeping) <= 6);
    }
}
