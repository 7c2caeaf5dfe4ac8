package org.shadowheap.remset;

import org.shadowheap.memory.PageTable;
import org.shadowheap.remset.RememberedSet.ObjectVisitor;

/** The dirty objects of a page. */
final class DirtyObjects {

    private DirtyObjects() {}

    /**
     * Takes the dirty bits of a block, a word at a time, and visits the whole object of each. The kind of the page does not
     * matter: a run of pages has the bit of its one object, on its first page.
     *
     * @param page first page of the block
     * @return how many objects there were
     */
    static int take(PageTable pages, int page, ObjectVisitor visitor) {
        int objects = 0;
        long wordBase = pages.addressOf(page);
        for (int word = 0; word < pages.words(); word++, wordBase += 8L * PageTable.GRANULES_PER_WORD) {
            if (pages.dirtyVolatile(page, word) == 0) {
                continue; // a read is cheaper than a read-modify-write
            }
            long bits = pages.takeDirtyVolatile(page, word);
            for (; bits != 0; bits &= bits - 1) {
                visitor.visit(wordBase + 8L * Long.numberOfTrailingZeros(bits), 0, Long.MAX_VALUE);
                objects++;
            }
        }
        return objects;
    }
}
