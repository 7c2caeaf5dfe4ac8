package org.shadowheap.remset;

import java.util.BitSet;
import org.shadowheap.memory.NativeIntList;
import org.shadowheap.memory.NativeMemory;
import org.shadowheap.memory.PageTable;

/**
 * The default policy: a list of the pages that hold dirty objects, each once, and a dirty bit for each object.
 *
 * <p>The protocol. A mutator writes the slot, <em>then</em> sets the object's dirty bit, <em>then</em> lists the page if
 * it is not listed: check the flag, take the lock, check again, append, set the flag. A scan swaps the list out under the
 * lock and walks it without; for each page it <em>first</em> clears the flag, <em>then</em> takes the dirty bits,
 * <em>then</em> visits the objects. Bit and flag are sequentially consistent on both sides, and the bit is set by an
 * atomic update even if it is set already: a mutator whose update comes after the scan took the bits finds the flag
 * cleared and lists the page anew; one whose update came before has its slot, written before that, seen by the visit. To
 * visit first and clear later loses a store that comes in between.
 *
 * <p>A scan costs O(listed pages + dirty objects), whatever the number of pages.
 */
public final class DirtyPageList implements RememberedSet {

    private static final double WEIGHT_OF_A_SCAN = 1.0 / 8;

    private final PageTable pages;
    private final Object lock = new Object();
    private NativeIntList list;
    private NativeIntList snapshot;
    private long scans;
    private long lastDirtyPages;
    private long mostDirtyPages;
    private double averageDirtyPages;
    private long overflows;

    public DirtyPageList(NativeMemory memory, PageTable pages) {
        this.pages = pages;
        list = new NativeIntList(memory);
        snapshot = new NativeIntList(memory);
    }

    @Override
    public boolean remember(long object) {
        pages.setDirtyVolatile(object);
        int page = pages.pageOf(object);
        return !pages.isListedVolatile(page) && list(page);
    }

    private boolean list(int page) {
        synchronized (lock) {
            if (pages.isListedVolatile(page)) {
                return false;
            }
            if (list.add(page)) {
                overflows++;
            }
            pages.setListedVolatile(page);
            return true;
        }
    }

    @Override
    public boolean isRemembered(long object) {
        return pages.isDirtyVolatile(object) && pages.isListedVolatile(pages.pageOf(object));
    }

    @Override
    public Scan scan(ObjectVisitor visitor) {
        NativeIntList listed;
        synchronized (lock) {
            listed = list;
            list = snapshot;
            snapshot = listed;
        }
        long objects = 0;
        int size = listed.size();
        for (int i = 0; i < size; i++) {
            int page = listed.get(i);
            pages.clearListedVolatile(page);
            objects += visitDirtyObjects(page, visitor);
        }
        listed.clear();
        count(size);
        return new Scan(size, size, objects);
    }

    private long visitDirtyObjects(int page, ObjectVisitor visitor) {
        long objects = 0;
        long wordBase = pages.addressOf(page);
        int words = pages.dirtyWords();
        for (int word = 0; word < words; word++, wordBase += 64 * 8) {
            long bits = pages.takeDirtyVolatile(page, word);
            for (; bits != 0; bits &= bits - 1) {
                visitor.visit(wordBase + 8L * Long.numberOfTrailingZeros(bits));
                objects++;
            }
        }
        return objects;
    }

    private void count(int size) {
        averageDirtyPages = scans == 0 ? size : averageDirtyPages + (size - averageDirtyPages) * WEIGHT_OF_A_SCAN;
        lastDirtyPages = size;
        mostDirtyPages = Math.max(mostDirtyPages, size);
        scans++;
    }

    @Override
    public RememberedSetStatistics statistics() {
        synchronized (lock) {
            int capacity = Math.max(list.capacity(), snapshot.capacity());
            return new RememberedSetStatistics(
                    scans, lastDirtyPages, mostDirtyPages, averageDirtyPages, capacity, overflows);
        }
    }

    @Override
    public void verify() {
        BitSet members = new BitSet();
        for (int i = 0; i < list.size(); i++) {
            int page = list.get(i);
            require(!members.get(page), "page is listed twice", page);
            members.set(page);
        }
        require(snapshot.size() == 0, "snapshot is not empty", -1);
        for (int page = 0; page < pages.pagesInUse(); page++) {
            require(pages.isListedVolatile(page) == members.get(page), "flag and list disagree", page);
            boolean tail = pages.kind(page) == PageTable.RUN_TAIL;
            require(!tail || !members.get(page), "tail of a run is listed", page);
            for (int word = 0; !tail && word < pages.dirtyWords(); word++) {
                require(
                        pages.dirtyVolatile(page, word) == 0 || members.get(page),
                        "dirty bit in a page that is not listed",
                        page);
            }
        }
    }

    private static void require(boolean holds, String what, int page) {
        if (!holds) {
            throw new IllegalStateException(what + ": page=" + page);
        }
    }

    @Override
    public void close() {
        list.close();
        snapshot.close();
    }
}
