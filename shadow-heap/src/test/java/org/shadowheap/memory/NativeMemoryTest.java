package org.shadowheap.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
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
    void listsAndStackKeepWhatTheyHeldWhenTheyGrow() {
        try (NativeIntList list = new NativeIntList(memory);
                NativeLongList longs = new NativeLongList(memory);
                NativeLongStack stack = new NativeLongStack(memory)) {
            for (int i = 0; i < 5000; i++) {
                list.add(i);
                assertEquals(i == longs.capacity() && i > 0, longs.add(i * 5L));
                stack.push(i * 3L);
            }
            for (int i = 4999; i >= 0; i--) {
                assertEquals(i, list.get(i));
                assertEquals(i * 5L, longs.get(i));
                assertEquals(i * 3L, stack.pop());
            }
            assertTrue(stack.isEmpty());
        }
        assertEquals(0, memory.outstandingBytes());
    }

    @Test
    void runOfPagesHasAKindAndALength() {
        try (PageTable pages = new PageTable(memory, 4096, 10)) {
            assertEquals(0, pages.takeShared());
            assertEquals(1, pages.takeRun(3));
            assertEquals(PageTable.SHARED, pages.kind(0));
            assertEquals(PageTable.RUN, pages.kind(1));
            assertEquals(3, pages.length(1));
            assertEquals(
                    List.of(0, 1, 1, 1),
                    IntStream.range(0, 4).mapToObj(pages::headOf).toList());
            assertEquals(PageTable.TAIL, pages.kind(2));
            assertEquals(4, pages.limit());
            assertEquals(0, pages.addressOf(0) % 4096);
            assertEquals(2, pages.pageOf(pages.addressOf(2) + 4095));
            assertTrue(pages.contains(pages.addressOf(3) + 4095));
            assertTrue(!pages.contains(pages.addressOf(4)));
        }
        assertEquals(0, memory.outstandingBytes());
    }

    @Test
    void everyPageOfAFreeBlockIsFreeUntilItIsTaken() {
        try (PageTable pages = new PageTable(memory, 4096, 10)) {
            pages.takeShared();
            pages.free(pages.takeRun(4));
            pages.recycle();
            pages.takeRun(2);
            assertEquals(
                    List.of(PageTable.SHARED, PageTable.RUN, PageTable.TAIL, PageTable.FREE, PageTable.FREE),
                    IntStream.range(0, 5).mapToObj(pages::kind).toList());
        }
    }

    @Test
    void dirtyBitsAreClearedOneByOne() {
        try (PageTable pages = new PageTable(memory, 4096, 10)) {
            long object = pages.addressOf(pages.takeShared()) + 64;
            pages.setDirtyVolatile(object);
            pages.setDirtyVolatile(object + 8);
            pages.clearDirtyVolatile(object);
            assertTrue(!pages.isDirtyVolatile(object) && pages.isDirtyVolatile(object + 8));
        }
    }

    @Test
    void freedNeighboursAreJoinedAndTakenAgainClean() {
        try (PageTable pages = new PageTable(memory, 4096, 10)) {
            pages.takeRun(2);
            pages.takeShared();
            pages.takeRun(3);
            pages.takeShared();
            long object = pages.addressOf(3) + 8;
            pages.startPlain(object);
            pages.setDirtyVolatile(object);
            pages.setListedVolatile(3);
            pages.free(2);
            pages.free(3);
            assertEquals(7 - 4, pages.pagesInUse());
            assertTrue(pages.bytesToTake(4) > 0, "what is free is taken only after it was recycled");
            pages.recycle();
            assertEquals(0, pages.bytesToTake(4));
            assertEquals(2, pages.takeRun(2));
            assertEquals(2, pages.length(4));
            assertEquals(PageTable.FREE, pages.kind(4));
            assertEquals(4, pages.takeShared());
            assertEquals(5, pages.takeShared());
            assertEquals(7, pages.takeShared());
            assertEquals(8, pages.pagesInUse());
            assertTrue(!pages.isListedVolatile(3) && !pages.isDirtyVolatile(object) && !pages.isStartPlain(object));
        }
        assertEquals(0, memory.outstandingBytes());
    }
}
