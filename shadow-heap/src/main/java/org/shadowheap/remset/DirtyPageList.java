package org.shadowheap.remset;

import static org.shadowheap.remset.Invariant.require;

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
 * <p>Where one mutator finds the bit set, it has set it itself since a scan took it last, and has seen to the page: it need
 * not look at the flag. Of several one may have set the bit and not come to the page yet, so they look.
 *
 * <p>A scan costs O(listed pages + dirty objects), whatever the number of pages.
 */
public final class DirtyPageList implements RememberedSet {

    private final PageTable pages;
    private final boolean oneMutator;
    private final Object lock = new Object();
    private final ScanHistory history = new ScanHistory();
    private NativeIntList list;
    private NativeIntList snapshot;
    private long overflows;
    private long listings;

    /** @param oneMutator whether all stores come from one thread */
    public DirtyPageList(NativeMemory memory, PageTable pages, boolean oneMutator) {
        this.pages = pages;
        this.oneMutator = oneMutator;
        list = new NativeIntList(memory);
        snapshot = new NativeIntList(memory);
    }

    @Override
    public boolean remembersObjects() {
        return true;
    }

    @Override
    public boolean remember(long object, long slot) {
        if (!pages.setDirtyVolatile(object) && oneMutator) {
            return false;
        }
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
            listings++;
            return true;
        }
    }

    @Override
    public boolean isRemembered(long object, long slot) {
        return pages.isDirtyVolatile(object) && pages.isListedVolatile(pages.pageOf(object));
    }

    @Override
    public int beginScan() {
        synchronized (lock) {
            NativeIntList listed = list;
            list = snapshot;
            snapshot = listed;
        }
        return snapshot.size();
    }

    @Override
    public void scan(int unit, ObjectVisitor visitor, ScanTally tally) {
        int page = snapshot.get(unit);
        pages.clearListedVolatile(page);
        tally.objects += DirtyObjects.take(pages, page, visitor);
        tally.entries++;
        tally.dirtyPages++;
        tally.pagesVisited++;
    }

    @Override
    public void endScan(ScanTally total) {
        snapshot.clear();
        history.add(total.entries);
    }

    /** A page that was freed has no flag any more. */
    @Override
    public void endSweep() {
        int kept = 0;
        for (int i = 0; i < list.size(); i++) {
            int page = list.get(i);
            if (pages.isListedVolatile(page)) {
                list.set(kept++, page);
            }
        }
        list.truncate(kept);
    }

    @Override
    public RememberedSetStatistics statistics() {
        synchronized (lock) {
            int capacity = Math.max(list.capacity(), snapshot.capacity());
            long sideBytes = pages.limit() + (long) (list.capacity() + snapshot.capacity()) * Integer.BYTES;
            return history.statistics(capacity, overflows, listings, sideBytes);
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
        for (int page = 0; page < pages.limit(); page += pages.length(page)) {
            if (pages.kind(page) == PageTable.FREE) {
                continue; // without metadata, if it was in the middle of a block
            }
            require(pages.isListedVolatile(page) == members.get(page), "flag and list disagree", page);
            for (int word = 0; word < pages.words(); word++) {
                require(
                        pages.dirtyVolatile(page, word) == 0 || members.get(page),
                        "dirty bit in a page that is not listed",
                        page);
            }
            members.clear(page);
        }
        require(members.isEmpty(), "page is listed that is free or in the middle of a block", members.nextSetBit(0));
    }

    @Override
    public void close() {
        list.close();
        snapshot.close();
    }
}
