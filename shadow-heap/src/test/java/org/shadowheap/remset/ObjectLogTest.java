package org.shadowheap.remset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObjectLogTest {

    private final OldPages old = new OldPages(RememberedSetPolicy.OBJECTS, 4096, 512, 3000);

    @AfterEach
    void allMemoryIsReturned() {
        old.close();
    }

    private List<Long> allocateAndRemember(int count) {
        List<Long> objects = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long object = old.allocate(64);
            old.set.remember(object, object + 8);
            objects.add(object);
        }
        return objects;
    }

    @Test
    void objectsAreVisitedInTheOrderOfTheirFirstStores() {
        List<Long> objects = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            objects.add(old.allocate(64));
        }
        Collections.shuffle(objects, new Random(1));
        objects.forEach(object -> old.set.remember(object, object + 8));
        List<Long> visited = new ArrayList<>();
        OldPages.Scan scan = old.scan((object, from, to) -> visited.add(object));
        assertEquals(objects, visited);
        assertEquals(1000 * 64 / 4096 + 1, scan.tally().dirtyPages);
        assertEquals(scan.tally().dirtyPages, scan.tally().pagesVisited);
    }

    @Test
    void objectIsVisitedAsAWhole() {
        long array = old.allocate(10 * 4096);
        old.set.remember(array, array + 8);
        assertEquals(
                List.of(new OldPages.Part(array, array, array + 10 * 4096)),
                old.scan().parts());
    }

    @Test
    void pagesWithoutStoresAreNotVisited() {
        for (int i = 0; i < 1000; i++) {
            old.newPage();
        }
        allocateAndRemember(1);
        assertEquals(1, old.scan().tally().pagesVisited);
        assertEquals(0, old.scan().tally().pagesVisited);
    }

    @Test
    void whoDiedIsStruckFromTheLog() {
        List<Long> objects = allocateAndRemember(200);
        old.sweep(objects.subList(0, 150));
        assertEquals(50, old.scan().tally().entries);
    }

    @Test
    void bufferGrowsAndSaysHowOften() {
        allocateAndRemember(64);
        assertEquals(0, old.set.statistics().overflows());
        allocateAndRemember(200);
        RememberedSetStatistics statistics = old.set.statistics();
        assertEquals(512, statistics.capacity());
        assertEquals(3, statistics.overflows());
        assertEquals(264, statistics.slowPaths());
        assertEquals(old.pages.limit() + 512 * 8, statistics.sideBytes());
    }

    @Test
    void verifyFindsADirtyObjectThatIsNotLogged() {
        allocateAndRemember(1);
        old.pages.setDirtyVolatile(old.allocate(64));
        assertFails("dirty object is not logged: page=0");
    }

    @Test
    void verifyFindsALoggedObjectThatIsNotDirty() {
        old.pages.clearDirtyVolatile(allocateAndRemember(1).get(0));
        assertFails("logged object is not dirty: page=0");
    }

    @Test
    void verifyFindsAnObjectThatIsLoggedTwice() {
        long object = allocateAndRemember(1).get(0);
        old.pages.clearDirtyVolatile(object);
        old.set.remember(object, object + 8);
        assertFails("object is logged twice: page=0");
    }

    @Test
    void verifyFindsALoggedObjectThatIsDead() {
        allocateAndRemember(2);
        old.pages.keepStartsPlain(0, 0, 1);
        assertFails("dead object is logged: page=0");
    }

    @Test
    void verifyFindsALoggedObjectOfAFreePage() {
        allocateAndRemember(1);
        old.pages.free(0);
        assertFails("object of a free page is logged: page=0");
    }

    @Test
    void verifyFindsAFlagThatAScanLeft() {
        allocateAndRemember(1);
        old.pages.setListedVolatile(0);
        assertFails("flag is set outside of a scan: page=0");
    }

    @Test
    void verifyFindsAScanThatDidNotEnd() {
        allocateAndRemember(1);
        old.set.beginScan();
        assertFails("snapshot is not empty: page=-1");
    }

    private void assertFails(String message) {
        assertEquals(
                message,
                assertThrows(IllegalStateException.class, old.set::verify).getMessage());
    }
}
