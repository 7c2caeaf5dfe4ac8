package org.shadowheap.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.shadowheap.collect.CollectedHeap;
import org.shadowheap.collect.HeapVerifier;
import org.shadowheap.collect.MinorCollectionResult;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.heap.Generation;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.Liveness;
import org.shadowheap.heap.Mutator;
import org.shadowheap.heap.ShadowHeap;

/** Threads that drive a mutator each, as they like: between rounds nothing orders them. */
@Timeout(120)
class FreeMutatorsTest {

    private static final int THREADS = 16;
    private static final int NODE = RandomStream.NODE;
    private static final int LEFT = RandomStream.LEFT;
    private static final int RIGHT = RandomStream.RIGHT;

    private final AtomicLong listings = new AtomicLong();
    private final List<MinorCollectionResult> collections = new ArrayList<>();
    private final ShadowHeap heap = CollectedHeap.open(
            new HeapConfiguration(1 << 20, 4096, 1, 512 << 20, ObjectModel.DEFAULT)
                    .withLiveness(Liveness.ROOTS)
                    .withMajorBytes(HeapConfiguration.NEVER)
                    .withThreads(THREADS, 2),
            mutator -> (site, arrayType, oldToYoung, pageListed) -> {
                if (pageListed) {
                    listings.incrementAndGet();
                }
            },
            collections::add);

    FreeMutatorsTest() {
        RandomStream.defineTypes(heap);
    }

    @AfterEach
    void closeHeap() {
        heap.close();
        assertEquals(0, heap.nativeBytes());
    }

    private interface Program {
        void run(int thread, Mutator mutator);
    }

