package org.shadowheap.remset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.shadowheap.memory.NativeMemory;
import org.shadowheap.memory.PageTable;

class DirtyPageListTest {

    private static final int PAGES = 2000;

    private final NativeMemory memory = new NativeMemory();
    private final PageTable pages = new PageTable(memory, 512, PAGES);
    /** Pages that a list has room for at first. */
    private static final int FIRST_CAPACITY = 64;

    private final DirtyPageList list = new DirtyPageList(memory, pages, false);

    DirtyPageListTest() {
        for (int i = 0; i < PAGES; i++) {
            pages.takeShared();
        }
    }

    @AfterEach
    void allMemoryIsReturned() {
        list.close();
        pages.close();
        assertEquals(0, memory.outstandingBytes());
    }

    /** What a scan counted. */
    private record Scan(long dirtyPages, long pagesVisited, long objects) {}

    private boolean remember(long object) {
        return list.remember(object, object + 16);
    }

    private Scan scan(LongConsumer visitor) {
        ScanTally tally = new ScanTally();
        int units = list.beginScan();
        for (int unit = 0; unit < units; unit++) {
            list.scan(unit, (object, from, to) -> visitor.accept(object), tally);
        }
        list.endScan(tally);
        assertEquals(tally.dirtyPages, tally.entries);
        return new Scan(tally.dirtyPages, tally.pagesVisited, tally.objects);
    }

