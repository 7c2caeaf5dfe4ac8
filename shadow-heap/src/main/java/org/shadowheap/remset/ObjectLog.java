package org.shadowheap.remset;

import static org.shadowheap.remset.Invariant.require;

import java.util.HashSet;
import java.util.Set;
import org.shadowheap.memory.NativeLongList;
import org.shadowheap.memory.NativeMemory;
import org.shadowheap.memory.PageTable;

/**
 * A list of the objects that were stored to, each once: object remembering, as in MMTk ({@code ObjectBarrier}, with one
 * log bit for each object and a buffer of modified objects; Stephen M. Blackburn, Antony L. Hosking: Barriers: Friend or
 * Foe?, 2004). The dirty bit is the log bit. MMTk has a buffer for each mutator; here there is one, so that a scan
 * visits in the order of the stores and does the same in each run.
 *
 * <p>A mutator writes the slot, then takes the lock unless the bit is set, sets the bit and appends the object. A scan
 * swaps the list under the lock, so a bit that is found set belongs to an object that is listed. For each object it
 * clears the bit, then visits. A mutator that finds the bit set has written its slot before the scan clears the bit.
 *
 * <p>A scan costs O(logged objects), whatever the number of pages, and visits whole objects, however large. An entry is a
 * logged object. The flag of a page is set during a scan only, to count each page once.
 */
public final class ObjectLog implements RememberedSet {

    private static final int OBJECTS_PER_UNIT = 256;

    private final PageTable pages;
    private final Object lock = new Object();
    private final ScanHistory history = new ScanHistory();
    private NativeLongList list;
    private NativeLongList snapshot;
    private long overflows;
    private long slowPaths;

    public ObjectLog(NativeMemory memory, PageTable pages) {
        this.pages = pages;
        list = new NativeLongList(memory);
        snapshot = new NativeLongList(memory);
    }

    @Override
    public boolean remembersObjects() {
        return true;
    }

    @Override
    public boolean remember(long object, long slot) {
        return !pages.isDirtyVolatile(object) && log(object);
    }

    private boolean log(long object) {
        synchronized (lock) {
            if (!pages.setDirtyVolatile(object)) {
                return false;
            }
            if (list.add(object)) {
                overflows++;
            }
            slowPaths++;
            return true;
        }
    }

    @Override
    public boolean isRemembered(long object, long slot) {
        return pages.isDirtyVolatile(object);
    }

    @Override
    public int beginScan() {
        synchronized (lock) {
            NativeLongList logged = list;
            list = snapshot;
            snapshot = logged;
        }
        return Math.toIntExact((snapshot.size() + OBJECTS_PER_UNIT - 1) / OBJECTS_PER_UNIT);
    }

    @Override
    public void scan(int unit, ObjectVisitor visitor, ScanTally tally) {
        long first = (long) unit * OBJECTS_PER_UNIT;
        long end = Math.min(first + OBJECTS_PER_UNIT, snapshot.size());
        for (long i = first; i < end; i++) {
            long object = snapshot.get(i);
            pages.clearDirtyVolatile(object);
            visitor.visit(object, 0, Long.MAX_VALUE);
            int page = pages.pageOf(object);
            if (!pages.isListedVolatile(page) && isFirstOf(page)) {
                tally.dirtyPages++;
                tally.pagesVisited++;
            }
        }
        tally.entries += end - first;
        tally.objects += end - first;
    }

    private boolean isFirstOf(int page) {
        synchronized (lock) {
            boolean first = !pages.isListedVolatile(page);
            pages.setListedVolatile(page);
            return first;
        }
    }

    @Override
    public void endScan(ScanTally total) {
        for (long i = 0; i < snapshot.size(); i++) {
            pages.clearListedVolatile(pages.pageOf(snapshot.get(i)));
        }
        snapshot.truncate(0);
        history.add(total.entries);
    }

    /** Who died, or whose page was freed, has no dirty bit any more. */
    @Override
    public void endSweep() {
        long kept = 0;
        for (long i = 0; i < list.size(); i++) {
            long object = list.get(i);
            if (pages.isDirtyVolatile(object)) {
                list.set(kept++, object);
            }
        }
        list.truncate(kept);
    }

    @Override
    public RememberedSetStatistics statistics() {
        synchronized (lock) {
            long capacity = Math.max(list.capacity(), snapshot.capacity());
            long sideBytes = pages.limit() + (list.capacity() + snapshot.capacity()) * Long.BYTES;
            return history.statistics(capacity, overflows, slowPaths, sideBytes);
        }
    }

    @Override
    public void verify() {
        require(snapshot.size() == 0, "snapshot is not empty", -1);
        Set<Long> members = new HashSet<>();
        for (long i = 0; i < list.size(); i++) {
            long object = list.get(i);
            int page = pages.pageOf(object);
            require(members.add(object), "object is logged twice", page);
            require(pages.kind(page) != PageTable.FREE, "object of a free page is logged", page);
            require(pages.isStartPlain(object), "dead object is logged", page);
            require(pages.isDirtyVolatile(object), "logged object is not dirty", page);
        }
        long dirty = 0;
        for (int page = 0; page < pages.limit(); page += pages.length(page)) {
            if (pages.kind(page) == PageTable.FREE) {
                continue;
            }
            require(!pages.isListedVolatile(page), "flag is set outside of a scan", page);
            for (int word = 0; word < pages.words(); word++) {
                dirty += Long.bitCount(pages.dirtyVolatile(page, word));
            }
            require(dirty <= members.size(), "dirty object is not logged", page);
        }
    }

    @Override
    public void close() {
        list.close();
        snapshot.close();
    }
}
