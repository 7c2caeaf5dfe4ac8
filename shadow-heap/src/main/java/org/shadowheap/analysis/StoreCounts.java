package org.shadowheap.analysis;

import java.util.function.Consumer;
import org.shadowheap.event.layout.EventRecord;
import org.shadowheap.heap.StoreObserver;

/**
 * Counts stores by site, and stores to arrays by site and type of array.
 *
 * <p>Fed by one thread that applies events. A store to a field costs an index and three adds; one to an array the same
 * plus a lookup that is skipped while the same site meets the same type.
 */
final class StoreCounts implements StoreObserver {

    private final Counts bySite = new Counts();
    private final SitePairs arraySites = new SitePairs();
    private final Counts byArraySite = new Counts();

    /** What was counted for a site, and for a type of array if it is not 0. */
    record Row(int site, int arrayType, long stores, long oldToYoung, long pagesDirtied) {}

    @Override
    public void stored(int site, int arrayType, boolean oldToYoung, boolean pageListed) {
        if (site == EventRecord.AGAIN) {
            return; // whoever made it has told of it
        }
        if (arrayType == 0) {
            bySite.add(site, oldToYoung, pageListed);
        } else {
            byArraySite.add(arraySites.index(site, arrayType), oldToYoung, pageListed);
        }
    }

    /** All stores. */
    long stores() {
        long sum = 0;
        for (int site = 0; site < bySite.limit(); site++) {
            sum += bySite.stores(site);
        }
        for (int index = 0; index < arraySites.size(); index++) {
            sum += byArraySite.stores(index);
        }
        return sum;
    }

    /** All that were old-to-young. */
    long oldToYoung() {
        long sum = 0;
        for (int site = 0; site < bySite.limit(); site++) {
            sum += bySite.oldToYoung(site);
        }
        for (int index = 0; index < arraySites.size(); index++) {
            sum += byArraySite.oldToYoung(index);
        }
        return sum;
    }

    /** Visits what was counted; no pair of site and array type twice. */
    void forEach(Consumer<Row> visitor) {
        for (int site = 0; site < bySite.limit(); site++) {
            if (bySite.stores(site) != 0) {
                visitor.accept(row(bySite, site, site, 0));
            }
        }
        for (int index = 0; index < arraySites.size(); index++) {
            visitor.accept(row(byArraySite, index, arraySites.site(index), arraySites.other(index)));
        }
    }

    private static Row row(Counts counts, int index, int site, int arrayType) {
        return new Row(site, arrayType, counts.stores(index), counts.oldToYoung(index), counts.pagesDirtied(index));
    }
}
