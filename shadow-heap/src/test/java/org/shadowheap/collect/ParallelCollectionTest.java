package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shadowheap.collect.ScriptedMutator.BYTES;
import static org.shadowheap.collect.ScriptedMutator.LEFT;
import static org.shadowheap.collect.ScriptedMutator.NODE;
import static org.shadowheap.collect.ScriptedMutator.NODE_BYTES;
import static org.shadowheap.collect.ScriptedMutator.REFERENCES;
import static org.shadowheap.collect.ScriptedMutator.RIGHT;
import static org.shadowheap.collect.ScriptedMutator.STATIC;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.heap.Collector;
import org.shadowheap.heap.Generation;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.Liveness;
import org.shadowheap.heap.ShadowHeap;

/** Graphs that several collectors share well, or cannot share. */
@Timeout(120)
class ParallelCollectionTest {

    private static final int FIRST = 1 << 20;

    private static HeapConfiguration configuration(int collectors, int tenure) {
        return new HeapConfiguration(64 << 20, 4096, tenure, 1L << 30, ObjectModel.DEFAULT)
                .withLiveness(Liveness.ROOTS)
                .withMajorBytes(HeapConfiguration.NEVER)
                .withThreads(1, collectors);
    }

    @ParameterizedTest(name = "collectors={0}")
    @ValueSource(ints = {1, 2, 4, 8})
    void longListIsMovedByWhoeverHoldsItsEnd(int collectors) {
        int length = 200_000;
        try (ScriptedMutator mutator = new ScriptedMutator(configuration(collectors, 1))) {
            for (int i = 0; i < length; i++) {
                mutator.heap.birth(FIRST + i, NODE, 0);
                mutator.heap.fieldStore(FIRST + i, LEFT, i == 0 ? 0 : FIRST + i - 1, 1);
            }
            mutator.heap.staticStore(NODE, STATIC, FIRST + length - 1, 1);
            MinorCollectionResult result = mutator.collect();
            assertEquals((long) length * NODE_BYTES, result.promotedBytes());
            assertEquals(1, result.oldToYoungEdges());
            for (int i = 1; i < length; i++) {
                assertEquals(FIRST + i - 1, mutator.heap.reference(FIRST + i, LEFT));
            }
        }
    }

    @ParameterizedTest(name = "collectors={0}")
    @ValueSource(ints = {1, 2, 4, 8})
    void treeIsMovedOnceByAllTogether(int collectors) {
        int nodes = 1 << 18;
        try (ScriptedMutator mutator = new ScriptedMutator(configuration(collectors, 3))) {
            for (int i = 1; i < nodes; i++) {
                mutator.heap.birth(FIRST + i, NODE, 0);
            }
            for (int i = 1; i < nodes / 2; i++) {
                mutator.heap.fieldStore(FIRST + i, LEFT, FIRST + 2 * i, 1);
                mutator.heap.fieldStore(FIRST + i, RIGHT, FIRST + 2 * i + 1, 1);
            }
            mutator.heap.staticStore(NODE, STATIC, FIRST + 1, 1);
            for (int survived = 1; survived <= 3; survived++) {
                MinorCollectionResult result = mutator.collect();
                assertEquals((nodes - 1L) * NODE_BYTES, result.survivedBytes());
                assertEquals(survived == 3 ? result.survivedBytes() : 0, result.promotedBytes());
                assertEquals(1, result.dirtyObjects());
            }
            for (int i = 1; i < nodes / 2; i++) {
                assertEquals(FIRST + 2 * i, mutator.heap.reference(FIRST + i, LEFT));
                assertEquals(FIRST + 2 * i + 1, mutator.heap.reference(FIRST + i, RIGHT));
            }
        }
    }

    @ParameterizedTest(name = "collectors={0}")
    @ValueSource(ints = {1, 2, 4, 8})
    void objectThatAllDirtyPagesReferToIsMovedOnce(int collectors) {
        int pages = 300;
        try (ScriptedMutator mutator = new ScriptedMutator(configuration(collectors, 2))) {
            for (int i = 0; i < pages * 4096 / NODE_BYTES; i++) {
                mutator.oldNode();
            }
            for (int round = 0; round < 20; round++) {
                int shared = mutator.born(REFERENCES, 3000);
                for (int i = 0; i < 3000; i++) {
                    mutator.heap.arrayStore(shared, i, i % 3 == 0 ? shared : mutator.node(), 1);
                }
                int others = pages * 4096 / NODE_BYTES / 50;
                for (int i = 0; i < others; i++) {
                    mutator.set(1000 + i * 50, LEFT, shared);
                }
                int garbage = mutator.node();
                MinorCollectionResult result = mutator.collect();
                assertTrue(result.oldToYoungEdges() >= others);
                assertEquals(16 + 3000 * 4 + 2000 * NODE_BYTES, result.survivedBytes() - result.promotedBytes());
                assertEquals(Generation.AGEING, mutator.heap.generationOf(shared));
                assertEquals(Generation.DEAD, mutator.heap.generationOf(garbage));
            }
        }
    }

