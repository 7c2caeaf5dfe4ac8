package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shadowheap.collect.ScriptedMutator.BIG_NODE;
import static org.shadowheap.collect.ScriptedMutator.LEFT;
import static org.shadowheap.collect.ScriptedMutator.NODE;
import static org.shadowheap.collect.ScriptedMutator.NODE_BYTES;
import static org.shadowheap.collect.ScriptedMutator.REFERENCES;
import static org.shadowheap.collect.ScriptedMutator.REFERENT;
import static org.shadowheap.collect.ScriptedMutator.RIGHT;
import static org.shadowheap.collect.ScriptedMutator.STATIC;
import static org.shadowheap.collect.ScriptedMutator.WEAK;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.heap.Generation;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.Liveness;

/** Roots are what the test says: {@link Liveness#ROOTS}. */
class MajorCollectionTest {

    private ScriptedMutator mutator = mutator(1);

    private static ScriptedMutator mutator(int tenure) {
        return new ScriptedMutator(ScriptedMutator.configuration(tenure).withLiveness(Liveness.ROOTS));
    }

    private void useTenure(int tenure) {
        mutator.close();
        mutator = mutator(tenure);
    }

    @AfterEach
    void closeHeap() {
        mutator.close();
    }

    private void assertGeneration(Generation expected, int id) {
        assertEquals(expected, mutator.heap.generationOf(id), "id=" + id);
    }

    /** A node in the old space, that only its static keeps. */
    private int promotedNode() {
        int node = mutator.node();
        mutator.heap.staticStore(NODE, STATIC, node, 1);
        mutator.collect();
        return node;
    }

    private void forgetStatic() {
        mutator.heap.staticStore(NODE, STATIC, 0, 1);
    }

    @Test
    void oldObjectThatNothingRefersToIsFreed() {
        int node = promotedNode();
        assertEquals(0, mutator.collectMajor().freedBytes());
        assertGeneration(Generation.OLD, node);
        forgetStatic();
        MajorCollectionResult result = mutator.collectMajor();
        assertEquals(NODE_BYTES, result.freedBytes());
        assertGeneration(Generation.DEAD, node);
        assertEquals(0, mutator.collectMajor().freedBytes());
    }

    @Test
    void deadCycleOfOldObjectsIsFreed() {
        int one = promotedNode();
        int other = mutator.node();
        mutator.set(one, LEFT, other);
        mutator.set(other, LEFT, one);
        mutator.collect();
        assertGeneration(Generation.OLD, other);
        forgetStatic();
        assertEquals(2 * NODE_BYTES, mutator.collectMajor().freedBytes());
    }

    @Test
    void whatWasMetIsHeldUntilAClassMirrorLeadsToIt() {
        int held = mutator.oldNode();
        int holder = mutator.oldNode();
        int seen = mutator.oldNode();
        mutator.set(holder, LEFT, seen);
        mutator.collectMajor();
        mutator.set(holder, LEFT, 0);
        mutator.collectMajor();
        assertGeneration(Generation.OLD, seen); // who says that nobody else has it
        mutator.set(holder, LEFT, seen);
        mutator.heap.staticStore(NODE, STATIC, holder, 1);
        mutator.collectMajor();
        mutator.set(holder, LEFT, 0);
        mutator.collectMajor();
        assertGeneration(Generation.DEAD, seen);
        assertGeneration(Generation.OLD, holder);
        forgetStatic();
        mutator.collectMajor();
        assertGeneration(Generation.DEAD, holder);
        assertGeneration(Generation.OLD, held);
    }

    @Test
    void rootsKeepOldObjectsAndWhatTheyReferTo() {
        int one = promotedNode();
        int other = mutator.node();
        mutator.set(one, RIGHT, other);
        mutator.collect();
        forgetStatic();
        mutator.heap.roots(5);
        mutator.heap.root(5, one);
        assertEquals(0, mutator.collectMajor().freedBytes());
        mutator.heap.threadEnd(5);
        assertEquals(2 * NODE_BYTES, mutator.collectMajor().freedBytes());
    }

