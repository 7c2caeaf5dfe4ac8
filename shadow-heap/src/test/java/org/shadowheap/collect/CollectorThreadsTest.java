package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CollectorThreadsTest {

    private static final int WORKERS = 5;

    private final List<Thread> made = new ArrayList<>();
    private final CollectorThreads threads = new CollectorThreads(WORKERS, this::thread);

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task);
        made.add(thread);
        return thread;
    }

    @AfterEach
    void end() {
        threads.close();
        for (Thread each : made) {
            assertFalse(each.isAlive(), each.getName());
        }
    }

    @Test
    void everyWorkerRunsEveryPhaseOnceAndTheCallerIsWorkerZero() {
        Thread caller = Thread.currentThread();
        for (int phase = 0; phase < 1000; phase++) {
            AtomicIntegerArray runs = new AtomicIntegerArray(WORKERS);
            threads.run(worker -> {
                runs.incrementAndGet(worker);
                assertEquals(worker == 0, Thread.currentThread() == caller);
            });
            for (int worker = 0; worker < WORKERS; worker++) {
                assertEquals(1, runs.get(worker));
            }
        }
        assertEquals(WORKERS - 1, made.size());
    }

    @Test
    void noPhaseBeginsBeforeTheOneBeforeHasEnded() {
        int[] written = new int[WORKERS];
        for (int phase = 1; phase <= 2000; phase++) {
            int now = phase;
            threads.run(worker -> {
                for (int other = 0; other < WORKERS; other++) {
                    int found = written[other];
                    assertTrue(found == now - 1 || found == now, "phase " + now + " found " + found);
                }
                written[worker] = now; // plain: the end of a phase publishes it
            });
        }
    }

    @Test
    void threadsAreMadeWhenTheyAreNeededAsDaemonsWithNames() {
        assertEquals(0, made.size());
        threads.run(worker -> {});
        assertTrue(made.stream().allMatch(Thread::isDaemon));
        assertEquals("shadowheap-collector-1", made.get(0).getName());
        assertEquals("shadowheap-collector-4", made.get(3).getName());
    }

    @Test
    void oneWorkerNeedsNoThread() {
        int[] runs = {0};
        CollectorThreads alone = new CollectorThreads(1, task -> {
            throw new AssertionError("no thread is needed");
        });
        alone.run(worker -> runs[0]++);
        alone.close();
        assertEquals(1, runs[0]);
    }

    @Test
    void whatAWorkerThrowsIsThrownToTheCallerAfterAllHaveEnded() {
        AtomicInteger ended = new AtomicInteger();
        for (int failing = 0; failing < WORKERS; failing++) {
            int who = failing;
            Error expected = new StackOverflowError("expected");
            Error thrown = assertThrows(
                    Error.class,
                    () -> threads.run(worker -> {
                        if (worker == who) {
                            throw expected;
                        }
                        ended.incrementAndGet();
                    }));
            assertSame(expected, thrown);
            assertEquals((failing + 1) * (WORKERS - 1), ended.get());
        }
        threads.run(worker -> ended.set(0)); // and they go on
        assertEquals(0, ended.get());
    }

    @Test
    void failuresOfSeveralWorkersAreOneWithTheOthersSuppressed() {
        IllegalStateException thrown = assertThrows(
                IllegalStateException.class,
                () -> threads.run(worker -> {
                    throw new IllegalStateException("worker " + worker);
                }));
        assertEquals(WORKERS - 1, thrown.getSuppressed().length);
    }

    @Test
    void factoryThatFailsFailsTheCollectionAndLeavesNothingHanging() {
        List<Thread> few = new ArrayList<>();
        CollectorThreads failing = new CollectorThreads(3, task -> {
            if (few.size() == 1) {
                throw new IllegalStateException("no more threads");
            }
            few.add(new Thread(task));
            return few.get(0);
        });
        assertThrows(IllegalStateException.class, () -> failing.run(worker -> {}));
        failing.close();
        assertFalse(few.get(0).isAlive());
    }

    @Test
    void interruptedCallerWaitsForTheOthersAndStaysInterrupted() {
        AtomicInteger ended = new AtomicInteger();
        Thread.currentThread().interrupt();
        threads.run(worker -> {
            for (int i = 0; worker > 0 && i < 1_000_000; i++) {
                Thread.onSpinWait();
            }
            ended.incrementAndGet();
        });
        assertEquals(WORKERS, ended.get());
        assertTrue(Thread.interrupted());
    }
}
