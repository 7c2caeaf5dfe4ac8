package org.shadowheap.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SideTableTest {

    private static final int PAGE_BYTES = 1024;
    private static final int UNIT_BYTES = 128;
    private static final int UNITS_PER_PAGE = PAGE_BYTES / UNIT_BYTES;

    private final NativeMemory memory = new NativeMemory();
    private final PageTable pages = new PageTable(memory, PAGE_BYTES, 20);
    private final SideTable table = pages.addSideTable(UNIT_BYTES);

    @AfterEach
    void allMemoryIsReturned() {
        table.close();
        pages.close();
        assertEquals(0, memory.outstandingBytes());
    }

    @Test
    void everyUnitOfAPageHasAByte() {
        int page = pages.takeRun(2);
        long last = pages.addressOf(page) + 2 * PAGE_BYTES - 1;
        assertEquals(2 * UNITS_PER_PAGE - 1, table.unitOf(last));
        assertEquals(last + 1 - UNIT_BYTES, table.addressOf(table.unitOf(last)));
        assertEquals(UNITS_PER_PAGE, table.firstUnitOf(page + 1));
    }

    @Test
    void unitsAreCleanWhenTheirPagesAreTakenForTheFirstTime() {
        int run = pages.takeRun(3);
        for (long unit = table.firstUnitOf(run); unit < table.firstUnitOf(run + 3); unit++) {
            assertEquals(SideTable.CLEAN, table.getVolatile(unit));
        }
    }

    @Test
    void unitsOfAllPagesOfABlockAreCleanAgainWhenItIsFreed() {
        int run = pages.takeRun(3);
        int neighbour = pages.takeShared();
        for (long unit = 0; unit < table.firstUnitOf(neighbour + 1); unit++) {
            table.putVolatile(unit, (byte) 7);
        }
        pages.free(run);
        for (long unit = 0; unit < table.firstUnitOf(neighbour + 1); unit++) {
            boolean freed = unit < table.firstUnitOf(neighbour);
            assertEquals(freed ? SideTable.CLEAN : 7, table.getVolatile(unit), "unit=" + unit);
        }
    }

    @Test
    void tableAddedLaterIsCleanForThePagesThatAreThere() {
        pages.takeRun(5);
        try (SideTable later = pages.addSideTable(PAGE_BYTES)) {
            for (int page = 0; page < 5; page++) {
                assertEquals(SideTable.CLEAN, later.getVolatile(page));
            }
        }
    }

    @Test
    void oneUnitOfEightThatIsNotCleanIsNoticed() {
        pages.takeShared();
        assertTrue(table.areEightClean(0));
        for (int unit = 0; unit < SideTable.GROUP; unit++) {
            table.putVolatile(unit, (byte) 0);
            assertFalse(table.areEightClean(0), "unit=" + unit);
            assertTrue(table.compareAndSetVolatile(unit, (byte) 0, SideTable.CLEAN));
        }
        assertTrue(table.areEightClean(0));
    }

    @Test
    void tablesCountAsCommittedWithThePages() {
        long before = pages.bytesToTake(1);
        SideTable other = pages.addSideTable(512);
        assertEquals(before + 2, pages.bytesToTake(1));
        other.close();
        assertEquals(before, pages.bytesToTake(1));
        pages.takeRun(3);
        assertEquals(3 * before, pages.committedBytes());
    }

    @Test
    void unitLargerThanAPageIsRefused() {
        assertEquals(
                "unitBytes must be a power of two up to pageBytes: unitBytes=2048 pageBytes=1024",
                assertThrows(IllegalArgumentException.class, () -> pages.addSideTable(2048))
                        .getMessage());
    }
}