    @Test
    void weakReferenceDoesNotKeepItsReferent() {
        int node = promotedNode();
        int weak = mutator.met(WEAK, 0);
        mutator.set(weak, REFERENT, node);
        forgetStatic();
        mutator.collectMajor();
        assertGeneration(Generation.DEAD, node);
    }

    @Test
    void ageingObjectThatOnlyADeadOldOneKeptDiesToo() {
        useTenure(2);
        int old = mutator.node();
        mutator.heap.staticStore(NODE, STATIC, old, 1);
        mutator.collect();
        mutator.collect();
        int young = mutator.node();
        mutator.set(old, LEFT, young);
        forgetStatic();
        mutator.collectMajor();
        assertGeneration(Generation.DEAD, old);
        assertGeneration(Generation.DEAD, young);
        assertEquals(
                NODE_BYTES,
                mutator.collections.get(mutator.collections.size() - 1).survivedBytes());
        assertEquals(0, mutator.collect().survivedBytes());
    }

    @Test
    void nepotismIsCountedByTheTypeOfTheDeadHolder() {
        int dead = promotedNode();
        int deadToo = mutator.born(BIG_NODE, 0);
        mutator.set(dead, RIGHT, deadToo);
        mutator.collect();
        int first = mutator.node();
        int second = mutator.node();
        int third = mutator.born(REFERENCES, 2);
        mutator.set(dead, LEFT, first);
        mutator.set(first, LEFT, second);
        mutator.set(deadToo, LEFT, third);
        mutator.heap.arrayStore(third, 0, second, 1);
        int alive = mutator.node();
        mutator.heap.staticStore(NODE, STATIC, alive, 1);
        mutator.collectMajor();
        MinorCollectionResult result = mutator.collections.get(mutator.collections.size() - 1);
        assertEquals(4 * NODE_BYTES, result.survivedBytes());
        assertEquals(
                new Nepotism(
                        3 * NODE_BYTES,
                        List.of(
                                new Nepotism.Holders(NODE, 2 * NODE_BYTES),
                                new Nepotism.Holders(BIG_NODE, NODE_BYTES))),
                result.nepotism());
        assertGeneration(Generation.DEAD, first);
        assertGeneration(Generation.DEAD, third);
        assertGeneration(Generation.OLD, alive);
    }

    @Test
    void pageWithoutLivingObjectsIsTakenAgainCleanAndNotVisitedAsListed() {
        int perPage = 4096 / NODE_BYTES;
        int list = 0;
        for (int i = 0; i < 10 * perPage; i++) {
            int node = mutator.node();
            mutator.set(node, LEFT, list);
            list = node;
        }
        mutator.heap.staticStore(NODE, STATIC, list, 1);
        mutator.collect();
        long before = mutator.heap.figures().oldPages();
        for (int i = 0; i < 5; i++) {
            mutator.set(list - i * perPage, RIGHT, mutator.node());
        }
        forgetStatic();
        MajorCollectionResult result = mutator.collectMajor();
        assertTrue(result.freedPages() >= 10, "freedPages=" + result.freedPages());
        assertEquals(0, mutator.collect().pagesVisited());
        for (int i = 0; i < 9 * perPage; i++) {
            promotedAgain();
        }
        mutator.collect();
        assertEquals(before, mutator.heap.figures().oldPages() + 1);
        assertEquals(0, mutator.collect().pagesVisited());
    }

    private int last;

    private void promotedAgain() {
        int node = mutator.node();
        mutator.set(node, LEFT, last);
        mutator.heap.staticStore(NODE, STATIC, node, 1);
        last = node;
    }

