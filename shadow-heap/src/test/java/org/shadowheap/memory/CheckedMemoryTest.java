package org.shadowheap.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** That everything which touches native memory is checked. */
@EnabledIfSystemProperty(named = "shadowheap.checked", matches = "true")
class CheckedMemoryTest {

    private final NativeMemory memory = new NativeMemory();

    @AfterEach
    void allMemoryIsReturned() {
        assertEquals(0, memory.outstandingBytes());
    }

    private static String failureOf(Runnable access) {
        return assertThrows(MemoryAccessError.class, access::run).getMessage();
    }

    @Test
    void everyAccessIsCheckedAndNamed() {
        List<LongConsumer> accesses = List.of(
                OffHeap::getIntPlain,
                at -> OffHeap.putIntPlain(at, 1),
                OffHeap::getLongPlain,
                at -> OffHeap.putLongPlain(at, 1),
                OffHeap::getBytePlain,
                at -> OffHeap.putBytePlain(at, (byte) 1),
                OffHeap::getByteVolatile,
                at -> OffHeap.putByteVolatile(at, (byte) 1),
                OffHeap::getLongVolatile,
                OffHeap::getLongAcquire,
                at -> OffHeap.putLongRelease(at, 1),
                OffHeap::getIntAcquire,
                at -> OffHeap.putIntRelease(at, 1),
                at -> OffHeap.compareAndSetIntVolatile(at, 0, 1),
                at -> OffHeap.getAndAddIntVolatile(at, 1),
                at -> OffHeap.compareAndSetLongVolatile(at, 0, 1),
                at -> OffHeap.getAndSetLongVolatile(at, 1),
                at -> OffHeap.getAndBitwiseOrLongVolatile(at, 1),
                at -> OffHeap.getAndBitwiseAndLongVolatile(at, 1),
                at -> OffHeap.compareAndSetByteVolatile(at, (byte) 0, (byte) 1),
                at -> OffHeap.zeroPlain(at, 8),
                at -> OffHeap.fillPlain(at, 8, (byte) 1),
                at -> OffHeap.copyPlain(at, at + 32, 8),
                at -> OffHeap.copyPlain(at + 32, at, 8));
        long reserved = memory.reserve(128, "test");
        CheckedMemory.accessible(reserved + 32, 96);
        List<String> names = new ArrayList<>();
        for (LongConsumer access : accesses) {
            access.accept(reserved + 32);
            String message = failureOf(() -> access.accept(reserved + 24));
            names.add(message.substring(0, message.indexOf(' ')));
        }
        memory.release(reserved, 128);
        for (var method : OffHeap.class.getDeclaredMethods()) {
            assertEquals(Modifier.isPublic(method.getModifiers()), names.contains(method.getName()), method.getName());
        }
    }

    @Test
    void memoryOfUndefinedContentIsFullOfJunk() {
        long allocated = memory.allocate(100);
        assertTrue(OffHeap.getLongPlain(allocated) != 0 && OffHeap.getLongPlain(allocated + 88) != 0);
        memory.free(allocated, 100);
        long reserved = memory.reserve(100, "test");
        CheckedMemory.objectPlaced(reserved, 24);
        assertTrue(OffHeap.getLongPlain(reserved + 16) != 0);
        memory.release(reserved, 100);
    }

    @Test
    void listIsBoundedByItsSizeAndNotByItsCapacity() {
        try (NativeIntList list = new NativeIntList(memory);
                NativeLongStack stack = new NativeLongStack(memory)) {
            list.add(7);
            list.add(8);
            assertEquals("index outside list: index=2 size=2", failureOf(() -> list.get(2)));
            assertEquals("index outside list: index=-1 size=2", failureOf(() -> list.set(-1, 1)));
            assertEquals("index outside list: index=3 size=3", failureOf(() -> list.truncate(3)));
            list.truncate(1);
            failureOf(() -> list.get(1));
            stack.push(1);
            stack.pop();
            assertEquals("index outside stack: index=-1 size=0", failureOf(stack::pop));
        }
    }

    @Test
    void pageIsInaccessibleUntilAnObjectIsPutThere() {
        try (PageTable pages = new PageTable(memory, 512, 10)) {
            pages.takeShared();
            long page = pages.addressOf(pages.takeShared());
            String message = failureOf(() -> OffHeap.putIntPlain(page + 8, 1));
            assertTrue(message.contains(" area=pages "), message);
            assertTrue(message.endsWith(" page=1 pageOffset=8 because=page taken"), message);
            CheckedMemory.objectPlaced(page, 24);
            pages.startPlain(page);
            OffHeap.putIntPlain(page + 8, 1);
            pages.free(1);
            assertTrue(failureOf(() -> OffHeap.getIntPlain(page + 8)).endsWith(" because=page freed"));
            assertEquals("page is freed twice: page=1", failureOf(() -> pages.free(1)));
        }
    }

    @Test
    void startThatIsNotKeptTakesItsObjectAlong() {
        try (PageTable pages = new PageTable(memory, 512, 10)) {
            long page = pages.addressOf(pages.takeShared());
            for (long object = page; object < page + 512; object += 64) {
                CheckedMemory.objectPlaced(object, 64);
                pages.startPlain(object);
            }
            pages.keepStartsPlain(0, 0, 1L << 8 | 1L << 24);
            for (long at = page; at < page + 512; at += 4) {
                long address = at;
                if ((at - page) / 64 == 1 || (at - page) / 64 == 3) {
                    OffHeap.getIntPlain(at);
                } else {
                    assertTrue(failureOf(() -> OffHeap.getIntPlain(address)).endsWith(" because=object died"));
                }
            }
        }
    }

    @Test
    void onlyTheFirstPageOfABlockInUseHasMetadata() {
        try (PageTable pages = new PageTable(memory, 512, 10)) {
            pages.takeRun(3);
            pages.isListedVolatile(0);
            for (int page : new int[] {1, 2, 3, 9, 10, -1}) {
                failureOf(() -> pages.isListedVolatile(page));
                failureOf(() -> pages.dirtyVolatile(page, 0));
                failureOf(() -> pages.startsPlain(page, 0));
            }
            pages.kind(2);
            failureOf(() -> pages.kind(3));
            pages.free(0);
            pages.isListedVolatile(0);
            pages.recycle();
            failureOf(() -> pages.isListedVolatile(0));
            pages.takeShared();
            failureOf(() -> pages.isListedVolatile(1));
            pages.kind(1);
            pages.clearMarks();
        }
    }

    @Test
    void sideTableIsAccessibleWherePagesAreInUse() {
        try (PageTable pages = new PageTable(memory, 512, 100);
                SideTable bytes = pages.addSideTable(128)) {
            pages.takeRun(3);
            bytes.putVolatile(11, (byte) 1);
            assertTrue(bytes.areEightClean(0));
            failureOf(() -> bytes.getVolatile(16));
            failureOf(() -> bytes.areEightClean(16));
            failureOf(() -> bytes.getVolatile(-1));
        }
    }

    @Test
    void memoryIsGivenBackToWhomItIsFromAndOnce() {
        long allocated = memory.allocate(100);
        failureOf(() -> new NativeMemory().free(allocated, 100));
        failureOf(() -> memory.free(allocated, 96));
        memory.free(allocated, 100);
        failureOf(() -> memory.free(allocated, 100));
        assertTrue(failureOf(() -> OffHeap.getIntPlain(allocated)).contains(" area=allocation (freed) "));
    }
}
