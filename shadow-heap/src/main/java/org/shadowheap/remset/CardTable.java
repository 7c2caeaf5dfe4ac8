package org.shadowheap.remset;

import static org.shadowheap.remset.Invariant.require;

import org.shadowheap.memory.PageTable;
import org.shadowheap.memory.SideTable;

/**
 * A byte for each card of the old space, as in HotSpot: the barrier dirties the card of the slot, a scan walks the whole
 * table and visits what lies in dirty cards (Urs Hölzle: A Fast Write Barrier for Generational Garbage Collectors, 1993).
 *
 * <p>Marking is conditional, as with HotSpot's {@code -XX:+UseCondCardMark}: a card that is dirty is not written again.
 * The barrier has to know whether it was clean anyway, and threads that store to neighbouring cards do not take the
 * cache line from each other (Dave Dice: False sharing induced by card table marking, 2011).
 *
 * <p>A mutator writes the slot, then reads the card, then dirties it if it was clean; a scan cleans the card, then visits
 * what is in it. A mutator that finds the card dirty has written its slot before the scan cleans the card. A card
 * that becomes dirty after the scan looked at it waits for the next one.
 *
 * <p>A scan costs O(cards), clean ones and those of free pages included, eight at a time. An entry is a dirty card. A
 * card keeps no object apart from its neighbours: of an object that died the card stays dirty until the next scan, unless
 * its page is freed, and an object that takes its place is then visited without having been stored to.
 */
public final class CardTable implements RememberedSet {

    private static final byte DIRTY = 0;

    private final PageTable pages;
    private final SideTable table;
    private final Cards cards;
    private final PageUnits units;
    private final SlowPaths slowPaths = new SlowPaths();
    private final ScanHistory history = new ScanHistory();

    /**
     * Reserves the table.
     *
     * @param cardBytes a power of two from 128 to 4096, no larger than a page
     */
    public CardTable(PageTable pages, int cardBytes) {
        Cards.requireSize(cardBytes, pages.pageBytes());
        this.pages = pages;
        table = pages.addSideTable(cardBytes);
        cards = new Cards(pages, table);
        units = new PageUnits(pages);
    }

    @Override
    public boolean remember(long object, long slot) {
        long card = table.unitOf(slot);
        return table.getVolatile(card) != DIRTY && mark(card);
    }

    private boolean mark(long card) {
        if (!table.compareAndSetVolatile(card, SideTable.CLEAN, DIRTY)) {
            return false; // another thread was faster: it adds the entry
        }
        slowPaths.add();
        return true;
    }

    @Override
    public boolean isRemembered(long object, long slot) {
        return table.getVolatile(table.unitOf(slot)) == DIRTY;
    }

    @Override
    public int beginScan() {
        return units.begin();
    }

    @Override
    public void scan(int unit, ObjectVisitor visitor, ScanTally tally) {
        int first = units.first(unit);
        int end = units.end(unit);
        cards.scan(table.firstUnitOf(first), table.firstUnitOf(end), -1, visitor, tally);
        tally.pagesVisited += end - first;
    }

    @Override
    public void endScan(ScanTally total) {
        history.add(total.entries);
    }

    @Override
    public RememberedSetStatistics statistics() {
        return history.statistics(0, 0, slowPaths.count(), table.bytes(pages.limit()));
    }

    @Override
    public void verify() {
        for (int page = 0; page < pages.limit(); page++) {
            long end = table.firstUnitOf(page + 1);
            for (long card = table.firstUnitOf(page); card < end; card++) {
                byte value = table.getVolatile(card);
                require(value == DIRTY || value == SideTable.CLEAN, "card is neither dirty nor clean", page);
                require(value != DIRTY || pages.kind(page) != PageTable.FREE, "card of a free page is dirty", page);
            }
        }
    }

    @Override
    public void close() {
        table.close();
    }

    /** For tests of what {@link #verify} finds. */
    SideTable table() {
        return table;
    }
}
