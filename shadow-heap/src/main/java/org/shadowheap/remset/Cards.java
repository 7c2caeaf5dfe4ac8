package org.shadowheap.remset;

import org.shadowheap.memory.PageTable;
import org.shadowheap.memory.SideTable;
import org.shadowheap.remset.RememberedSet.ObjectVisitor;

/**
 * Finds what a dirty card stands for: the parts of objects that lie in it.
 *
 * <p>Where objects begin is known by a bit for each granule of 8 bytes, so the object that reaches into a card from before
 * is found by a search backwards, in its page at most. Its end is not known here: it may lie before the card, and then
 * the part that is visited holds no slot of it. The object of a run is found from any of its pages.
 *
 * <p>Any thread scans, each its own cards. Nobody may allocate in the pages meanwhile, as a scan would find an object
 * that is not there yet.
 */
final class Cards {

    /** Smallest card in bytes. */
    static final int MIN_BYTES = 128;

    /** Largest card in bytes. */
    static final int MAX_BYTES = 4096;

    private static final int GRANULE_BYTES = 8;
    private static final int WORD_SHIFT = Integer.numberOfTrailingZeros(PageTable.GRANULES_PER_WORD);
    private static final int IN_WORD = PageTable.GRANULES_PER_WORD - 1;

    private final PageTable pages;
    private final SideTable table;

    Cards(PageTable pages, SideTable table) {
        this.pages = pages;
        this.table = table;
    }

    /**
     * A card must be a power of two from 128 to 4096 bytes, and no larger than a page: so each belongs to one block, and is
     * clean when the block is taken.
     *
     * @throws IllegalArgumentException otherwise
     */
    static void requireSize(int cardBytes, int pageBytes) {
        if (Integer.bitCount(cardBytes) != 1 || cardBytes < MIN_BYTES || cardBytes > MAX_BYTES) {
            throw new IllegalArgumentException("cardBytes must be a power of two from " + MIN_BYTES + " to " + MAX_BYTES
                    + ": cardBytes=" + cardBytes);
        }
        if (cardBytes > pageBytes) {
            throw new IllegalArgumentException(
                    "cardBytes must not exceed pageBytes: cardBytes=" + cardBytes + " pageBytes=" + pageBytes);
        }
    }

    /**
     * Cleans the dirty ones of some cards and visits what is in them. Neighbours that are dirty are cleaned first and then
     * visited as one, so that an object that lies in several is visited once.
     *
     * @param first number of the first card; nobody else scans these cards
     * @param end number after the last card
     * @param lastBlock first page of the block whose entries were counted last, -1 if none
     * @return the same after this
     */
    int scan(long first, long end, int lastBlock, ObjectVisitor visitor, ScanTally tally) {
        int block = lastBlock;
        long card = first;
        while (card < end) {
            if (card % SideTable.GROUP == 0 && table.areEightClean(card)) {
                card += SideTable.GROUP;
                continue;
            }
            long from = card;
            while (card < end && take(card)) {
                card++;
            }
            if (card == from) {
                card++;
            } else {
                tally.entries += card - from;
                block = visit(table.addressOf(from), table.addressOf(card), block, visitor, tally);
            }
        }
        return block;
    }

    private boolean take(long card) {
        if (table.getVolatile(card) == SideTable.CLEAN) {
            return false;
        }
        table.putVolatile(
                card, SideTable.CLEAN); // a store that finds it dirty until now is visited: its slot is written
        return true;
    }

    private int visit(long from, long to, int lastBlock, ObjectVisitor visitor, ScanTally tally) {
        int block = pages.headOf(pages.pageOf(from));
        int last = lastBlock;
        for (; pages.addressOf(block) < to; block += pages.length(block)) {
            if (block != last) {
                tally.dirtyPages++;
                last = block;
            }
            if (pages.kind(block) == PageTable.SHARED) {
                tally.objects += visitShared(block, from, to, visitor);
            } else if (pages.kind(block) == PageTable.RUN && pages.isStartPlain(pages.addressOf(block))) {
                visitor.visit(pages.addressOf(block), from, to);
                tally.objects++;
            }
        }
        return last;
    }

    private int visitShared(int page, long from, long to, ObjectVisitor visitor) {
        long pageBase = pages.addressOf(page);
        int first = (int) (Math.max(from - pageBase, 0) / GRANULE_BYTES);
        int end = (int) (Math.min(to - pageBase, pages.pageBytes()) / GRANULE_BYTES);
        int objects = 0;
        int reaching = lastStartUpTo(page, first);
        if (reaching >= 0) {
            visitor.visit(pageBase + (long) reaching * GRANULE_BYTES, from, to);
            objects++;
        }
        int granule = first + 1;
        while (granule < end) {
            long bits = pages.startsPlain(page, granule >> WORD_SHIFT) >>> (granule & IN_WORD);
            if (bits == 0) {
                granule = (granule | IN_WORD) + 1;
                continue;
            }
            granule += Long.numberOfTrailingZeros(bits);
            if (granule < end) {
                visitor.visit(pageBase + (long) granule * GRANULE_BYTES, from, to);
                objects++;
            }
            granule++;
        }
        return objects;
    }

    /** The last granule of a page, up to the given one, where an object begins; -1 if there is none. */
    private int lastStartUpTo(int page, int granule) {
        int word = granule >> WORD_SHIFT;
        long bits = pages.startsPlain(page, word) << (IN_WORD - (granule & IN_WORD));
        if (bits != 0) {
            return granule - Long.numberOfLeadingZeros(bits);
        }
        while (--word >= 0) {
            bits = pages.startsPlain(page, word);
            if (bits != 0) {
                return (word << WORD_SHIFT) + IN_WORD - Long.numberOfLeadingZeros(bits);
            }
        }
        return -1;
    }
}
