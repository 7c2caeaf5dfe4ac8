package org.shadowheap.heap;

import static org.shadowheap.heap.BrokenHeap.LARGE;
import static org.shadowheap.heap.BrokenHeap.NODE;
import static org.shadowheap.heap.BrokenHeap.OLD;

import java.lang.reflect.Field;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.memory.CheckedMemory;
import org.shadowheap.memory.OffHeap;
import org.shadowheap.memory.PageTable;

/** Breaks the old space in each way that the verifier looks for. */
class OldSpaceCheckTest {

    private static final int LENGTH_OFFSET = ObjectModel.DEFAULT.arrayLengthOffset();

    private final BrokenHeap broken = new BrokenHeap();
    private final PageTable pages = broken.pages;
    private final int page = broken.pageOf(OLD);

    @AfterEach
    void closeHeap() {
        broken.close();
    }

    @Test
    void objectWhoseIdPointsElsewhere() {
        OffHeap.putIntPlain(broken.object(OLD), LARGE);
        broken.assertVerifierSays("id of an object does not point back: id=3000: page=" + page);
    }

    @Test
    void objectWithoutAnId() {
        OffHeap.putIntPlain(broken.object(OLD), 0);
        broken.assertVerifierSays("id of an object does not point back: id=0: page=" + page);
    }

    @Test
    void objectWithoutALayout() {
        OffHeap.putIntPlain(broken.object(OLD) + 4, Header.MAX_LAYOUT);
        broken.assertVerifierSays("layout of an object is unknown: id=2000: page=" + page);
    }

    @Test
    void startWithinAnObject() {
        pages.startPlain(broken.object(OLD) + 8);
        broken.assertVerifierSays("objects overlap: page=" + page);
    }

    @Test
    void objectLongerThanItsPage() {
        int array = 5000;
        broken.heap.contact(array, BrokenHeap.ARRAY, 1);
        OffHeap.putIntPlain(broken.object(array) + LENGTH_OFFSET, 200);
        broken.assertVerifierSays("object crosses the end of its page: page=" + broken.pageOf(array));
    }

    @Test
    void objectLongerThanItsRun() {
        OffHeap.putIntPlain(broken.object(LARGE) + LENGTH_OFFSET, 5200);
        broken.assertVerifierSays("run does not fit its object: page=" + broken.pageOf(LARGE));
    }

    @Test
    void dirtyBitWithinAnObject() {
        pages.setDirtyVolatile(broken.object(OLD) + 8);
        broken.assertVerifierSays("dirty bit where no object begins: page=" + page);
    }

    @Test
    void dirtyBitInAPageThatIsNotListed() {
        pages.setDirtyVolatile(broken.object(LARGE));
        broken.assertVerifierSays("dirty bit in a page that is not listed: page=" + broken.pageOf(LARGE));
    }

    @Test
    void flagOfAPageThatIsNotListed() {
        pages.setListedVolatile(broken.pageOf(LARGE));
        broken.assertVerifierSays("flag and list disagree: page=" + broken.pageOf(LARGE));
    }

    @Test
    void listedPageWithoutItsFlag() {
        pages.clearListedVolatile(page);
        broken.assertVerifierSays("flag and list disagree: page=" + page);
    }

    @Test
    void markThatWasLeftInAnOldObject() {
        Header.setMarked(broken.object(LARGE), true);
        broken.assertVerifierSays("mark was left in an old object: id=3000: page=" + broken.pageOf(LARGE));
    }

    @Test
    void bytesThatNobodyHas() {
        long before = broken.heap.figures().oldBytes();
        broken.spaces.old.freed(8);
        broken.assertVerifierSays("sizes of old objects do not add up to objectBytes: found=" + before);
    }

    @Test
    void heldObjectThatIsNotCounted() {
        Header.setHeld(broken.object(LARGE), true);
        broken.assertVerifierSays("held objects are not as many as heldObjects says: found=2");
    }

    @Test
    void heldBytesThatNobodyHas() {
        broken.spaces.mutators[0].counts.heldBytes++;
        broken.assertVerifierSays("held objects do not add up to heldBytes: found=16");
    }

    @Test
    void heldClassMirror() {
        Header.setHeld(broken.object(NODE), true);
        broken.assertVerifierSays("class mirror is held: id=2: page=" + broken.pageOf(NODE));
    }

    @Test
    void allocatorWhosePageWasFreed() {
        broken.heap.contact(5000, NODE, 0);
        int current = broken.pageOf(5000);
        pages.free(current);
        broken.assertVerifierSays("allocator is not in a shared page: page=" + current);
    }

    @Test
    void objectWhereTheNextOneWillBePut() {
        broken.heap.contact(5000, NODE, 0);
        long top = broken.spaces.old.allocator(0).top();
        CheckedMemory.objectPlaced(top, 16);
        OffHeap.copyPlain(broken.object(5000), top, 16);
        OffHeap.putIntPlain(top, 6000);
        pages.startPlain(top);
        broken.enterScattered(6000, Entry.old(top));
        broken.assertVerifierSays("object lies where an allocator will put the next: page=" + broken.pageOf(5000));
    }

    @Test
    void pageThatIsNeitherInUseNorFree() throws ReflectiveOperationException {
        Field freePages = PageTable.class.getDeclaredField("freePages");
        freePages.setAccessible(true);
        freePages.setInt(pages, freePages.getInt(pages) + 1);
        int inUse = pages.pagesInUse() + 1;
        broken.assertVerifierSays("blocks do not add up to pagesInUse: found=" + inUse);
    }

    @Test
    void blockWithoutALength() throws ReflectiveOperationException {
        Field heads = PageTable.class.getDeclaredField("heads");
        heads.setAccessible(true);
        OffHeap.putIntPlain(heads.getLong(pages) + 4L * page, 0);
        broken.assertVerifierSays("block ends nowhere: page=" + page);
    }
}
