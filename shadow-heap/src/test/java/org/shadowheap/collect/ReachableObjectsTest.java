package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.shadowheap.collect.ScriptedMutator.LEFT;
import static org.shadowheap.collect.ScriptedMutator.NODE;
import static org.shadowheap.collect.ScriptedMutator.REFERENCES;
import static org.shadowheap.collect.ScriptedMutator.REFERENT;
import static org.shadowheap.collect.ScriptedMutator.WEAK;
import static org.shadowheap.collect.ScriptedMutator.configuration;

import org.junit.jupiter.api.Test;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.heap.Generation;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.Liveness;
import org.shadowheap.heap.ShadowHeap;

/** Objects that the program can still reach must not be dropped, however seldom such a program is. */
class ReachableObjectsTest {

    private static final int CHUNK = 1 << 20;

    private static HeapConfiguration roots(int tenure) {
        return configuration(tenure).withLiveness(Liveness.ROOTS).withMajorBytes(HeapConfiguration.NEVER);
    }

    /** As every Throwable without a cause: its cause is itself. */
    @Test
    void objectOfUnseenOriginIsHeldThoughItRefersToItself() {
        try (ScriptedMutator mutator = new ScriptedMutator(roots(1))) {
            int met = mutator.reserveId();
            mutator.heap.contact(met, NODE, 0);
            mutator.heap.snapshotSlot(met, LEFT, met);
            mutator.heap.snapshotEnd(met);
            mutator.collectMajor();
            assertEquals(Generation.OLD, mutator.heap.generationOf(met));
        }
    }

    /** A child with a reference to its parent: what holds the parent was never seen, but is not the child. */
    @Test
    void objectsOfUnseenOriginAreHeldThoughTheyReferToEachOther() {
        try (ScriptedMutator mutator = new ScriptedMutator(roots(1))) {
            int parent = mutator.reserveId();
            int child = mutator.reserveId();
            mutator.heap.contact(parent, NODE, 0);
            mutator.heap.contact(child, NODE, 0);
            mutator.heap.snapshotSlot(parent, LEFT, child);
            mutator.heap.snapshotEnd(parent);
            mutator.heap.snapshotSlot(child, LEFT, parent);
            mutator.heap.snapshotEnd(child);
            mutator.collectMajor();
            assertEquals(Generation.OLD, mutator.heap.generationOf(parent));
            assertEquals(Generation.OLD, mutator.heap.generationOf(child));
        }
    }

    @Test
    void objectOfUnseenOriginIsHeldThoughAWeakReferenceRefersToIt() {
        try (ScriptedMutator mutator = new ScriptedMutator(roots(1))) {
            int literal = mutator.oldNode();
            int reference = mutator.reserveId();
            mutator.heap.contact(reference, WEAK, 0);
            mutator.heap.snapshotSlot(reference, REFERENT, literal);
            mutator.heap.snapshotEnd(reference);
            mutator.collectMajor();
            assertEquals(Generation.OLD, mutator.heap.generationOf(literal));
        }
    }

    /** What is born counts as mentioned, whatever its size: the program has had no time to store it anywhere. */
    @Test
    void largeObjectLivesThroughTheMajorCollectionBehindItsBirth() {
        HeapConfiguration shape =
                new HeapConfiguration(1 << 16, 4096, 1, 64 << 20, ObjectModel.DEFAULT).withMajorBytes(1);
        try (ScriptedMutator mutator = new ScriptedMutator(shape)) {
            mutator.set(mutator.oldNode(), LEFT, mutator.node());
            mutator.collect(); // the old space has grown: a major collection is due
            int small = mutator.born(REFERENCES, 1);
            int large = mutator.born(REFERENCES, 10_000);
            mutator.collect();
            assertEquals(1, mutator.majorCollections.size());
            assertEquals(Generation.OLD, mutator.heap.generationOf(small));
            assertEquals(Generation.OLD, mutator.heap.generationOf(large));
        }
    }

    /** A JVM that is out of threads for a moment. */
    @Test
    void collectionThatFoundNoThreadsMayBeRepeated() {
        boolean[] noThreads = {true};
        ShadowHeap heap = CollectedHeap.open(
                roots(1).withThreads(1, 2), mutator -> (site, type, young, listed) -> {}, result -> {}, task -> {
                    if (noThreads[0]) {
                        throw new IllegalStateException("no more threads");
                    }
                    return new Thread(task);
                });
        try (heap) {
            ScriptedMutator.defineTypes(heap);
            heap.contact(10, NODE, 0);
            heap.snapshotEnd(10);
            heap.birth(11, NODE, 0);
            heap.fieldStore(10, LEFT, 11, 0);
            assertThrows(IllegalStateException.class, heap::collectNow);
            noThreads[0] = false;
            heap.collectNow();
            assertEquals(Generation.OLD, heap.generationOf(11));
        }
        assertEquals(0, heap.nativeBytes());
    }

    /** A window of evidence is everybody's. */
    @Test
    void oneMutatorCannotBeginAWindow() {
        try (ScriptedMutator mutator = new ScriptedMutator(configuration(2).withThreads(2, 1))) {
            assertThrows(UnsupportedOperationException.class, mutator.heap.mutator(1)::rootsRequested);
        }
    }

    /** A birth that was taken for one of the dead, since a higher id had died: nothing is miscounted. */
    @Test
    void birthBelowTheDeadMayHaveBeenMentioned() {
        try (ScriptedMutator mutator = new ScriptedMutator(roots(1))) {
            int old = mutator.oldNode();
            mutator.heap.birth(CHUNK + 5, NODE, 0);
            mutator.collect();
            mutator.set(old, LEFT, CHUNK + 3);
            mutator.heap.birth(CHUNK + 3, NODE, 0);
            mutator.heap.verifySpaces();
            mutator.collect();
            assertEquals(Generation.OLD, mutator.heap.generationOf(CHUNK + 3));
        }
    }
}
