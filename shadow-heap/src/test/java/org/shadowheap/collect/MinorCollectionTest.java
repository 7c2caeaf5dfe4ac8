package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shadowheap.collect.ScriptedMutator.BYTES;
import static org.shadowheap.collect.ScriptedMutator.LEFT;
import static org.shadowheap.collect.ScriptedMutator.NODE;
import static org.shadowheap.collect.ScriptedMutator.NODE_BYTES;
import static org.shadowheap.collect.ScriptedMutator.QUEUE;
import static org.shadowheap.collect.ScriptedMutator.REFERENCES;
import static org.shadowheap.collect.ScriptedMutator.REFERENT;
import static org.shadowheap.collect.ScriptedMutator.RIGHT;
import static org.shadowheap.collect.ScriptedMutator.STATIC;
import static org.shadowheap.collect.ScriptedMutator.WEAK;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.heap.Generation;

class MinorCollectionTest {

    private ScriptedMutator mutator = new ScriptedMutator(ScriptedMutator.configuration(1));

    @AfterEach
    void closeHeap() {
        mutator.close();
    }

    private void useTenure(int tenure) {
        mutator.close();
        mutator = new ScriptedMutator(ScriptedMutator.configuration(tenure));
    }

    private Generation generationOf(int id) {
        return mutator.heap.generationOf(id);
    }

    @Test
    void tenDirtyOfAThousandOldPagesAreTheOnlyOnesVisited() {
        int perPage = 4096 / NODE_BYTES;
        int[] firstOfPage = new int[1000];
        for (int page = 0; page < 1000; page++) {
            firstOfPage[page] = mutator.oldNode();
            for (int i = 1; i < perPage; i++) {
                mutator.oldNode();
            }
        }
        mutator.collectWithoutEvidence();
        for (int page = 0; page < 1000; page += 100) {
            mutator.set(firstOfPage[page], LEFT, mutator.node());
        }
        MinorCollectionResult result = mutator.collectWithoutEvidence();
        assertEquals(10, result.dirtyPages());
        assertEquals(10, result.pagesVisited());
        assertEquals(10, result.dirtyObjects());
        assertEquals(20, result.slotsScanned());
        assertEquals(10, result.oldToYoungEdges());
        assertEquals(10 * NODE_BYTES, result.promotedBytes());
    }

    @Test
    void youngObjectReachableOnlyThroughADirtyOldOneSurvives() {
        int old = mutator.oldNode();
        int middle = mutator.node();
        int leaf = mutator.node();
        mutator.set(middle, RIGHT, leaf);
        mutator.set(old, LEFT, middle);
        mutator.collectWithoutEvidence();
        assertEquals(Generation.OLD, generationOf(middle));
        assertEquals(Generation.OLD, generationOf(leaf));
        assertEquals(leaf, mutator.heap.reference(middle, RIGHT));
        assertEquals(0, mutator.heap.reference(middle, LEFT));
    }

    @Test
    void unreferencedYoungObjectIsDeadAfterTheFirstCollection() {
        int lost = mutator.node();
        MinorCollectionResult result = mutator.collectWithoutEvidence();
        assertEquals(Generation.DEAD, generationOf(lost));
        assertEquals(0, result.survivedBytes());
    }

    @Test
    void youngCycleWithoutAHolderIsDead() {
        int one = mutator.node();
        int other = mutator.node();
        mutator.set(one, LEFT, other);
        mutator.set(other, LEFT, one);
        mutator.collectWithoutEvidence();
        assertEquals(Generation.DEAD, generationOf(one));
        assertEquals(Generation.DEAD, generationOf(other));
    }

    @Test
    void staticFieldKeepsAYoungObject() {
        int value = mutator.node();
        mutator.heap.staticStore(NODE, STATIC, value, 3);
        assertTrue(mutator.stores.get(0).oldToYoung());
        mutator.collectWithoutEvidence();
        assertEquals(Generation.OLD, generationOf(value));
    }

    @Test
    void storeAnywhereInALargeArrayListsItsHeadOnceAndKeepsItsReferents() {
        int array = mutator.met(REFERENCES, 4000); // four pages
        int[] values = {mutator.node(), mutator.node(), mutator.node()};
        mutator.heap.arrayStore(array, 0, values[0], 1);
        mutator.heap.arrayStore(array, 2000, values[1], 1);
        mutator.heap.arrayStore(array, 3999, values[2], 1);
        mutator.heap.round();
        assertEquals(
                1,
                mutator.stores.stream()
                        .filter(ScriptedMutator.Store::pageListed)
                        .count());
        MinorCollectionResult result = mutator.collectWithoutEvidence();
        assertEquals(1, result.dirtyPages());
        assertEquals(4000, result.slotsScanned());
        for (int value : values) {
            assertEquals(Generation.OLD, generationOf(value));
        }
    }

    @Test
    void edgeFromOldToAgeingStaysRememberedUntilPromotion() {
        useTenure(4);
        int old = mutator.oldNode();
        int value = mutator.node();
        mutator.set(old, LEFT, value);
        for (int survived = 1; survived <= 3; survived++) {
            MinorCollectionResult result = mutator.collectWithoutEvidence();
            assertEquals(Generation.AGEING, generationOf(value), "survived=" + survived);
            assertEquals(1, result.oldToYoungEdges());
            assertTrue(mutator.heap.isRemembered(old, LEFT));
        }
        mutator.collectWithoutEvidence();
        assertEquals(Generation.OLD, generationOf(value));
        assertFalse(mutator.heap.isRemembered(old, LEFT));
    }

