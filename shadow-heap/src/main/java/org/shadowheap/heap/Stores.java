package org.shadowheap.heap;

import org.shadowheap.memory.OffHeap;
import org.shadowheap.remset.RememberedSet;

/**
 * Applies stores.
 *
 * <p>The order of the write barrier: look up the value, look up the holder unless it is the {@link LatestHolder}, check
 * the slot against its type, mention what is overwritten, write the slot, remember an old holder, mention the value, tell the
 * observer. A store that mentions an id before its birth waits for it until the end of the round, see {@link LateStores}.
 *
 * <p>Nothing scans before the round ends: an old holder that was remembered as a whole stays so as long as it is the latest.
 */
final class Stores {

    private final Spaces spaces;
    private final IdTable ids;
    private final long directory;
    private final RememberedSet remembered;
    private final boolean remembersObjects;
    private final Counts counts;
    private final LatestHolder latest;
    private final StoreObserver observer;
    private final Mentions mentions;

    /** Whether what is overwritten is evidence: else nobody need look it up. */
    private final boolean mentionsOverwritten;

    private final Snapshots snapshots;
    private final Deferred deferred;
    private final Holders holders;
    private final UnnamedStores unnamed;

    /** The entry of the holder that was not there. */
    private long missing;

    /** Whether a store is applied that has waited: then it cannot be refused any more. */
    private boolean isLate;

    Stores(
            Spaces spaces,
            MutatorSpaces own,
            Mentions mentions,
            Snapshots snapshots,
            Deferred deferred,
            Holders holders,
            UnnamedStores unnamed,
            StoreObserver observer) {
        this.spaces = spaces;
        this.ids = spaces.ids;
        this.directory = ids.directory();
        this.remembered = spaces.remembered;
        this.remembersObjects = remembered.remembersObjects();
        this.counts = own.counts;
        this.latest = own.latest;
        this.observer = observer;
        this.mentions = mentions;
        mentionsOverwritten = own.evidence.counts();
        this.snapshots = snapshots;
        this.deferred = deferred;
        this.holders = holders;
        this.unnamed = unnamed;
    }

    /**
     * Applies a store.
     *
     * @throws HeapFullException before anything changed, if it has not waited
     */
    void store(Deferred.Kind kind, int holder, int slot, int value, int site) {
        if (!storeToLiving(kind, holder, slot, value, site)) {
            storeToNothing(kind, holder, slot, value, site);
        }
    }

    /**
     * Applies a store, or returns false if its holder is not there: that is seldom, and must not be dealt with from here. The
     * optimizing compiler takes calls in until it has 8,000 bytecodes, in the order of the code; even reads of memory are calls after that.
     */
    private boolean storeToLiving(Deferred.Kind kind, int holder, int slot, int value, int site) {
        if ((holder | value) < 0) {
            counts.contradictions++;
            return true;
        }
        long valueEntry = Entry.NEVER_SEEN;
        if (value != 0) {
            valueEntry = ids.find(directory, value);
            if (valueEntry == Entry.DEAD && !isLate) {
                ids.prepareMention(value);
            }
        }
        if (!latest.is(holder) && !find(holder)) {
            return false;
        }
        Layout layout = latest.layout();
        long object = latest.address();
        long address = layout.storeAddress(kind, object, slot);
        if (address == 0) {
            counts.contradictions++;
            return true;
        }
        int overwritten = OffHeap.getIntPlain(address);
        if (overwritten != 0 && mentionsOverwritten) {
            mentions.overwritten(overwritten, ids.find(directory, overwritten));
        }
        OffHeap.putIntPlain(address, value);
        boolean pageListed = latest.isToBeRemembered() && remember(object, address);
        if (layout.namesArrays) {
            holders.stored(holder, layout, layout.placeOf(object, address), overwritten, value);
        }
        if (latest.mayHaveOpenSnapshot()) {
            snapshots.stored(holder, layout.placeOf(object, address));
        }
        counts.stores++;
        int arrayType = layout.told();
        if (value != 0 && valueEntry == Entry.NEVER_SEEN) {
            int place = layout.placeOf(object, address);
            deferred.add(
                    value, Deferred.Kind.VERDICT, holder, place, value, site, arrayType, latest.isOld(), pageListed);
            return true;
        }
        boolean toYoung = value != 0 && mentions.value(value, valueEntry);
        tell(holder, site, arrayType, latest.isOld() && toYoung, pageListed);
        return true;
    }

    /** As {@link #store}, for one that has waited. */
    void storeLate(Deferred.Kind kind, int holder, int slot, int value, int site) {
        boolean wasLate = isLate;
        isLate = true;
        try {
            store(kind, holder, slot, value, site);
        } finally {
            isLate = wasLate;
        }
    }

    private boolean remember(long object, long address) {
        boolean added = remembered.remember(object, address);
        if (remembersObjects) {
            latest.remembered();
        }
        return added;
    }

    /** Makes the holder the latest one; returns false if it is not there. */
    private boolean find(int holder) {
        long entry = ids.find(directory, holder);
        long object = spaces.addressOf(entry);
        if (object == 0) {
            missing = entry;
            return false;
        }
        if (!deferred.isEmpty() && !deferred.isRoundEnding() && deferred.waitsFor(holder)) {
            deferred.settle(holder); // another mutator has brought it
        }
        mentions.holder(holder, entry, object);
        latest.set(holder, object, spaces.layoutOf(object), Entry.isOld(entry), snapshots.isOpen(holder));
        return true;
    }

    /** The holder was not born yet, or was judged dead: then the store counts, since the program made it, but nothing is written. */
    private void storeToNothing(Deferred.Kind kind, int holder, int slot, int value, int site) {
        long entry = missing; // not looked up again: another mutator may have brought it meanwhile
        if (entry == Entry.NEVER_SEEN) {
            if (deferred.isRoundEnding()) {
                counts.contradictions++;
            } else {
                deferred.add(holder, kind, holder, slot, value, site, 0, false, false);
            }
            return;
        }
        ids.prepareMention(holder);
        mentions.value(holder, entry);
        counts.stores++;
        observer.stored(site, 0, false, false);
        if (value != 0) {
            long valueEntry = ids.find(value);
            if (valueEntry == Entry.NEVER_SEEN) {
                deferred.add(value, Deferred.Kind.MENTION, holder, slot, value, site, 0, false, false);
            } else {
                mentions.value(value, valueEntry);
            }
        }
    }

    /** Counts a store, and tells the observer, now or when the array has its name. */
    void tell(int holder, int site, int arrayType, boolean isOldToYoung, boolean pageListed) {
        if (isOldToYoung) {
            counts.oldToYoung++;
        }
        if (arrayType > 0) {
            unnamed.add(holder, site, isOldToYoung, pageListed);
        } else {
            observer.stored(site, arrayType, isOldToYoung, pageListed);
        }
    }
}
