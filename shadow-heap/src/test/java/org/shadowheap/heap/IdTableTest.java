package org.shadowheap.heap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.shadowheap.event.layout.IdOrder;
import org.shadowheap.memory.NativeIntList;
import org.shadowheap.memory.NativeMemory;

class IdTableTest {

    private final NativeMemory memory = new NativeMemory();
    private final Budget budget = new Budget(memory, 1 << 28);
    private final IdTable ids = new IdTable(memory, budget);
    private NativeIntList listed = new NativeIntList(memory);
    private NativeIntList nextListed = new NativeIntList(memory);

    @AfterEach
    void allMemoryIsReturned() {
        ids.close();
        listed.close();
        nextListed.close();
        assertEquals(0, memory.outstandingBytes());
    }

    private void born(int id, int cycle) {
        ids.chunks.prepareBirth(id);
        ids.bornYoung(id, Entry.young(0, cycle, id), cycle, listed);
    }

    private void endCycle(int cycle) {
        ids.endCycle(cycle, listed);
        NativeIntList emptied = listed;
        listed = nextListed;
        nextListed = emptied;
    }

    @Test
    void idThatWasNeverEnteredIsNeverSeen() {
        assertEquals(Entry.NEVER_SEEN, ids.find(1));
        assertEquals(Entry.NEVER_SEEN, ids.find(Integer.MAX_VALUE));
    }

    @Test
    void entryOfAFinishedCycleIsStale() {
        born(7, 1);
        assertTrue(Entry.isYoung(ids.find(7), 1));
        assertTrue(!Entry.isYoung(ids.find(7), 2));
    }

    @Test
    void chunkWithoutALivingIdIsFreedAndItsIdsStayDead() {
        born(1, 1);
        long one = memory.usedBytes();
        for (int id = 2; id < 100 * 1024; id++) {
            born(id, 1);
        }
        assertTrue(memory.usedBytes() > 100 * 8192);
        endCycle(1);
        assertTrue(memory.usedBytes() < one + 1024, "usedBytes=" + memory.usedBytes());
        assertEquals(Entry.DEAD, ids.find(1));
        assertEquals(Entry.DEAD, ids.find(50_000));
        assertEquals(Entry.NEVER_SEEN, ids.find(200_000));
    }

    @Test
    void idsThatAFreedChunkHasNotGivenYetAreNeverSeenAndCanBeBorn() {
        for (int given = 1; given < IdChunk.IDS; given += 100) {
            int first = given * IdChunk.IDS; // in each chunk the order is another
            for (int i = 0; i < given; i++) {
                born(IdOrder.scattered(first + i), 1);
            }
        }
        endCycle(1);
        for (int given = 1; given < IdChunk.IDS; given += 100) {
            int first = given * IdChunk.IDS;
            for (int i = 0; i < IdChunk.IDS; i++) {
                assertEquals(i < given ? Entry.DEAD : Entry.NEVER_SEEN, ids.find(IdOrder.scattered(first + i)));
            }
            int next = IdOrder.scattered(first + given);
            born(next, 2);
            assertTrue(Entry.isYoung(ids.find(next), 2));
            assertEquals(Entry.DEAD, ids.find(IdOrder.scattered(first + given - 1)));
        }
    }

    @Test
    void chunkWithFewOldIdsHandsThemToTheCompactTable() {
        for (int id = 1024; id < 2048; id++) {
            born(id, 1);
        }
        ids.promoted(1500, Entry.old(8));
        long before = memory.usedBytes();
        endCycle(1);
        assertTrue(memory.usedBytes() <= before - 8192);
        assertEquals(Entry.old(8), ids.find(1500));
        assertEquals(Entry.DEAD, ids.find(1501));
    }

    @Test
    void chunkWithAnAgeingIdStaysUntilThatDies() {
        born(1024, 1);
        ids.aged(1024, Entry.young(1, 2, 0), 2, nextListed);
        long before = memory.usedBytes();
        endCycle(1);
        assertEquals(before, memory.usedBytes());
        assertTrue(Entry.isYoung(ids.find(1024), 2));
        endCycle(2);
        assertTrue(memory.usedBytes() < before - 8192);
        assertEquals(Entry.DEAD, ids.find(1024));
    }

    @Test
    void scatteredIdsThatWereMetDoNotCostAChunkEach() {
        int count = 100_000;
        for (int i = 1; i <= count; i++) {
            int id = i * 20_011;
            ids.chunks.prepareOld(id);
            ids.enterOld(id, Entry.old(i * 8L));
        }
        ids.roundEnds();
        assertTrue(memory.usedBytes() < 64L * count, "usedBytes=" + memory.usedBytes());
        for (int i = 1; i <= count; i++) {
            assertEquals(Entry.old(i * 8L), ids.find(i * 20_011));
        }
    }

    @Test
    void metIdIsFoundAfterABirthBesideItAndAfterItsChunkWasFreedAndOpenedAgain() {
        ids.chunks.prepareOld(1030);
        ids.enterOld(1030, Entry.old(8));
        born(1024, 1);
        born(1040, 1);
        assertEquals(Entry.old(8), ids.find(1030));
        endCycle(1);
        assertEquals(Entry.old(8), ids.find(1030));
        born(1041, 2);
        assertEquals(Entry.old(8), ids.find(1030));
    }

    @Test
    void resurrectedIdIsRememberedAlsoAfterItsChunkIsFreed() {
        born(1024, 1);
        born(1025, 1);
        ids.aged(1024, Entry.young(1, 2, 0), 2, nextListed);
        endCycle(1);
        assertTrue(ids.resurrect(1025, ids.find(1025)));
        assertFalse(ids.resurrect(1025, Entry.young(0, 1, 1025)));
        endCycle(2);
        assertEquals(Entry.RESURRECTED, ids.find(1025));
        born(1026, 3);
        assertEquals(Entry.RESURRECTED, ids.find(1025));
        assertFalse(Entry.isYoung(ids.find(1024), 3));
    }

    @Test
    void birthBeyondTheBoundIsRefused() {
        budget.oldBytes(1 << 28, 0, 0);
        HeapFullException thrown = assertThrows(HeapFullException.class, () -> ids.chunks.prepareBirth(5));
        assertTrue(thrown.getMessage().startsWith("heap is full: neededBytes="), thrown.getMessage());
        assertEquals(Entry.NEVER_SEEN, ids.find(5));
    }
}
