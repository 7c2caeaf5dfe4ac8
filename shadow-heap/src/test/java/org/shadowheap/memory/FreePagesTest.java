package org.shadowheap.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class FreePagesTest {

    @Test
    void whatIsLeftOfAFreeRunIsClean() {
        NativeMemory memory = new NativeMemory();
        try (PageTable pages = new PageTable(memory, 512, 100)) {
            int run = pages.takeRun(4);
            for (int page = run; page < run + 4; page++) { // reserved memory may hold anything
                pages.setListedVolatile(page);
                pages.setDirtyVolatile(pages.addressOf(page));
                pages.startPlain(pages.addressOf(page));
            }
            pages.free(run);
            pages.recycle();
            assertEquals(run, pages.takeShared());
            int rest = run + 1;
            assertEquals(PageTable.FREE, pages.kind(rest));
            assertEquals(3, pages.length(rest));
            assertFalse(pages.isListedVolatile(rest));
            assertEquals(0, pages.dirtyVolatile(rest, 0));
            assertEquals(0, pages.startsPlain(rest, 0));
        }
        assertEquals(0, memory.outstandingBytes());
    }
}