    @Test
    void objectsThatTwoWorkersReachAtTheSameTimeAreMovedByOne() {
        int count = 200_000;
        long[] moved = new long[2];
        Collector bothMoveAll = evacuation -> {
            try (CollectorThreads threads = new CollectorThreads(2, Thread::new)) {
                threads.run(worker -> {
                    for (int id = FIRST; id < FIRST + count; id++) {
                        // Who is behind passes quickly what was moved, and catches up.
                        moved[worker] += evacuation.worker(worker).evacuate(id) == 0 ? 0 : 1;
                    }
                });
            }
            evacuation.finish();
        };
        try (ShadowHeap heap = new ShadowHeap(configuration(2, 15), m -> (s, a, o, p) -> {}, bothMoveAll)) {
            ScriptedMutator.defineTypes(heap);
            for (int id = FIRST; id < FIRST + count; id++) {
                heap.birth(id, NODE, 0);
            }
            for (int collection = 1; collection <= 15; collection++) {
                heap.collectNow();
                assertEquals((long) collection * count, moved[0] + moved[1]);
            }
            assertEquals((long) count * NODE_BYTES, heap.figures().oldBytes());
            HeapVerifier.verify(heap);
        }
    }

    /** Two workers move every other object of these, whatever refers to them. */
    private static Collector eachItsHalf(int count) {
        return evacuation -> {
            try (CollectorThreads threads = new CollectorThreads(2, Thread::new)) {
                threads.run(worker -> {
                    for (int id = FIRST + worker; id < FIRST + count; id += 2) {
                        evacuation.worker(worker).evacuate(id);
                    }
                });
            }
            evacuation.finish();
        };
    }

    @Test
    void workersThatTakeChunksAllTheTimeNeverTakeTheSame() {
        int count = 1500;
        HeapConfiguration small = new HeapConfiguration(1 << 16, 4096, 6, 1L << 30, ObjectModel.DEFAULT)
                .withLiveness(Liveness.ROOTS)
                .withThreads(1, 2);
        try (ShadowHeap heap = new ShadowHeap(small, m -> (s, a, o, p) -> {}, eachItsHalf(count))) {
            ScriptedMutator.defineTypes(heap);
            for (int i = 0; i < count; i++) {
                heap.birth(FIRST + i, BYTES, 30_000 + i); // two fit a chunk
            }
            for (int collection = 1; collection <= 6; collection++) {
                heap.collectNow();
                for (int i = 0; i < count; i++) {
                    assertEquals(16 + 30_000 + i + 7 & -8, heap.bytesOf(FIRST + i));
                }
            }
            HeapVerifier.verify(heap);
        }
    }

    @Test
    void workersThatTakePagesAllTheTimeNeverTakeTheSame() {
        int count = 100_000;
        HeapConfiguration small = new HeapConfiguration(1 << 16, 512, 1, 1L << 30, ObjectModel.DEFAULT)
                .withLiveness(Liveness.ROOTS)
                .withThreads(1, 2);
        try (ShadowHeap heap = new ShadowHeap(small, m -> (s, a, o, p) -> {}, eachItsHalf(count))) {
            ScriptedMutator.defineTypes(heap);
            for (int i = 0; i < count; i++) {
                heap.birth(FIRST + i, REFERENCES, 80); // more than half a page
                heap.arrayStore(FIRST + i, 0, FIRST + i, 1);
            }
            heap.collectNow();
            assertEquals(count, heap.figures().oldPages());
            for (int i = 0; i < count; i++) {
                assertEquals(FIRST + i, heap.reference(FIRST + i, 0));
            }
            HeapVerifier.verify(heap);
        }
    }

    @Test
    void threadsComeFromTheFactoryOfWhoOpensTheHeapAndEndWithIt() {
        List<Thread> made = new ArrayList<>();
        ShadowHeap heap = CollectedHeap.open(
                configuration(3, 1), mutator -> (site, type, young, listed) -> {}, result -> {}, task -> {
                    Thread thread = new Thread(task);
                    made.add(thread);
                    return thread;
                });
        assertEquals(0, made.size(), "no collection yet");
        heap.collectNow();
        heap.collectNow();
        assertEquals(2, made.size());
        assertTrue(made.stream().allMatch(Thread::isAlive));
        heap.close();
        for (Thread each : made) {
            assertFalse(each.isAlive(), each.getName());
        }
    }
}
