package org.shadowheap.heap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.shadowheap.event.layout.IdOrder;
import org.shadowheap.memory.NativeIntList;
import org.shadowheap.memory.NativeMemory;

/** An id table with two threads side by side in the same chunks. */
@Timeout(60)
class SharedIdTableTest {

    private static final int CHUNKS = 400;
    private static final int FIRST = 1 << 20;

    private final NativeMemory memory = new NativeMemory();
    private final IdTable ids = new IdTable(memory, new Budget(memory, 1 << 28));
    private final NativeIntList[] listed = {new NativeIntList(memory), new NativeIntList(memory)};

    @AfterEach
    void allMemoryIsReturned() {
        ids.close();
        listed[0].close();
        listed[1].close();
        assertEquals(0, memory.outstandingBytes());
    }

    /** The id that a chunk hands out after so many others. */
    private static int idOf(int chunk, int place) {
        return IdOrder.scattered(FIRST + chunk * IdChunk.IDS + place);
    }

    private interface Step {
        void on(int id, int thread);
    }

    /** Gives even ids to one thread and odd ones to another; in the first 32 of a chunk neither runs ahead of the other. */
    private static void side(Step step) throws InterruptedException {
        AtomicIntegerArray at = new AtomicIntegerArray(2);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread[] threads = new Thread[2];
        for (int i = 0; i < 2; i++) {
            int thread = i;
            threads[i] = new Thread(() -> {
                try {
                    for (int id = FIRST + thread; id < FIRST + CHUNKS * IdChunk.IDS; id += 2) {
                        at.set(thread, id);
                        if (id % IdChunk.IDS < 32) {
                            awaitOther(at, 1 - thread, id);
                        }
                        step.on(id, thread);
                    }
                } catch (Throwable e) {
                    failure.set(e);
                } finally {
                    at.set(thread, Integer.MAX_VALUE);
                }
            });
            threads[i].start();
        }
        for (Thread each : threads) {
            each.join();
        }
        assertEquals(null, failure.get());
    }

    /** Spins first: whoever sleeps comes too late to race. Returns at once if the other has failed. */
    private static void awaitOther(AtomicIntegerArray at, int other, int id) {
        for (int spins = 0; at.get(other) < id - 2; spins++) {
            if (spins < 2000) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(1);
            }
        }
    }

    private void bear(int id, int thread) {
        ids.chunks.prepareBirth(id);
        ids.bornYoung(id, Entry.young(0, 1, id), 1, listed[thread]);
    }

    @Test
    void chunkInWhichBothGiveBirthIsListedOnce() throws InterruptedException {
        side(this::bear);
        assertEquals(CHUNKS, listed[0].size() + listed[1].size());
        for (int id = FIRST; id < FIRST + CHUNKS * IdChunk.IDS; id++) {
            assertTrue(Entry.isYoung(ids.find(id), 1));
        }
        ids.endCycle(1, listed[0]);
        ids.endCycle(1, listed[1]);
        assertEquals(Entry.DEAD, ids.find(FIRST));
    }

    @Test
    void objectIsClaimedByOne() throws InterruptedException {
        side(this::bear);
        int[] claims = new int[2];
        side((id, thread) -> {
            int pair = id & ~1;
            claims[thread] += ids.claim(pair, Entry.young(0, 1, pair), Entry.old(0)) ? 1 : 0;
        });
        assertEquals(CHUNKS * IdChunk.IDS / 2, claims[0] + claims[1]);
    }

    @Test
    void whatBothPromoteIsCountedAndFoundWhenTheRestHasDied() throws InterruptedException {
        side(this::bear);
        side((id, thread) -> ids.promoted(id, Entry.old(8L * id)));
        ids.endCycle(1, listed[0]);
        ids.endCycle(1, listed[1]);
        for (int id = FIRST; id < FIRST + CHUNKS * IdChunk.IDS; id++) {
            if (id % 100 != 0) {
                ids.diedOld(id);
            }
        }
        ids.endSweep(2);
        for (int id = FIRST; id < FIRST + CHUNKS * IdChunk.IDS; id++) {
            assertEquals(id % 100 == 0 ? Entry.old(8L * id) : Entry.DEAD, ids.find(id), "id=" + id);
        }
    }

    @Test
    void whatOneMeetsIsFoundInAChunkThatTheOtherOpens() throws InterruptedException {
        side((id, thread) -> {
            if (id % IdChunk.IDS > 31) {
                return;
            }
            if (thread == 0) {
                bear(id, thread);
            } else {
                ids.chunks.prepareOld(id);
                ids.enterOld(id, Entry.old(8L * id));
            }
        });
        for (int id = FIRST; id < FIRST + CHUNKS * IdChunk.IDS; id++) {
            long expected =
                    id % IdChunk.IDS > 31 ? Entry.NEVER_SEEN : id % 2 == 0 ? Entry.young(0, 1, id) : Entry.old(8L * id);
            assertEquals(expected, ids.find(id), "id=" + id);
        }
    }

    @Test
    void deadIdIsResurrectedOnceAlsoIfItsChunkIsOpenedMeanwhile() throws InterruptedException {
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            bear(idOf(chunk, 7), 0);
        }
        ids.endCycle(1, listed[0]);
        int[] resurrections = new int[2];
        side((id, thread) -> {
            int chunk = id - FIRST >>> IdChunk.SHIFT;
            int dead = idOf(chunk, 5);
            if (id % IdChunk.IDS < 16) {
                long entry = ids.find(dead);
                resurrections[thread] += entry == Entry.DEAD && ids.resurrect(dead, entry) ? 1 : 0;
            }
            if (id % IdChunk.IDS == 8) {
                int born = idOf(chunk, 8);
                ids.chunks.prepareBirth(born);
                ids.bornYoung(born, Entry.young(0, 2, born), 2, listed[thread]);
            }
        });
        assertEquals(CHUNKS, resurrections[0] + resurrections[1]);
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            assertEquals(Entry.RESURRECTED, ids.find(idOf(chunk, 5)));
            assertEquals(Entry.young(0, 2, idOf(chunk, 8)), ids.find(idOf(chunk, 8)));
        }
    }

    @Test
    void mentionOfADeadIdNeverBuriesWhatIsMetAtThatMoment() throws InterruptedException {
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            bear(idOf(chunk, 1023), 0);
        }
        ids.endCycle(1, listed[0]); // those before them are taken for dead
        side((id, thread) -> {
            int met = IdOrder.scattered(id & ~1);
            if (id % IdChunk.IDS >= 30) {
                return;
            }
            if (thread == 0) {
                ids.chunks.prepareOld(met);
                ids.enterOld(met, Entry.old(8L * met));
            } else {
                long entry = ids.find(met);
                if (entry == Entry.DEAD) {
                    ids.resurrect(met, entry);
                }
            }
        });
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            for (int i = 0; i < 30; i += 2) {
                int met = idOf(chunk, i);
                assertEquals(Entry.old(8L * met), ids.find(met), "id=" + met);
            }
        }
    }
}