    private static void runThreads(int count, IntConsumer body) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            threads.add(new Thread(() -> body.accept(number)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void onlyTheFirstStoreToAPageListsIt() {
        long page = pages.addressOf(3);
        assertTrue(remember(page + 8));
        assertFalse(remember(page + 8));
        assertFalse(remember(page + 504));
        list.verify();
        List<Long> visited = new ArrayList<>();
        assertEquals(new Scan(1, 1, 2), scan(visited::add));
        assertEquals(List.of(page + 8, page + 504), visited);
        list.verify();
        assertEquals(new Scan(0, 0, 0), scan(visited::add));
    }

    @Test
    void objectRememberedWhileItIsVisitedWaitsForTheNextScan() {
        long object = pages.addressOf(1);
        remember(object);
        scan(this::remember);
        assertTrue(list.isRemembered(object, object + 16));
        list.verify();
        assertEquals(1, scan(ignored -> {}).objects());
    }

    @Test
    void millionStoresOfSixteenThreadsListOnePageOnce() throws InterruptedException {
        AtomicInteger listings = new AtomicInteger();
        runThreads(16, thread -> {
            for (int i = 0; i < 62_500; i++) {
                if (remember(pages.addressOf(5) + 8L * (i & 63))) {
                    listings.incrementAndGet();
                }
            }
        });
        assertEquals(1, listings.get());
        list.verify();
        assertEquals(new Scan(1, 1, 64), scan(ignored -> {}));
    }

    @Test
    void pagesThatThreadsRaceForAreListedOnce() throws InterruptedException {
        CyclicBarrier start = new CyclicBarrier(2);
        AtomicInteger listings = new AtomicInteger();
        for (int round = 0; round < 50; round++) {
            listings.set(0);
            runThreads(2, thread -> {
                await(start);
                for (int page = 0; page < PAGES; page++) {
                    if (remember(pages.addressOf(page) + 8L * thread)) {
                        listings.incrementAndGet();
                    }
                }
            });
            assertEquals(PAGES, listings.get());
            list.verify();
            assertEquals(new Scan(PAGES, PAGES, 2 * PAGES), scan(ignored -> {}));
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void distinctPagesOfSixteenThreadsAreAllListed() throws InterruptedException {
        runThreads(16, thread -> {
            for (int page = thread; page < PAGES; page += 16) {
                remember(pages.addressOf(page));
            }
        });
        list.verify();
        assertEquals(new Scan(PAGES, PAGES, PAGES), scan(ignored -> {}));
        long capacity = list.statistics().capacity();
        assertTrue(capacity >= PAGES);
        assertEquals(
                Long.numberOfTrailingZeros(capacity / FIRST_CAPACITY),
                list.statistics().overflows(),
                "doublings");
    }

    @Test
    void noStoreIsLostBetweenScansThatRace() throws InterruptedException {
        int objects = 8;
        AtomicLongArray slots = new AtomicLongArray(objects);
        long[] seen = new long[objects];
        AtomicBoolean done = new AtomicBoolean();
        Thread scanner = new Thread(() -> {
            while (!done.get()) {
                scan(object -> see(object, slots, seen));
            }
        });
        scanner.start();
        runThreads(2, thread -> {
            for (long i = 1; i <= 300_000; i++) {
                int object = thread * 4 + (int) (i & 3);
                slots.set(object, i);
                remember(pages.addressOf(0) + 8L * object);
            }
        });
        done.set(true);
        scanner.join();
        scan(object -> see(object, slots, seen));
        for (int i = 0; i < objects; i++) {
            assertEquals(slots.get(i), seen[i], "object=" + i);
        }
        list.verify();
    }

    private void see(long object, AtomicLongArray slots, long[] seen) {
        int index = (int) (object - pages.addressOf(0)) / 8;
        seen[index] = slots.get(index);
    }

    @Test
    void verifyFindsABitInAPageThatIsNotListed() {
        pages.setDirtyVolatile(pages.addressOf(7));
        assertEquals(
                "dirty bit in a page that is not listed: page=7",
                assertThrows(IllegalStateException.class, list::verify).getMessage());
    }

    @Test
    void verifyFindsAFlagWithoutListing() {
        pages.setListedVolatile(7);
        assertThrows(IllegalStateException.class, list::verify);
    }

    @Test
    void verifyFindsAFreePageInTheList() {
        remember(pages.addressOf(7));
        pages.free(7);
        assertEquals(
                "page is listed that is free or in the middle of a block: page=7",
                assertThrows(IllegalStateException.class, list::verify).getMessage());
        list.endSweep();
        list.verify();
    }

    @Test
    void statisticsFollowScans() {
        for (int count : new int[] {8, 0}) {
            for (int page = 0; page < count; page++) {
                remember(pages.addressOf(page));
            }
            scan(ignored -> {});
        }
        assertEquals(new RememberedSetStatistics(2, 0, 8, 7.0, 64, 0, 8, PAGES + 4 * 64), list.statistics());
    }

    /** A thousandth of the old space at most while few pages are dirty; every page dirty, and often, is the worst case. */
    @Test
    void itsMemoryIsSmallBesideThePages() {
        for (int oldPages : new int[] {1_000, 10_000}) {
            assertTrue(sideBytes(oldPages, 10) < oldPages * 4096L / 1000, "10 dirty of " + oldPages);
            assertTrue(sideBytes(oldPages, 100) < oldPages * 4096L / 1000, "100 dirty of " + oldPages);
            assertTrue(sideBytes(oldPages, oldPages) <= oldPages * 17L, "all dirty of " + oldPages);
        }
    }

    private static OldPages pagesOf4k(int count) {
        OldPages old = new OldPages(RememberedSetPolicy.DIRTY_PAGES, 4096, 512, count);
        for (int i = 0; i < count; i++) {
            old.pages.takeShared();
        }
        return old;
    }

    /** Side bytes after several scans of so many dirty pages. */
    private static long sideBytes(int oldPages, int dirty) {
        try (OldPages holder = pagesOf4k(oldPages)) {
            for (int cycle = 0; cycle < 3; cycle++) {
                for (int page = 0; page < dirty; page++) {
                    holder.set.remember(holder.pages.addressOf(page), holder.pages.addressOf(page) + 16);
                }
                ScanTally tally = new ScanTally();
                for (int unit = holder.set.beginScan() - 1; unit >= 0; unit--) {
                    holder.set.scan(unit, (object, from, to) -> {}, tally);
                }
                assertEquals(dirty, tally.dirtyPages);
                holder.set.endScan(tally);
            }
            return holder.set.statistics().sideBytes();
        }
    }
}
