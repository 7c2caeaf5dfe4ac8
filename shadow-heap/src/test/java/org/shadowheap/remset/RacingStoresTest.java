package org.shadowheap.remset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Mutators store while scans run, which several threads share. */
class RacingStoresTest {

    /** How long stores go on: a time and no number, because a loaded machine may take long for each scan. */
    private static final long NANOS = 1_000_000_000;

    private static final int MUTATORS = 2;
    private static final int SLOTS_EACH = 4;
    private static final int SLOTS = MUTATORS * SLOTS_EACH;
    private static final int PAGES = 3 * PageUnits.PAGES;

    /** The slots are here: numbers that rise. */
    private final AtomicLongArray values = new AtomicLongArray(SLOTS);

    /** The values whose {@code remember} has returned. */
    private final AtomicLongArray remembered = new AtomicLongArray(SLOTS);

    /** The largest values that a scan has seen. */
    private final AtomicLongArray seen = new AtomicLongArray(SLOTS);

    private final long[] objects = new long[SLOTS];
    private final long[] addresses = new long[SLOTS];
    private final AtomicLong entriesAdded = new AtomicLong();
    private final AtomicLong scansEnded = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private long entriesScanned;

    @ParameterizedTest(name = "{0} with {1} scanning threads")
    @CsvSource({
        "DIRTY_PAGES, 1", "ALL_PAGES, 1", "CARDS, 1", "YOUNGEST, 1", "OBJECTS, 1",
        "DIRTY_PAGES, 2", "ALL_PAGES, 2", "CARDS, 2", "YOUNGEST, 2", "OBJECTS, 2",
    })
    void aScanMissesNothingThatWasRememberedBeforeItBegan(RememberedSetPolicy policy, int scanners) {
        int otherPages = scanners == 1 ? 10 : 2 * PageUnits.PAGES;
        try (OldPages old = new OldPages(policy, 512, 128, otherPages + 10)) {
            placeSlots(old, otherPages);
            AtomicBoolean done = new AtomicBoolean();
            Thread scanner = start(() -> {
                while (!done.get()) {
                    scanAndCompare(old, scanners);
                }
            });
            runThreads(MUTATORS, thread -> store(old, thread));
            done.set(true);
            join(scanner);
            throwFailure();
            scanAndCompare(old, scanners);
            assertEquals(toList(values), toList(seen));
            assertEquals(entriesAdded.get(), entriesScanned, "entries added, entries that scans found");
            assertEquals(entriesAdded.get(), old.set.statistics().slowPaths());
            old.set.verify();
        }
    }

    /** Every thread has slots of its own, but cards, objects and pages are common. */
    private void placeSlots(OldPages old, int otherPages) {
        for (int i = 0; i < otherPages; i++) {
            old.newPage();
        }
        long shared = old.pages.addressOf(5);
        long run = old.allocate(3 * 512);
        old.pages.startPlain(shared);
        old.objects.put(shared, 256L);
        for (int i = 0; i < SLOTS; i++) {
            int ofThread = i % SLOTS_EACH;
            objects[i] = ofThread < 2 ? shared : run;
            addresses[i] = objects[i] + 8L * (1 + i / SLOTS_EACH) + ofThread % 2 * 160L + ofThread / 2 * 512L;
        }
    }

    /** Stores in bursts of different lengths. A store that got lost is not made good by the next one: a scan comes first. */
    private void store(OldPages old, int thread) {
        Random random = new Random(thread);
        long added = 0;
        long value = 0;
        long end = System.nanoTime() + NANOS;
        do {
            for (int i = random.nextInt(3 * SLOTS_EACH); i >= 0; i--) {
                int slot = thread * SLOTS_EACH + i % SLOTS_EACH;
                values.set(slot, ++value);
                if (old.set.remember(objects[slot], addresses[slot])) {
                    added++;
                }
                remembered.set(slot, value);
            }
            awaitScan();
        } while (System.nanoTime() < end);
        entriesAdded.addAndGet(added);
    }

    /** Waits until a scan has ended that began after this. */
    @SuppressWarnings(
            "ThreadPriorityCheck") // who waits lets the scanner run where processors are few; nothing relies on it
    private void awaitScan() {
        long target = scansEnded.get() + 2;
        while (scansEnded.get() < target && failure.get() == null) {
            Thread.yield();
        }
    }

