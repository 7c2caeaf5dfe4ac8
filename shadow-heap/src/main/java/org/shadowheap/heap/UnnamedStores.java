package org.shadowheap.heap;

import org.shadowheap.memory.NativeIntList;

/**
 * Stores to elements of arrays that no field was known to hold: their observer hears of them when the round has ended, under
 * the name that the array has by then. A program fills an array first and then lets a field hold it as often as the other
 * way round. One thread.
 */
final class UnnamedStores {

    private static final int INTS = 3;

    /** Ints; what a round of usual size needs. */
    private static final int MOST_KEPT = 1 << 18;

    private static final int OLD_TO_YOUNG = 1;
    private static final int PAGE_LISTED = 1 << 1;

    private final Spaces spaces;
    private final StoreObserver observer;

    /** Array, site and flags of each. */
    private final NativeIntList stores;

    private int told;

    /** @param stores an empty list, for its use alone */
    UnnamedStores(Spaces spaces, NativeIntList stores, StoreObserver observer) {
        this.spaces = spaces;
        this.stores = stores;
        this.observer = observer;
    }

    void add(int array, int site, boolean oldToYoung, boolean pageListed) {
        stores.makeRoom(INTS);
        stores.add(array);
        stores.add(site);
        stores.add((oldToYoung ? OLD_TO_YOUNG : 0) | (pageListed ? PAGE_LISTED : 0));
    }

    /** The round has ended, and arrays have their names. If the observer throws, it hears the others when the next round ends. */
    void tell() {
        int latest = 0;
        int latestType = 0;
        while (told < stores.size()) {
            int at = told;
            told += INTS;
            int array = stores.get(at);
            if (array != latest) { // arrays are filled by one store after the other
                latest = array;
                latestType = typeOf(array);
            }
            int flags = stores.get(at + 2);
            observer.stored(stores.get(at + 1), latestType, (flags & OLD_TO_YOUNG) != 0, (flags & PAGE_LISTED) != 0);
        }
        stores.clear(MOST_KEPT);
        told = 0;
    }

    private int typeOf(int array) {
        long address = spaces.addressOf(spaces.ids.find(array));
        return address == 0 ? 0 : spaces.layoutOf(address).told();
    }
}
