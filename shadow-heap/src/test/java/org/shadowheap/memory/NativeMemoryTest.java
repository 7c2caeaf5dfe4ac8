package org.shadowheap.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NativeMemoryTest {

    private final NativeMemory memory = new NativeMemory();

    @Test
    void whatWasTakenIsOutstandingUntilItIsReturned() {
        long allocated = memory.allocateZeroed(100);
        long reserved = memory.reserve(1 << 20);
        assertEquals(0, OffHeap.getLongPlain(allocated + 88));
        assertEquals(100, memory.usedBytes());
        assertEquals(100 + (1 << 20), memory.outstandingBytes());
        memory.free(allocated, 100);
        memory.release(reserved, 1 << 20);
        assertEquals(0, memory.outstandingBytes());
    }

    @Test
    void listAndStackKeepWhatTheyHeldWhenTheyGrow() {
        try (NativeIntList list = new NativeIntList(memory);
                NativeLongStack stack = new NativeLongStack(memory)) {
            for (int i = 0; i < 5000; i++) {
                list.add(i);
                stack.push(i * 3L);
            }
            for (int i = 4999; i >= 0; i--) {
                assertEquals(i, list.get(i));
                assertEquals(i * 3L, stack.pop());
            }
            assertTrue(stack.isEmpty());
        }
        assertEquals(0, memory.outstandingBytes());
    }

    @Test
    void runOfPagesHasAHeadAndTails() {
        try (PageTable pages = new PageTable(memory, 4096, 10)) {
            assertEquals(0, pages.take(1));
            assertEquals(1, pages.take(3));
            assertEquals(PageTable.SHARED, pages.kind(0));
            assertEquals(PageTable.RUN_HEAD, pages.kind(1));
            assertEquals(PageTable.RUN_TAIL, pages.kind(3));
            assertEquals(PageTable.FREE, pages.kind(4));
            assertEquals(0, pages.addressOf(0) % 4096);
            assertEquals(2, pages.pageOf(pages.addressOf(2) + 4095));
            assertTrue(pages.contains(pages.addressOf(3) + 4095));
            assertTrue(!pages.contains(pages.addressOf(4)));
        }
        assertEquals(0, memory.outstandingBytes());
    }
}
