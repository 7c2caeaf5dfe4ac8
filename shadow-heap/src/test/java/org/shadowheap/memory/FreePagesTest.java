package org.shadowheap.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class FreePagesTest {

    private static final int COUNT = 8;

    @Test
    void pageThatIsTakenAgainIsCleanAloneOrInARun() {
        NativeMemory memory = new NativeMemory();
        try (PageTable pages = new PageTable(memory, 512, COUNT)) {
            for (int i = 0; i < COUNT; i++) {
                use(pages, pages.takeShared());
            }
            freeAll(pages);
            for (int i = 0; i < COUNT / 4; i++) {
                assertClean(pages, pages.takeShared());
                assertClean(pages, pages.takeRun(3));
            }
            assertEquals(COUNT, pages.limit());
        }
        assertEquals(0, memory.outstandingBytes());
    }

    private static void use(PageTable pages, int page) {
        pages.setListedVolatile(page);
        pages.setDirtyVolatile(pages.addressOf(page));
        pages.startPlain(pages.addressOf(page));
    }

    private static void freeAll(PageTable pages) {
        for (int page = 0; page < COUNT; page++) {
            pages.free(page);
        }
        pages.recycle();
    }

    private static void assertClean(PageTable pages, int page) {
        assertFalse(pages.isListedVolatile(page));
        assertEquals(0, pages.dirtyVolatile(page, 0));
        assertEquals(0, pages.startsPlain(page, 0));
    }
}
