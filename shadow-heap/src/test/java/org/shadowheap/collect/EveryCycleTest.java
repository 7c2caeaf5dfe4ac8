package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shadowheap.collect.ScriptedMutator.LEFT;
import static org.shadowheap.collect.ScriptedMutator.NODE;
import static org.shadowheap.collect.ScriptedMutator.NODE_BYTES;
import static org.shadowheap.collect.ScriptedMutator.REFERENCES;
import static org.shadowheap.collect.ScriptedMutator.RIGHT;
import static org.shadowheap.collect.ScriptedMutator.STATIC;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.shadowheap.heap.Generation;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.Liveness;
import org.shadowheap.remset.RememberedSetPolicy;

/** What one collection leaves behind does not mislead the next. */
class EveryCycleTest {

    private static HeapConfiguration configuration() {
        return ScriptedMutator.configuration(1).withLiveness(Liveness.ROOTS);
    }

    /** Marks of an earlier collection must not make a later one skip an object. */
    @ParameterizedTest
    @EnumSource
    void objectThatIsStoredToInEveryCycleIsScannedInEveryCycle(RememberedSetPolicy policy) {
        try (ScriptedMutator mutator = new ScriptedMutator(configuration().withRemset(policy, 512))) {
            int met = mutator.oldNode();
            mutator.heap.staticStore(NODE, STATIC, mutator.node(), 1);
            mutator.collect();
            int promoted = mutator.heap.reference(NODE, STATIC);
            for (int cycle = 0; cycle < 20; cycle++) {
                int one = mutator.node();
                int other = mutator.node();
                mutator.set(met, LEFT, one);
                mutator.set(promoted, RIGHT, other);
                if (cycle % 3 == 2) {
                    mutator.collectMajor();
                } else {
                    mutator.collect();
                }
                assertEquals(Generation.OLD, mutator.heap.generationOf(one), "cycle=" + cycle);
                assertEquals(Generation.OLD, mutator.heap.generationOf(other), "cycle=" + cycle);
            }
        }
    }

    @Test
    void collectionLeavesNoBitNoFlagAndNoListing() {
        try (ScriptedMutator mutator = new ScriptedMutator(configuration())) {
            int array = mutator.met(REFERENCES, 4000);
            int node = mutator.oldNode();
            mutator.heap.arrayStore(array, 3999, mutator.node(), 1);
            mutator.set(node, LEFT, mutator.node());
            assertEquals(2, mutator.collect().dirtyPages());
            assertFalse(mutator.heap.isRemembered(array, 3999));
            assertFalse(mutator.heap.isRemembered(node, LEFT));
            MinorCollectionResult next = mutator.collect();
            assertEquals(0, next.entries());
            assertEquals(0, next.dirtyObjects());
        }
    }

    /** Room of dead objects in old pages is given to promoted objects only with whole pages, and then remembered anew. */
    @Test
    void objectPutWhereADirtyOneDiedIsCleanAndItsOwnStoresAreRemembered() {
        try (ScriptedMutator mutator = new ScriptedMutator(configuration())) {
            int perPage = 4096 / NODE_BYTES;
            int dead = mutator.born(REFERENCES, 10_000);
            mutator.heap.roots(1);
            mutator.heap.root(1, dead);
            for (int i = 0; i < 2 * perPage; i++) {
                mutator.heap.arrayStore(dead, i, mutator.node(), 1);
            }
            mutator.collect();
            mutator.heap.arrayStore(dead, 5000, mutator.node(), 1);
            mutator.set(mutator.heap.reference(dead, 0), LEFT, mutator.node());
            mutator.heap.threadEnd(1);
            assertTrue(mutator.collectMajor().freedPages() >= 12);
            int again = mutator.born(REFERENCES, 10_000);
            mutator.heap.staticStore(NODE, STATIC, again, 1);
            assertFalse(mutator.heap.isRemembered(again, 5000));
            int young = mutator.node();
            mutator.heap.arrayStore(again, 5000, young, 1);
            assertTrue(mutator.heap.isRemembered(again, 5000));
            assertEquals(2, mutator.collect().pagesVisited());
            assertEquals(Generation.OLD, mutator.heap.generationOf(young));
        }
    }
}
