package org.shadowheap.remset;

import static org.shadowheap.remset.Invariant.require;

import org.shadowheap.memory.PageTable;
import org.shadowheap.memory.SideTable;

/**
 * A byte for each card that holds the youngest generation to which a slot in it may refer, and one for each page, the
 * youngest of its cards. As in Chez Scheme (R. Kent Dybvig, David Eby, Carl Bruggeman: Don't Stop the BIBOP, 1994; {@code
 * dirty_bytes} and {@code min_dirty_byte} of a segment in its {@code types.h}, {@code S_dirty_set} in {@code alloc.c},
 * {@code sweep_dirty} in {@code gc.c}).
 *
 * <pre>
 *   0           nursery: was stored to, whatever the value
 *   1 to 254    the youngest object that a scan found, in minor collections survived
 *   255         nothing young
 * </pre>
 *
 * A store makes both bytes 0. A scan makes them 255 before it visits, and what it still finds young is {@linkplain #keep
 * kept} with its age: so afterwards a byte says exactly what was kept, and a card that refers to nothing young is clean
 * without anybody having asked for it.
 *
 * <p>A mutator writes the slot, then lowers the byte of the card, then that of the page; a scan cleans the page's, then
 * the card's, then visits. Bytes of card and page are a Dekker pair, like dirty bit and flag in {@link DirtyPageList}: a
 * mutator whose card the scan did not clean finds the page clean and lowers it anew. So a page may be younger than its
 * cards after a race, never older.
 *
 * <p>A scan costs O(pages) at eight pages a step, and O(cards) in the pages that are not clean. Chez Scheme keeps segments
 * in lists by generation, because a collection of young generations alone skips the others; here every minor collection
 * moves whatever is young. An entry is a card. What {@link CardTable} says of objects that died goes for this one.
 */
public final class YoungestGeneration implements RememberedSet {

    private static final int NURSERY = 0;
    private static final int OLDEST = 254;
    private static final int NOTHING_YOUNG = SideTable.CLEAN & 0xff;

    private final PageTable pages;
    private final SideTable cardBytes;
    private final SideTable pageBytes;
    private final Cards cards;
    private final PageUnits units;
    private final SlowPaths slowPaths = new SlowPaths();
    private final ScanHistory history = new ScanHistory();

    /**
     * Reserves the tables.
     *
     * @param cardBytes a power of two from 128 to 4096, no larger than a page
     */
    public YoungestGeneration(PageTable pages, int cardBytes) {
        Cards.requireSize(cardBytes, pages.pageBytes());
        this.pages = pages;
        this.cardBytes = pages.addSideTable(cardBytes);
        pageBytes = pages.addSideTable(pages.pageBytes());
        cards = new Cards(pages, this.cardBytes);
        units = new PageUnits(pages);
    }

    @Override
    public boolean remember(long object, long slot) {
        return lower(slot, NURSERY);
    }

    /** The byte of the slot's card becomes the age, unless it is younger. */
    @Override
    public void keep(long object, long slot, int age) {
        lower(slot, Math.min(age, OLDEST));
    }

    private boolean lower(long slot, int generation) {
        boolean wasClean = lower(cardBytes, cardBytes.unitOf(slot), generation);
        lower(pageBytes, pageBytes.unitOf(slot), generation);
        if (wasClean) {
            slowPaths.add();
        }
        return wasClean;
    }

    private static boolean lower(SideTable table, long unit, int generation) {
        byte value;
        do {
            value = table.getVolatile(unit);
            if ((value & 0xff) <= generation) {
                return false;
            }
        } while (!table.compareAndSetVolatile(unit, value, (byte) generation));
        return value == SideTable.CLEAN;
    }

    /** The youngest generation to which the card of a slot may refer: 0 is the nursery, k ageing, 255 nothing young. */
    int youngest(long slot) {
        return cardBytes.getVolatile(cardBytes.unitOf(slot)) & 0xff;
    }

    @Override
    public boolean isRemembered(long object, long slot) {
        return youngest(slot) != NOTHING_YOUNG && pageBytes.getVolatile(pageBytes.unitOf(slot)) != SideTable.CLEAN;
    }

    @Override
    public int beginScan() {
        return units.begin();
    }

    @Override
    public void scan(int unit, ObjectVisitor visitor, ScanTally tally) {
        int end = units.end(unit);
        int block = -1;
        int page = units.first(unit);
        while (page < end) {
            if (page % SideTable.GROUP == 0 && pageBytes.areEightClean(page)) {
                page += SideTable.GROUP;
                continue;
            }
            if (pageBytes.getVolatile(page) != SideTable.CLEAN) {
                pageBytes.putVolatile(page, SideTable.CLEAN);
                long first = cardBytes.firstUnitOf(page);
                block = cards.scan(first, cardBytes.firstUnitOf(page + 1), block, visitor, tally);
                tally.pagesVisited++;
            }
            page++;
        }
    }

    @Override
    public void endScan(ScanTally total) {
        history.add(total.entries);
    }

    @Override
    public RememberedSetStatistics statistics() {
        long sideBytes = cardBytes.bytes(pages.limit()) + pageBytes.bytes(pages.limit());
        return history.statistics(0, 0, slowPaths.count(), sideBytes);
    }

    @Override
    public void verify() {
        for (int page = 0; page < pages.limit(); page++) {
            int youngest = NOTHING_YOUNG;
            long end = cardBytes.firstUnitOf(page + 1);
            for (long card = cardBytes.firstUnitOf(page); card < end; card++) {
                youngest = Math.min(youngest, cardBytes.getVolatile(card) & 0xff);
            }
            int summary = pageBytes.getVolatile(page) & 0xff;
            require(summary <= youngest, "page is older than one of its cards", page);
            require(summary == NOTHING_YOUNG || pages.kind(page) != PageTable.FREE, "free page is young", page);
        }
    }

    @Override
    public void close() {
        pageBytes.close();
        cardBytes.close();
    }

    /** For tests of what {@link #verify} finds. */
    SideTable cardTable() {
        return cardBytes;
    }
}
