package org.shadowheap.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shadowheap.collect.CollectedHeap;
import org.shadowheap.collect.HeapVerifier;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.heap.Generation;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.HeapFullException;
import org.shadowheap.heap.ShadowHeap;

/** What goes wrong in a thread that applies events reaches the caller, and leaves a heap that can be used on. */
@Timeout(60)
class FailingAppliersTest {

    private static final int ARRAY = 900;

    private final List<Thread> threads = new ArrayList<>();

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task);
        threads.add(thread);
        return thread;
    }

    private static HeapConfiguration configuration(int mutators) {
        return new HeapConfiguration(1 << 14, 512, 2, (2 << 20) + (mutators << 16), ObjectModel.DEFAULT)
                .withThreads(mutators, 2)
                .withMajorBytes(HeapConfiguration.NEVER);
    }

    private static void begin(Appliers appliers) {
        RandomStream.defineTypes(appliers);
        appliers.contact(ARRAY, RandomStream.REFERENCES, 20_000);
        appliers.snapshotEnd(ARRAY);
    }

    /** Objects of neighbouring chunks in a list of an old array, each with a reference to the next, which may never come. */
    private static void fill(Appliers appliers, int objects) {
        for (int i = 0; i < objects; i++) {
            int id = 1 << 20 | (i % 8) << 10 | i / 8;
            int next = 1 << 20 | ((i + 1) % 8) << 10 | (i + 1) / 8;
            appliers.arrayStore(id, 0, next, 1);
            appliers.birth(id, RandomStream.REFERENCES, 40);
            appliers.arrayStore(ARRAY, i, id, 1);
            appliers.arrayStore(id, 3, next, 1);
        }
    }

    @ParameterizedTest(name = "mutators={0}")
    @ValueSource(ints = {1, 3, 8})
    void fullHeapReachesTheCallerAndIsLeftVerifiable(int mutators) {
        try (ShadowHeap heap = CollectedHeap.open(configuration(mutators), m -> (s, a, o, p) -> {}, result -> {})) {
            HeapFullException thrown;
            try (Appliers appliers = new Appliers(heap, this::thread)) {
                begin(appliers);
                appliers.round();
                thrown = assertThrows(HeapFullException.class, () -> {
                    fill(appliers, 8000);
                    appliers.round();
                });
                assertSame(thrown, assertThrows(HeapFullException.class, appliers::round));
                assertSame(thrown, assertThrows(HeapFullException.class, () -> appliers.birth(5000, 3, 3)));
            }
            HeapVerifier.verify(heap);
            assertEquals(0, heap.figures().contradictions(), "what was left out contradicts nothing");
            assertTrue(heap.figures().clockBytes() > 0);
            heap.collectNow();
            HeapVerifier.verify(heap);
            heap.collectMajorNow();
            HeapVerifier.verify(heap);
        }
    }

    @Test
    void heapIsUsedOnWithOtherAppliers() {
        try (ShadowHeap heap = CollectedHeap.open(configuration(3), m -> (s, a, o, p) -> {}, result -> {})) {
            try (Appliers appliers = new Appliers(heap, this::thread)) {
                begin(appliers);
                appliers.round();
                appliers.birth(5000, RandomStream.REFERENCES, 1 << 24);
                assertThrows(HeapFullException.class, appliers::round);
            }
            try (Appliers appliers = new Appliers(heap, this::thread)) {
                appliers.birth(5001, RandomStream.NODE, 0);
                appliers.arrayStore(ARRAY, 7, 5001, 1);
                appliers.round();
            }
            assertEquals(5001, heap.reference(ARRAY, 7));
            HeapVerifier.verify(heap);
        }
    }

    @Test
    void whatComesBehindAnEventThatDoesNotFitIsLeftOut() {
        try (ShadowHeap heap = CollectedHeap.open(configuration(1), m -> (s, a, o, p) -> {}, result -> {})) {
            try (Appliers appliers = new Appliers(heap, this::thread)) {
                begin(appliers);
                appliers.birth(5000, RandomStream.REFERENCES, 1 << 24);
                assertThrows(HeapFullException.class, () -> {
                    for (int id = 5001; id < 8000; id++) {
                        appliers.birth(id, RandomStream.NODE, 0);
                    }
                    appliers.round();
                });
            }
            assertEquals(Generation.OLD, heap.generationOf(ARRAY));
            for (int id = 5000; id < 8000; id++) {
                assertEquals(Generation.NEVER_SEEN, heap.generationOf(id));
            }
        }
    }

    @Test
    void failureThatNobodyWasToldIsToldByClose() {
        try (ShadowHeap heap = CollectedHeap.open(configuration(2), m -> (s, a, o, p) -> {}, result -> {})) {
            Appliers appliers = new Appliers(heap, this::thread);
            begin(appliers);
            appliers.birth(5000, RandomStream.REFERENCES, 1 << 24);
            assertThrows(HeapFullException.class, appliers::close);
            assertNoThreadIsAlive();
            HeapVerifier.verify(heap);
        }
    }

    @Test
    void whatAnObserverThrowsReachesTheCaller() {
        IllegalStateException expected = new IllegalStateException("observer");
        try (ShadowHeap heap = CollectedHeap.open(
                configuration(4),
                m -> (site, arrayType, oldToYoung, listed) -> {
                    if (site == 9) {
                        throw expected;
                    }
                },
                result -> {})) {
            try (Appliers appliers = new Appliers(heap, this::thread)) {
                begin(appliers);
                appliers.arrayStore(ARRAY, 1, 0, 9);
                assertSame(expected, assertThrows(IllegalStateException.class, appliers::round));
            }
            HeapVerifier.verify(heap);
        }
    }

    @Test
    void eventsAfterTheLastRoundAreAppliedByClose() {
        try (ShadowHeap heap = CollectedHeap.open(configuration(3), m -> (s, a, o, p) -> {}, result -> {})) {
            try (Appliers appliers = new Appliers(heap, this::thread)) {
                begin(appliers);
                appliers.birth(5000, RandomStream.NODE, 0);
            }
            assertEquals(24, heap.figures().clockBytes());
        }
    }

    @Test
    void interruptedCallerGoesOnAndStaysInterrupted() {
        try (ShadowHeap heap = CollectedHeap.open(configuration(3), m -> (s, a, o, p) -> {}, result -> {});
                Appliers appliers = new Appliers(heap, this::thread)) {
            Thread.currentThread().interrupt();
            begin(appliers);
            for (int i = 0; i < 20_000; i++) {
                appliers.arrayStore(ARRAY, i, 0, 1);
            }
            appliers.round();
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void threadsAreDaemonsWithNamesAndEndWithClose() {
        try (ShadowHeap heap = CollectedHeap.open(configuration(3), m -> (s, a, o, p) -> {}, result -> {})) {
            Appliers appliers = new Appliers(heap, this::thread);
            assertEquals(
                    List.of("shadowheap-applier-0", "shadowheap-applier-1", "shadowheap-applier-2"),
                    threads.stream().map(Thread::getName).toList());
            assertTrue(threads.stream().allMatch(Thread::isDaemon));
            appliers.close();
            assertNoThreadIsAlive();
            appliers.close();
            assertThrows(IllegalStateException.class, () -> appliers.birth(5000, RandomStream.NODE, 0));
            assertThrows(IllegalStateException.class, appliers::round);
        }
    }

    @Test
    void factoryThatFailsLeavesNoThreadBehind() {
        try (ShadowHeap heap = CollectedHeap.open(configuration(3), m -> (s, a, o, p) -> {}, result -> {})) {
            assertThrows(
                    IllegalStateException.class,
                    () -> new Appliers(heap, task -> {
                        if (threads.size() == 2) {
                            throw new IllegalStateException("no more threads");
                        }
                        return thread(task);
                    }));
            assertNoThreadIsAlive();
        }
    }

    private void assertNoThreadIsAlive() {
        for (Thread each : threads) {
            assertFalse(each.isAlive(), each.getName());
        }
    }
}