    @Test
    void sparsePagesHandTheirObjectsToOthers() {
        int array = mutator.met(REFERENCES, 2000);
        for (int i = 0; i < 2000; i++) {
            mutator.heap.arrayStore(array, i, mutator.node(), 1);
        }
        mutator.collect();
        int kept = 0;
        for (int i = 0; i < 2000; i++) {
            if (i % 10 == 0) {
                mutator.set(mutator.heap.reference(array, i), LEFT, kept == 0 ? array : kept);
                kept = mutator.heap.reference(array, i);
            } else {
                mutator.heap.arrayStore(array, i, 0, 1);
            }
        }
        MajorCollectionResult result = mutator.collectMajor();
        assertEquals(1800 * NODE_BYTES, result.freedBytes());
        assertTrue(result.freedPages() >= 11, "freedPages=" + result.freedPages());
        for (int i = 10; i < 2000; i += 10) {
            assertEquals(
                    mutator.heap.reference(array, i - 10),
                    mutator.heap.reference(mutator.heap.reference(array, i), LEFT));
        }
    }

    @Test
    void movedObjectThatRefersToAnAgeingOneIsStillRemembered() {
        useTenure(2);
        int[] nodes = new int[300];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = mutator.node();
        }
        mutator.set(nodes[0], LEFT, nodes[299]);
        mutator.heap.staticStore(NODE, STATIC, nodes[0], 1);
        int array = mutator.born(REFERENCES, 300);
        mutator.set(nodes[0], RIGHT, array);
        for (int i = 0; i < 300; i++) {
            mutator.heap.arrayStore(array, i, nodes[i], 1);
        }
        mutator.collect();
        mutator.collect();
        for (int i = 0; i < 299; i++) {
            mutator.heap.arrayStore(array, i, 0, 1);
        }
        int young = mutator.node();
        mutator.set(nodes[299], RIGHT, young);
        mutator.collectMajor();
        assertGeneration(Generation.AGEING, young);
        assertGeneration(Generation.DEAD, nodes[100]);
        assertTrue(mutator.heap.isRemembered(nodes[299], RIGHT));
        mutator.collect();
        assertGeneration(Generation.OLD, young);
    }

    @Test
    void listOfTenMillionNodesOverflowsNothing() {
        mutator.close();
        var large = new org.shadowheap.heap.HeapConfiguration(
                        1 << 20, 4096, 1, 1L << 30, org.shadowheap.event.ObjectModel.DEFAULT)
                .withLiveness(Liveness.ROOTS);
        mutator = new ScriptedMutator(large);
        int head = 1 << 20;
        for (int i = 0; i < 10_000_000; i++) {
            mutator.heap.birth(++head, NODE, 0);
            mutator.heap.fieldStore(head, LEFT, i == 0 ? 0 : head - 1, 1);
        }
        mutator.heap.staticStore(NODE, STATIC, head, 1);
        mutator.heap.collectMajorNow();
        assertEquals(10_000_001, mutator.majorCollections.get(0).markedObjects());
        forgetStatic();
        mutator.heap.collectMajorNow();
        assertEquals(10_000_000L * NODE_BYTES, mutator.majorCollections.get(1).freedBytes());
    }

    /** One survivor a cycle leaves a page of its own behind each time, in which nothing dies. */
    @Test
    void pagesThatAreHalfEmptyAreGivenUpAlsoIfNothingDiedInThem() {
        HeapConfiguration shape = new HeapConfiguration(1 << 16, 4096, 1, 64 << 20, ObjectModel.DEFAULT)
                .withLiveness(Liveness.ROOTS)
                .withMajorBytes(HeapConfiguration.NEVER);
        try (ScriptedMutator mutator = new ScriptedMutator(shape)) {
            int array = mutator.met(REFERENCES, 1000);
            for (int i = 0; i < 1000; i++) {
                mutator.heap.arrayStore(array, i, mutator.node(), 1);
                mutator.heap.collectMajorNow();
            }
            // 24 bytes each: 6 pages if they are full, 12 if they are half full; the array, the mirror, the latest page
            long pages = mutator.heap.figures().oldPages();
            assertTrue(pages <= 16, "pages=" + pages);
            HeapVerifier.verify(mutator.heap);
        }
    }
}
