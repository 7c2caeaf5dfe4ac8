package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.shadowheap.heap.Collector;
import org.shadowheap.heap.Evacuation;
import org.shadowheap.heap.Liveness;
import org.shadowheap.heap.ShadowHeap;

/** Scan stacks and what is shared of them, on a real heap in which a test takes the place of the collector. */
@Timeout(60)
class SharedWorkTest {

    private static final int WORKERS = 4;
    private static final int ARRAY_LENGTH = 7000;

    private static void collecting(Collector test) {
        var configuration =
                ScriptedMutator.configuration(1).withLiveness(Liveness.ROOTS).withThreads(1, WORKERS);
        try (ShadowHeap heap = new ShadowHeap(configuration, mutator -> (s, a, o, p) -> {}, test)) {
            ScriptedMutator.defineTypes(heap);
            for (int id = 1000; id < 1100; id++) {
                heap.birth(id, ScriptedMutator.NODE, 0);
            }
            heap.birth(1100, ScriptedMutator.REFERENCES, ARRAY_LENGTH);
            heap.birth(1101, ScriptedMutator.REFERENCES, ARRAY_LENGTH);
            heap.collectNow();
        }
    }

    /** Addresses of moved objects: nodes, then the two arrays. */
    private static List<Long> objects(Evacuation evacuation) {
        List<Long> objects = new ArrayList<>();
        for (int id = 1000; id < 1102; id++) {
            objects.add(evacuation.worker(0).evacuate(id));
        }
        return objects;
    }

    @Test
    void oldestHalfOfAStackIsGivenInTheOrderInWhichItWasPushed() {
        collecting(evacuation -> {
            List<Long> nodes = objects(evacuation).subList(0, 10);
            try (ScanStack from = new ScanStack(evacuation);
                    ScanStack to = new ScanStack(evacuation)) {
                nodes.forEach(from::push);
                from.giveOldest(from.words() / 2, to);
                assertEquals(5, from.words());
                assertEquals(5, to.words());
                for (int i = 4; i >= 0; i--) {
                    assertEquals(nodes.get(i), to.pop());
                    assertEquals(nodes.get(i + 5), from.pop());
                }
                assertTrue(from.isEmpty());
                assertTrue(to.isEmpty());
                from.push(nodes.get(3));
                assertEquals(nodes.get(3), from.pop());
            }
        });
    }

    @Test
    void restOfALargeObjectStaysTogetherWithWhereToGoOn() {
        collecting(evacuation -> {
            List<Long> objects = objects(evacuation);
            for (int given = 0; given <= 7; given++) {
                AtomicInteger slots = new AtomicInteger();
                try (ScanStack from = new ScanStack(evacuation);
                        ScanStack to = new ScanStack(evacuation)) {
                    from.push(objects.get(0));
                    from.push(objects.get(100));
                    from.scan(from.pop(), (slot, value) -> slots.incrementAndGet());
                    from.push(objects.get(101));
                    from.scan(from.pop(), (slot, value) -> slots.incrementAndGet());
                    from.push(objects.get(1));
                    long words = from.words();
                    assertEquals(6, words);
                    from.giveOldest(given, to);
                    assertEquals(words, from.words() + to.words());
                    List<Long> popped = new ArrayList<>();
                    scanAll(to, popped);
                    scanAll(from, popped);
                    assertEquals(
                            2,
                            popped.stream()
                                    .filter(o -> o.equals(objects.get(0)) || o.equals(objects.get(1)))
                                    .count());
                    int segments = (16 + 4 * ARRAY_LENGTH + 8191) / 8192 - 1;
                    assertEquals(2 + 2 * segments, popped.size());
                }
            }
        });
    }

    private static void scanAll(ScanStack stack, List<Long> popped) {
        while (!stack.isEmpty()) {
            long object = stack.pop();
            popped.add(object);
            stack.scan(object, (slot, value) -> {});
        }
    }

    @Test
    void workerThatHasNothingWaitsUntilAnotherGives() {
        collecting(evacuation -> {
            List<Long> nodes = objects(evacuation).subList(0, 10);
            List<Long> taken = new ArrayList<>();
            try (SharedWork shared = new SharedWork(evacuation);
                    ScanStack busy = new ScanStack(evacuation);
                    ScanStack idle = new ScanStack(evacuation)) {
                Thread waiting = begin(() -> {
                    if (shared.take(idle)) {
                        scanAll(idle, taken);
                    }
                });
                nodes.forEach(busy::push);

                await(shared::isWanted);
                shared.give(busy);
                join(waiting);
                assertEquals(5, busy.words());
                assertEquals(5, taken.size());
                assertFalse(shared.isWanted());
            }
        });
    }

    @Test
    void everybodyLeavesWhenNobodyHasAnything() {
        collecting(evacuation -> {
            try (SharedWork shared = new SharedWork(evacuation);
                    ScanStack empty = new ScanStack(evacuation)) {
                List<Thread> threads = new ArrayList<>();
                AtomicInteger left = new AtomicInteger();
                for (int i = 0; i < WORKERS - 1; i++) {
                    threads.add(begin(() -> {
                        assertFalse(shared.take(empty));
                        left.incrementAndGet();
                    }));
                }
                threads.forEach(each -> await(() -> each.getState() == Thread.State.WAITING));
                assertEquals(0, left.get(), "one is still busy");
                assertFalse(shared.take(empty));
                threads.forEach(SharedWorkTest::join);
                assertEquals(WORKERS - 1, left.get());
            }
        });
    }

    @Test
    void everybodyLeavesWhenOneHasFailed() {
        collecting(evacuation -> {
            try (SharedWork shared = new SharedWork(evacuation);
                    ScanStack empty = new ScanStack(evacuation)) {
                Thread waiting = begin(() -> assertFalse(shared.take(empty)));
                await(shared::isWanted);
                shared.abort();
                join(waiting);
                assertFalse(shared.take(empty));
            }
        });
    }

    private static Thread begin(Runnable task) {
        Thread thread = new Thread(task);
        thread.start();
        return thread;
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