    private void scanAndCompare(OldPages old, int threads) {
        List<Long> before = toList(remembered);
        ScanTally total = new ScanTally();
        int units = old.set.beginScan();
        if (threads == 1) {
            scanUnits(old, new AtomicInteger(), units, total);
        } else {
            scanWith(old, threads, units, total);
        }
        old.set.endScan(total);
        entriesScanned += total.entries;
        for (int i = 0; i < SLOTS; i++) {
            assertTrue(seen.get(i) >= before.get(i), "lost: slot=" + i);
        }
        scansEnded.getAndIncrement();
    }

    private void scanWith(OldPages old, int threads, int units, ScanTally total) {
        AtomicInteger next = new AtomicInteger();
        runThreads(threads, ignored -> {
            ScanTally tally = new ScanTally();
            scanUnits(old, next, units, tally);
            synchronized (total) {
                total.add(tally);
            }
        });
    }

    private void scanUnits(OldPages old, AtomicInteger next, int units, ScanTally tally) {
        for (int unit = next.getAndIncrement(); unit < units; unit = next.getAndIncrement()) {
            old.set.scan(unit, this::see, tally);
        }
    }

    private void see(long object, long from, long to) {
        for (int i = 0; i < SLOTS; i++) {
            if (objects[i] == object && from <= addresses[i] && addresses[i] < to) {
                seen.accumulateAndGet(i, values.get(i), Math::max);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void entriesThatThreadsRaceForAreAddedOnce(RememberedSetPolicy policy) {
        try (OldPages old = new OldPages(policy, 512, 128, PAGES)) {
            List<Long> starts = new ArrayList<>();
            for (int i = 0; i < PAGES; i++) {
                old.newPage();
                starts.add(old.allocate(64));
            }
            for (int round = 1; round <= 100; round++) {
                AtomicInteger added = new AtomicInteger();
                AtomicInteger arrived = new AtomicInteger();
                runThreads(2, thread -> {
                    arrived.getAndIncrement();
                    while (arrived.get() < 2) {
                        Thread.onSpinWait();
                    }
                    for (long object : starts) {
                        if (old.set.remember(object, object + 8L * thread)) {
                            added.incrementAndGet();
                        }
                    }
                });
                throwFailure();
                assertEquals(PAGES, added.get());
                assertEquals((long) round * PAGES, old.set.statistics().slowPaths());
                old.set.verify();
                OldPages.Scan scan = old.scan();
                assertEquals(PAGES, scan.tally().entries);
                assertEquals(PAGES, scan.tally().dirtyPages);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void threadsThatShareAScanCountWhatOneWouldCount(RememberedSetPolicy policy) {
        try (OldPages old = new OldPages(policy, 512, 128, 5000)) {
            ScanTally expected = new ScanTally();
            for (int round = 0; round < 20; round++) {
                for (int i = 0; i < 100; i++) {
                    long object = old.allocate(i == 50 ? 200 * 512 : 136);
                    old.set.remember(object, object + 64);
                    old.set.remember(object, object + old.objects.get(object) - 8);
                }
                expected.add(round % 2 == 0 ? old.scan().tally() : sharedScan(old));
                rememberAll(old);
                ScanTally one = old.scan().tally();
                rememberAll(old);
                ScanTally two = sharedScan(old);
                assertEquals(
                        List.of(one.entries, one.dirtyPages, one.pagesVisited, one.objects),
                        List.of(two.entries, two.dirtyPages, two.pagesVisited, two.objects));
            }
            assertTrue(expected.entries > 0);
            assertEquals(List.of(), old.scan().parts());
        }
    }

    private static void rememberAll(OldPages old) {
        old.objects.forEach((object, bytes) -> {
            for (long slot = object; slot < object + bytes; slot += 1000) {
                old.set.remember(object, slot);
            }
        });
    }

    private ScanTally sharedScan(OldPages old) {
        ScanTally total = new ScanTally();
        scanWith(old, 3, old.set.beginScan(), total);
        throwFailure();
        old.set.endScan(total);
        old.set.verify();
        return total;
    }

    private interface Body {
        void run(int thread);
    }

    private void runThreads(int count, Body body) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            threads.add(start(() -> body.run(number)));
        }
        threads.forEach(RacingStoresTest::join);
    }

    private Thread start(Runnable body) {
        Thread thread = new Thread(body);
        thread.setUncaughtExceptionHandler((ignored, thrown) -> failure.compareAndSet(null, thrown));
        thread.start();
        return thread;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** After all threads have ended, because they use memory that a test that fails gives back. */
    private void throwFailure() {
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new AssertionError(thrown);
        }
    }

    private static List<Long> toList(AtomicLongArray array) {
        List<Long> list = new ArrayList<>();
        for (int i = 0; i < array.length(); i++) {
            list.add(array.get(i));
        }
        return list;
    }
}
