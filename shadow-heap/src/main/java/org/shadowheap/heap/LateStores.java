package org.shadowheap.heap;

import org.shadowheap.memory.OffHeap;

/**
 * Applies what mentioned an id before its birth: when it is born, or at the end of the round without it. What waits is in
 * {@link Deferred}, where {@link Stores} and {@link Snapshots} put it; it comes out here, and stores go back to {@link
 * Stores}.
 */
final class LateStores {

    private final Spaces spaces;
    private final IdTable ids;
    private final Counts counts;
    private final Mentions mentions;
    private final Snapshots snapshots;
    private final Stores stores;
    private final Deferred deferred;

    LateStores(
            Spaces spaces,
            MutatorSpaces own,
            Mentions mentions,
            Snapshots snapshots,
            Stores stores,
            Deferred deferred) {
        this.spaces = spaces;
        this.ids = spaces.ids;
        this.counts = own.counts;
        this.mentions = mentions;
        this.snapshots = snapshots;
        this.stores = stores;
        this.deferred = deferred;
        deferred.settledBy(this::settle);
    }

    /** An object is there that was not before: what waited for it is applied. */
    void arrived(int id) {
        if (!deferred.isEmpty()) {
            deferred.settle(id);
        }
    }

    /** Nobody is at work: what another mutator has brought is waited for no longer. */
    void settleArrived() {
        if (!deferred.isEmpty()) {
            deferred.settleIf(id -> ids.find(id) != Entry.NEVER_SEEN);
        }
    }

    /** The round has ended for all mutators: nothing waits any longer. */
    void roundEnds() {
        if (!deferred.isEmpty()) {
            deferred.settleAll();
        }
    }

    /** As {@link #roundEnds}, for a round that lacks events: what never came contradicts nothing. */
    void roundIsAbandoned() {
        long contradictions = counts.contradictions;
        roundEnds();
        counts.contradictions = contradictions;
    }

    private void settle(
            Deferred.Kind kind,
            int holder,
            int slot,
            int value,
            int site,
            int arrayType,
            boolean old,
            boolean pageListed) {
        switch (kind) {
            case FIELD, ARRAY, STATIC -> stores.storeLate(kind, holder, slot, value, site);
            case VERDICT -> settleVerdict(holder, slot, value, site, arrayType, old, pageListed);
            case SNAPSHOT -> settleSnapshot(holder, slot, value);
            case MENTION -> settleMention(value);
        }
    }

    /** What was stored to an object that was judged dead is there after all, or was never born. */
    private void settleMention(int value) {
        long entry = ids.find(value);
        if (entry == Entry.NEVER_SEEN) {
            counts.contradictions++;
        } else {
            mentions.value(value, entry);
        }
    }

    /** Says whether a store was old-to-young whose value was not there at first. */
    private void settleVerdict(
            int holder, int slot, int value, int site, int arrayType, boolean old, boolean pageListed) {
        long entry = ids.find(value);
        if (entry == Entry.NEVER_SEEN) {
            forget(holder, slot, value);
        }
        stores.tell(holder, site, arrayType, mentions.value(value, entry) && old, pageListed);
    }

    /** What a snapshot refers to is there after all, or was never born. */
    private void settleSnapshot(int holder, int slot, int value) {
        long entry = ids.find(value);
        if (entry == Entry.NEVER_SEEN) {
            forget(holder, slot, value);
        } else {
            snapshots.found(value, entry);
        }
    }

    /** A slot holds an id that was never born. It becomes null, lest a later birth be an edge that nobody remembers. */
    private void forget(int holder, int slot, int value) {
        counts.contradictions++;
        long object = spaces.addressOf(ids.find(holder));
        long address = object == 0 ? 0 : spaces.layoutOf(object).slotAddress(object, slot);
        if (address != 0 && OffHeap.getIntPlain(address) == value) {
            OffHeap.putIntPlain(address, 0);
        }
    }
}