    /** Runs a program on threads that begin together, until all have ended. */
    private void onAllThreads(Program program) throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(THREADS);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Thread thread = new Thread(() -> {
                try {
                    ready.countDown();
                    ready.await();
                    program.run(number, heap.mutator(number));
                } catch (Throwable e) {
                    failure.set(e);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread each : threads) {
            each.join();
        }
        assertEquals(null, failure.get());
    }

    private void collect() {
        HeapVerifier.verify(heap);
        heap.collectNow();
        HeapVerifier.verify(heap);
        assertEquals(0, heap.figures().contradictions());
        assertEquals(0, heap.figures().resurrected());
    }

    private MinorCollectionResult last() {
        return collections.get(collections.size() - 1);
    }

    private void meet(int first, int count) {
        for (int id = first; id < first + count; id++) {
            heap.contact(id, NODE, 0);
            heap.snapshotEnd(id);
        }
        heap.round();
    }

    @Test
    void aMillionStoresOfAllThreadsToOnePageListItOnce() throws InterruptedException {
        meet(1000, 100);
        long listingsBefore = heap.rememberedSet().statistics().slowPaths();
        onAllThreads((thread, mutator) -> {
            for (int i = 0; i < 1_000_000 / THREADS; i++) {
                mutator.fieldStore(1000 + (i + thread) % 100, (i & 1) == 0 ? LEFT : RIGHT, 1000, 1);
            }
        });
        assertEquals(1, heap.rememberedSet().statistics().slowPaths() - listingsBefore);
        assertEquals(1, listings.get());
        collect();
        assertEquals(1_000_000, last().stores());
        assertEquals(1, last().dirtyPages());
        assertEquals(100, last().dirtyObjects());
    }

    @Test
    void everyPageThatAnyThreadStoresToIsListedOnce() throws InterruptedException {
        int perPage = 4096 / 24;
        int pages = 400;
        meet(1 << 20, pages * perPage);
        onAllThreads((thread, mutator) -> {
            for (int page = 0; page < pages; page++) {
                mutator.fieldStore((1 << 20) + (page * 7 + thread) % pages * perPage + thread, LEFT, 0, 1);
            }
        });
        assertEquals(pages, listings.get());
        collect();
        assertEquals(pages, last().dirtyPages());
        assertEquals((long) pages * THREADS, last().dirtyObjects());
    }

    @Test
    void storesOfThreadsThatHaveEndedAreNotLost() throws InterruptedException {
        meet(1000, THREADS);
        onAllThreads((thread, mutator) -> {
            int id = 1 << 20 | thread << 12;
            mutator.birth(id, NODE, 0);
            mutator.fieldStore(1000 + thread, LEFT, id, 1);
        });
        collect();
        assertEquals(THREADS, last().oldToYoungEdges());
        for (int thread = 0; thread < THREADS; thread++) {
            assertEquals(Generation.OLD, heap.generationOf(1 << 20 | thread << 12));
        }
    }

    @Test
    void storesToObjectsThatOtherThreadsHaveJustMadeAreApplied() throws InterruptedException {
        int objects = 2000;
        for (int round = 0; round < 5; round++) {
            int base = (round + 1) * (1 << 20);
            onAllThreads((thread, mutator) -> {
                for (int i = 0; i < objects; i++) {
                    int own = base | thread << 12 | i;
                    int neighbours = base | (thread + 1) % THREADS << 12 | i;
                    mutator.fieldStore(neighbours, RIGHT, own, 1); // perhaps before its birth
                    mutator.birth(own, NODE, 0);
                    mutator.fieldStore(own, LEFT, neighbours, 2);
                }
                mutator.roots(thread);
                mutator.root(thread, base | thread << 12);
            });
            heap.collectNow();
            HeapVerifier.verify(heap);
            assertEquals(0, heap.figures().contradictions());
            for (int thread = 0; thread < THREADS; thread++) {
                int own = base | thread << 12;
                assertEquals(base | (thread + 1) % THREADS << 12, heap.reference(own, LEFT));
                assertEquals(base | (thread + THREADS - 1) % THREADS << 12, heap.reference(own, RIGHT));
            }
            assertEquals(Generation.DEAD, heap.generationOf(base | 1));
            assertEquals(2L * THREADS * objects, last().stores());
        }
    }

    @Test
    void threadsThatShareChunksOfTheIdTableLoseNoObject() throws InterruptedException {
        int ids = 40_000;
        onAllThreads((thread, mutator) -> {
            for (int i = 0; i < ids; i++) {
                int id = 1 << 20 | i * THREADS + thread;
                if (i % 5 == 0) {
                    mutator.contact(id, NODE, 0);
                    mutator.snapshotEnd(id);
                } else {
                    mutator.birth(id, NODE, 0);
                }
                mutator.fieldStore(id, LEFT, id, 1);
            }
        });
        HeapVerifier.verify(heap);
        assertEquals(0, heap.figures().contradictions());
        int[] found = {0};
        heap.forEachObject(id -> {
            if (id >= 1 << 20) {
                found[0]++;
                assertEquals(id, heap.reference(id, LEFT));
            }
        });
        assertEquals(THREADS * ids, found[0]);
        collect();
        assertEquals(THREADS * ids / 5 * 24L, heap.figures().oldBytes());
    }

    @Test
    void deadObjectThatSeveralThreadsMentionIsResurrectedOnce() throws InterruptedException {
        int chunks = 3000;
        meet(1000, THREADS);
        for (int i = 0; i < chunks * THREADS; i++) {
            heap.birth(inChunk(i / THREADS, i % THREADS), NODE, 0);
        }
        heap.collectNow(); // frees the chunks, which know what they gave
        onAllThreads((thread, mutator) -> {
            for (int chunk = 0; chunk < chunks; chunk++) {
                mutator.fieldStore(1000 + thread, LEFT, inChunk(chunk, thread), 1);
                mutator.fieldStore(1000 + thread, LEFT, inChunk(chunk, (thread + 1) % THREADS), 1);
                mutator.birth(inChunk(chunk, 100 + thread), NODE, 0); // the first one opens the chunk again
            }
        });
        assertEquals((long) chunks * THREADS, heap.figures().resurrected());
        assertEquals(0, heap.figures().contradictions());
        for (int chunk = 0; chunk < chunks; chunk++) {
            assertEquals(Generation.RESURRECTED, heap.generationOf(inChunk(chunk, 0)));
            assertEquals(Generation.NURSERY, heap.generationOf(inChunk(chunk, 100)));
        }
    }

    private static int inChunk(int chunk, int index) {
        return 1 << 22 | chunk << 10 | index;
    }

    @Test
    void objectThatOthersMentionWhileItIsMetLives() throws InterruptedException {
        int chunks = 3000;
        meet(1000, THREADS);
        for (int chunk = 0; chunk < chunks; chunk++) {
            heap.birth(inChunk(chunk, 500), NODE, 0);
        }
        heap.collectNow(); // ids below 500 are taken for dead
        onAllThreads((thread, mutator) -> {
            for (int chunk = 0; chunk < chunks; chunk++) {
                for (int i = 0; i < THREADS; i++) {
                    int id = inChunk(chunk, i);
                    if ((chunk + i) % THREADS == thread) {
                        mutator.contact(id, NODE, 0);
                        mutator.snapshotEnd(id);
                    } else {
                        mutator.fieldStore(1000 + thread, LEFT, id, 1);
                    }
                }
            }
        });
        for (int chunk = 0; chunk < chunks; chunk++) {
            for (int i = 0; i < THREADS; i++) {
                assertEquals(Generation.OLD, heap.generationOf(inChunk(chunk, i)), "chunk=" + chunk + " i=" + i);
            }
        }
    }

    @Test
    void objectsThatAreMetInChunksThatOthersOpenAreFound() throws InterruptedException {
        int chunks = 200;
        for (int chunk = 0; chunk < chunks; chunk++) {
            heap.birth(inChunk(chunk, 500), NODE, 0);
        }
        heap.collectNow(); // ids below 500 would be taken for dead
        onAllThreads((thread, mutator) -> {
            for (int chunk = 0; chunk < chunks; chunk++) {
                int first = inChunk(chunk, 0);
                if (thread == chunk % THREADS) {
                    mutator.birth(first | 1000, NODE, 0);
                } else {
                    mutator.contact(first | thread, NODE, 0);
                    mutator.snapshotEnd(first | thread);
                }
            }
        });
        for (int chunk = 0; chunk < chunks; chunk++) {
            for (int thread = 0; thread < THREADS; thread++) {
                boolean born = thread == chunk % THREADS;
                assertEquals(
                        born ? Generation.NURSERY : Generation.OLD,
                        heap.generationOf(inChunk(chunk, born ? 1000 : thread)));
            }
        }
        collect();
    }

    @Test
    void typesThatSeveralThreadsDefineAreKnownToAll() throws InterruptedException {
        int types = 2000;
        onAllThreads((thread, mutator) -> {
            for (int i = 0; i < types; i++) {
                mutator.type(RandomStream.node(10_000 + i, "Type", List.of()));
                int id = 1 << 20 | thread << 12 | i;
                mutator.birth(id, 10_000 + i, 0);
                mutator.fieldStore(id, LEFT, id, 1);
            }
        });
        assertEquals(0, heap.figures().contradictions());
        for (int thread = 0; thread < THREADS; thread++) {
            assertEquals(10_000 + types - 1, heap.typeOf(1 << 20 | thread << 12 | types - 1));
        }
    }
}
