package org.shadowheap.heap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.shadowheap.memory.NativeMemory;

/** What allocators that rest have left of their pages is used before a new page is taken. */
class AllocatorsAtRestTest {

    private static final int PAGE_BYTES = 512;
    private static final long BOUND_BYTES = 1 << 24;
    private static final int ALLOCATORS = 4;

    private final NativeMemory memory = new NativeMemory();
    private final OldSpace old =
            new OldSpace(memory, new Budget(memory, BOUND_BYTES), PAGE_BYTES, BOUND_BYTES, ALLOCATORS, PAGE_BYTES);

    @AfterEach
    void close() {
        old.close();
        assertEquals(0, memory.usedBytes());
    }

    private int pagesInUse() {
        return old.pages().pagesInUse();
    }

    /** Each leaves 16 of 512 bytes. */
    private void fillPagesNearly() {
        for (int i = 0; i < ALLOCATORS; i++) {
            old.allocator(i).allocate(PAGE_BYTES - 16, false);
        }
        assertEquals(ALLOCATORS, pagesInUse());
    }

    @Test
    void smallSurvivorsFillThePagesOfThoseThatRest() {
        fillPagesNearly();
        old.allocatorsAtWork(1);
        for (int i = 0; i < ALLOCATORS; i++) {
            old.allocator(0).allocateForSurvivor(16, false);
        }
        assertEquals(ALLOCATORS, pagesInUse());
        old.allocator(0).allocateForSurvivor(16, false);
        assertEquals(ALLOCATORS + 1, pagesInUse());
    }

    @Test
    void soDoObjectsThatAreBornOld() {
        fillPagesNearly();
        old.allocatorsAtWork(2);
        for (int i = 1; i < ALLOCATORS; i++) {
            old.allocator(1).allocate(16, false);
        }
        assertEquals(ALLOCATORS, pagesInUse());
        old.allocator(1).allocate(16, false); // the first one is at work: its page is its own
        assertEquals(ALLOCATORS + 1, pagesInUse());
    }

    @Test
    void whatDoesNotFitThereLeavesThemAsTheyAre() {
        fillPagesNearly();
        old.allocatorsAtWork(1);
        old.allocator(0).allocateForSurvivor(24, false);
        assertEquals(ALLOCATORS + 1, pagesInUse());
        old.allocatorsAtWork(ALLOCATORS);
        for (int i = 1; i < ALLOCATORS; i++) {
            old.allocator(i).allocate(16, false);
        }
        assertEquals(ALLOCATORS + 1, pagesInUse());
    }
}
