package org.shadowheap.remset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every policy must do, with pages and cards of many sizes. */
class RememberedSetTest {

    private static final int[][] PAGE_AND_CARD_BYTES = {
        {512, 128}, {512, 512}, {4096, 128}, {4096, 512}, {4096, 4096}, {65536, 128}, {65536, 512}, {65536, 4096},
    };

    private static Stream<Arguments> shapes() {
        return Stream.of(RememberedSetPolicy.values())
                .flatMap(policy ->
                        Stream.of(PAGE_AND_CARD_BYTES).map(sizes -> Arguments.of(policy, sizes[0], sizes[1])));
    }

    private static OldPages old(RememberedSetPolicy policy, int pageBytes, int cardBytes) {
        return new OldPages(policy, pageBytes, cardBytes, 2000);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void slotThatWasRememberedIsVisitedOnce(RememberedSetPolicy policy, int pageBytes, int cardBytes) {
        try (OldPages old = old(policy, pageBytes, cardBytes)) {
            List<Long> stored = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                long object = old.allocate(16 + i * 7 % 30 * 8);
                if (i % 5 == 0) {
                    old.set.remember(object, object + 8);
                    stored.add(object);
                }
            }
            old.set.verify();
            OldPages.Scan scan = old.scan();
            for (long object : stored) {
                assertEquals(1, scan.timesVisited(object, object + 8));
                assertFalse(old.set.isRemembered(object, object + 8));
            }
            assertEquals(List.of(), old.scan().parts());
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void nothingIsVisitedOfAPageWithoutStores(RememberedSetPolicy policy, int pageBytes, int cardBytes) {
        try (OldPages old = old(policy, pageBytes, cardBytes)) {
            for (int i = 0; i < 5 * pageBytes / 32; i++) {
                old.allocate(32);
            }
            long object = old.pages.addressOf(2) + 64;
            old.set.remember(object, object + 8);
            OldPages.Scan scan = old.scan();
            for (OldPages.Part part : scan.parts()) {
                assertEquals(2, old.pages.pageOf(part.object()));
            }
            assertEquals(1, scan.tally().dirtyPages);
            assertEquals(1, scan.tally().entries);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void onlyTheFirstStoreSinceAScanAddsAnEntry(RememberedSetPolicy policy, int pageBytes, int cardBytes) {
        try (OldPages old = old(policy, pageBytes, cardBytes)) {
            long object = old.allocate(64);
            for (int i = 1; i <= 3; i++) {
                assertFalse(old.set.isRemembered(object, object + 16));
                assertTrue(old.set.remember(object, object + 16));
                assertFalse(old.set.remember(object, object + 16));
                assertTrue(old.set.isRemembered(object, object + 16));
                assertEquals(1, old.scan().tally().entries);
                assertEquals(i, old.set.statistics().slowPaths());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void slotsAnywhereInARunAreVisitedAndCountOnePage(RememberedSetPolicy policy, int pageBytes, int cardBytes) {
        try (OldPages old = old(policy, pageBytes, cardBytes)) {
            old.allocate(24);
            int runPages = PageUnits.PAGES + 20; // reaches into the unit after the next
            long run = old.allocate((long) runPages * pageBytes - 8);
            old.newPage();
            long behind = old.allocate(24);
            long last = run + old.objects.get(run) - 8;
            long middle = run + (long) PageUnits.PAGES * pageBytes;
            for (long slot : new long[] {run + 8, middle, last}) {
                old.set.remember(run, slot);
            }
            old.set.verify();
            OldPages.Scan scan = old.scan();
            for (long slot : new long[] {run + 8, middle, last}) {
                assertEquals(1, scan.timesVisited(run, slot));
            }
            assertEquals(0, scan.timesVisited(behind, behind + 8));
            assertEquals(1, scan.tally().dirtyPages);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void everySlotOfARunFindsItsObject(RememberedSetPolicy policy, int pageBytes, int cardBytes) {
        try (OldPages old = old(policy, pageBytes, cardBytes)) {
            long run = old.allocate(3L * pageBytes);
            for (long slot = run + 8; slot < run + 3L * pageBytes; slot += 120) {
                old.set.remember(run, slot);
                assertEquals(1, old.scan().timesVisited(run, slot));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void lastWordBeforeABorderBelongsToTheObjectThatEndsThere(
            RememberedSetPolicy policy, int pageBytes, int cardBytes) {
        try (OldPages old = old(policy, pageBytes, cardBytes)) {
            for (long bytes : new long[] {cardBytes, pageBytes, 2L * pageBytes}) {
                old.newPage();
                long first = old.allocate(bytes);
                long second = old.allocate(bytes);
                old.set.remember(first, first + bytes - 8);
                OldPages.Scan scan = old.scan();
                assertEquals(1, scan.timesVisited(first, first + bytes - 8));
                assertEquals(0, scan.timesVisited(second, second + 8));
                old.set.remember(second, second);
                assertEquals(1, old.scan().timesVisited(second, second));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void slotRememberedWhileItIsVisitedWaitsForTheNextScan(RememberedSetPolicy policy, int pageBytes, int cardBytes) {
        try (OldPages old = old(policy, pageBytes, cardBytes)) {
            long object = old.allocate(64);
            old.set.remember(object, object + 8);
            old.scan((visited, from, to) -> old.set.remember(visited, visited + 8));
            assertTrue(old.set.isRemembered(object, object + 8));
            assertEquals(1, old.scan().timesVisited(object, object + 8));
            assertEquals(0, old.scan().timesVisited(object, object + 8));
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void edgeThatIsKeptIsVisitedByEveryScan(RememberedSetPolicy policy, int pageBytes, int cardBytes) {
        try (OldPages old = old(policy, pageBytes, cardBytes)) {
            long object = old.allocate(4L * pageBytes);
            long slot = object + 3L * pageBytes + 8;
            old.set.remember(object, slot);
            for (int age = 1; age < 15; age++) {
                assertEquals(1, old.scan().timesVisited(object, slot));
                old.set.keep(object, slot, age);
                assertTrue(old.set.isRemembered(object, slot));
                old.set.verify();
            }
            old.scan();
            assertEquals(List.of(), old.scan().parts());
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void freedPagesAreNotVisitedAndStartCleanWhenTheyAreTakenAgain(
            RememberedSetPolicy policy, int pageBytes, int cardBytes) {
        try (OldPages old = old(policy, pageBytes, cardBytes)) {
            long survivor = old.allocate(32);
            old.newPage();
            long dead = old.allocate(32);
            long deadRun = old.allocate(3L * pageBytes);
            long lastSlot = deadRun + 3L * pageBytes - 8;
            old.set.remember(survivor, survivor + 8);
            old.set.remember(dead, dead + 8);
            old.set.remember(deadRun, lastSlot);
            old.sweep(List.of(dead, deadRun));
            int taken = old.pages.limit();
            long second = old.allocate(4L * pageBytes);
            assertEquals(dead, second, "takes what was freed");
            assertEquals(taken, old.pages.limit());
            for (long slot = second; slot < second + 4L * pageBytes; slot += 8) {
                assertFalse(old.set.isRemembered(second, slot));
            }
            OldPages.Scan scan = old.scan();
            assertEquals(1, scan.timesVisited(survivor, survivor + 8));
            assertEquals(1, scan.parts().size());
            assertTrue(old.set.remember(second, lastSlot));
            assertEquals(1, old.scan().timesVisited(second, lastSlot));
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void objectsThatDiedAreNotVisitedThoughTheirPageLives(RememberedSetPolicy policy, int pageBytes, int cardBytes) {
        try (OldPages old = old(policy, pageBytes, cardBytes)) {
            List<Long> all = new ArrayList<>();
            List<Long> dead = new ArrayList<>();
            for (int i = 0; i < pageBytes / 32; i++) {
                long object = old.allocate(32);
                old.set.remember(object, object + 24);
                (i % 3 == 0 ? dead : all).add(object);
            }
            old.sweep(dead);
            OldPages.Scan scan = old.scan(); // which checks that it visits nobody dead
            for (long object : all) {
                assertEquals(1, scan.timesVisited(object, object + 24));
            }
            assertEquals(List.of(), old.scan().parts());
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void pagesTakenBetweenScansAreClean(RememberedSetPolicy policy, int pageBytes, int cardBytes) {
        try (OldPages old = old(policy, pageBytes, cardBytes)) {
            for (int round = 0; round < 20; round++) {
                long object = old.allocate(1 + round % 3 * (long) pageBytes & -8 | 32);
                assertEquals(List.of(), old.scan().parts());
                assertTrue(old.set.remember(object, object + 16));
                assertEquals(1, old.scan().tally().entries);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void setThatIsMadeAfterThePagesStartsClean(RememberedSetPolicy policy, int pageBytes, int cardBytes) {
        try (OldPages old = old(RememberedSetPolicy.DIRTY_PAGES, pageBytes, cardBytes)) {
            long object = old.allocate(2L * pageBytes);
            try (RememberedSet second = policy.create(old.memory, old.pages, cardBytes, 1)) {
                second.verify();
                assertFalse(second.isRemembered(object, object + pageBytes));
                assertTrue(second.remember(object, object + pageBytes));
                second.verify();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void statisticsFollowScans(RememberedSetPolicy policy, int pageBytes, int cardBytes) {
        try (OldPages old = old(policy, pageBytes, cardBytes)) {
            List<Long> objects = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                old.newPage();
                objects.add(old.allocate(48));
            }
            for (int stores : new int[] {100, 0, 3}) {
                objects.subList(0, stores).forEach(object -> old.set.remember(object, object + 40));
                OldPages.Scan scan = old.scan();
                assertEquals(stores, scan.tally().entries);
                assertEquals(stores, scan.tally().dirtyPages);
                assertEquals(stores, scan.tally().objects);
            }
            RememberedSetStatistics statistics = old.set.statistics();
            assertEquals(3, statistics.scans());
            assertEquals(3, statistics.lastEntries());
            assertEquals(100, statistics.mostEntries());
            assertEquals((100 * 7 / 8.0) * 7 / 8 + 3 / 8.0, statistics.averageEntries());
            assertEquals(103, statistics.slowPaths());
        }
    }
}