    @Test
    void promotedObjectThatRefersToAnAgeingOneIsRemembered() {
        useTenure(2);
        int old = mutator.oldNode();
        int first = mutator.node();
        mutator.set(old, LEFT, first);
        mutator.collectWithoutEvidence();
        int second = mutator.node();
        mutator.set(first, LEFT, second);
        mutator.collectWithoutEvidence();
        assertEquals(Generation.OLD, generationOf(first));
        assertEquals(Generation.AGEING, generationOf(second));
        assertTrue(mutator.heap.isRemembered(first, LEFT));
        mutator.collectWithoutEvidence();
        assertEquals(Generation.OLD, generationOf(second));
    }

    @Test
    void objectBornLargeIsOldAndItsYoungReferentIsRemembered() {
        int large = mutator.born(REFERENCES, 10_000);
        assertEquals(Generation.OLD, generationOf(large));
        int value = mutator.node();
        mutator.heap.arrayStore(large, 9_999, value, 1);
        assertTrue(mutator.heap.isRemembered(large, 9_999));
        mutator.collectWithoutEvidence();
        assertEquals(Generation.OLD, generationOf(value));
        assertEquals(value, mutator.heap.reference(large, 9_999));
    }

    @Test
    void emptyListMeansThatNoPageIsVisited() {
        mutator.oldNode();
        MinorCollectionResult result = mutator.collectWithoutEvidence();
        assertEquals(0, result.dirtyPages());
        assertEquals(0, result.pagesVisited());
        assertEquals(0, result.slotsScanned());
    }

    @Test
    void storeOfNullIntoAnOldObjectDirtiesItsPageButIsNotOldToYoung() {
        int old = mutator.oldNode();
        mutator.set(old, LEFT, 0);
        assertEquals(new ScriptedMutator.Store(7, 0, false, true), mutator.stores.get(0));
        MinorCollectionResult result = mutator.collectWithoutEvidence();
        assertEquals(1, result.dirtyPages());
        assertEquals(0, result.oldToYoungEdges());
    }

    @Test
    void weakReferenceKeepsNothingAliveAndResurrectsNothing() {
        int old = mutator.met(WEAK, 0);
        int referent = mutator.node();
        int queue = mutator.node();
        mutator.set(old, REFERENT, referent);
        mutator.set(old, QUEUE, queue);
        mutator.collectWithoutEvidence();
        assertEquals(Generation.DEAD, generationOf(referent));
        assertEquals(Generation.OLD, generationOf(queue));
        assertEquals(referent, mutator.heap.reference(old, REFERENT));
        mutator.set(old, REFERENT, 0);
        assertEquals(Generation.DEAD, generationOf(referent));
        assertEquals(0, mutator.heap.figures().resurrected());
    }

    @Test
    void referenceWhoseClassSaysThatItsReferentIsStrongKeepsIt() {
        int soft = 90;
        FieldDefinition strong = new FieldDefinition("referent", REFERENT, false);
        mutator.heap.type(new TypeDefinition(soft, "Soft", 0, WEAK, Shape.INSTANCE, 24, 0, List.of(strong), List.of()));
        int old = mutator.met(soft, 0);
        int referent = mutator.node();
        int queue = mutator.node();
        mutator.set(old, REFERENT, referent);
        mutator.set(old, QUEUE, queue);
        mutator.collectWithoutEvidence();
        assertEquals(Generation.OLD, generationOf(referent));
        assertEquals(Generation.OLD, generationOf(queue));
        assertEquals(
                0,
                mutator.heap.figures().contradictions(),
                "the field of the superclass is not left out: it is the same");
    }

    @Test
    void bytesOfAPrimitiveArrayMoveWithoutBeingTouched() {
        int old = mutator.oldNode();
        int bytes = mutator.born(BYTES, 100);
        mutator.set(old, LEFT, bytes);
        MinorCollectionResult result = mutator.collectWithoutEvidence();
        assertEquals(120, result.promotedBytes());
        assertEquals(120, mutator.heap.bytesOf(bytes));
    }

    @Test
    void roundCollectsOnlyWhenTheNurseryIsFull() {
        for (int i = 0; i < (1 << 16) / NODE_BYTES; i++) {
            mutator.node();
        }
        mutator.heap.round();
        assertEquals(0, mutator.collections.size());
        mutator.node();
        assertEquals(0, mutator.collections.size());
        mutator.heap.round();
        assertEquals(1, mutator.collections.size());
        assertEquals(0, mutator.heap.bornSinceCollectionBytes());
    }

    @Test
    void figuresOfAScriptEqualItsKnownAnswer() {
        int old = mutator.oldNode();
        int kept = mutator.node();
        mutator.node();
        mutator.set(old, LEFT, kept);
        mutator.set(old, RIGHT, old);
        mutator.set(kept, LEFT, old);
        MinorCollectionResult result = mutator.collectWithoutEvidence();
        assertEquals(new MinorCollectionResult(2 * 24, 3, 1, 1, 1, 1, 1, 2, 1, 24, 24, null, result.nanos()), result);
        assertEquals(2 * 24, mutator.heap.figures().clockBytes());
        assertEquals(104 + 24, mutator.heap.figures().contactBytes());
        assertEquals(104 + 24 + 24, mutator.heap.figures().oldBytes());
        var statistics = mutator.heap.rememberedSet().statistics();
        assertEquals(1, statistics.scans());
        assertEquals(1, statistics.lastEntries());
        assertEquals(1.0, statistics.averageEntries());
        mutator.collectWithoutEvidence();
        assertEquals(0.875, mutator.heap.rememberedSet().statistics().averageEntries());
    }
}
