package org.shadowheap.heap;

import org.shadowheap.memory.OffHeap;
import org.shadowheap.remset.RememberedSet;

/**
 * Applies stores, and the snapshots that compete with them.
 *
 * <p>The order of the write barrier: look up the value, look up the holder unless it is the {@link LatestHolder}, check
 * the slot against its type, mention what is overwritten, write the slot, remember an old holder, mention the value, tell the
 * observer. A store that mentions an id before its birth waits for it until the end of the round.
 */
final class Stores {

    private final Spaces spaces;
    private final IdTable ids;
    private final YoungSpace young;
    private final RememberedSet remembered;
    private final Counts counts;
    private final Evidence evidence;
    private final LatestHolder latest;
    private final StoreObserver observer;
    private final Deferred deferred = new Deferred();
    private final OpenSnapshots snapshots = new OpenSnapshots();
    private final Deferred.Settler onArrival = this::arrived;
    private final Deferred.Settler onRoundEnd = this::neverArrived;

    private boolean isRoundEnding;

    /** Whether a store is applied that has waited: then it cannot be refused any more. */
    private boolean isLate;

    Stores(Spaces spaces, MutatorSpaces own, StoreObserver observer) {
        this.spaces = spaces;
        this.ids = spaces.ids;
        this.young = spaces.young;
        this.remembered = spaces.remembered;
        this.counts = own.counts;
        this.evidence = own.evidence;
        this.latest = own.latest;
        this.observer = observer;
    }

    /** An object is there that was not before: what waited for it is applied. */
    void arrived(int id) {
        if (!deferred.isEmpty()) {
            deferred.settle(id, onArrival);
        }
    }

    /** Nobody is at work: what another mutator has brought is waited for no longer. */
    void settleArrived() {
        if (!deferred.isEmpty()) {
            deferred.settleIf(id -> ids.find(id) != Entry.NEVER_SEEN, onArrival);
        }
    }

    /** The round has ended for all mutators: nothing waits any longer. */
    void roundEnds() {
        if (!deferred.isEmpty()) {
            isRoundEnding = true;
            try {
                deferred.settleAll(onRoundEnd);
            } finally {
                isRoundEnding = false;
            }
        }
    }

    /** As {@link #roundEnds}, for a round that lacks events: what never came contradicts nothing. */
    void roundIsAbandoned() {
        long contradictions = counts.contradictions;
        roundEnds();
        counts.contradictions = contradictions;
    }

    /** From now on until {@link #snapshotEnd}, slots that are stored to are closed to the snapshot. */
    void snapshotBegins(int object) {
        snapshots.open(object);
    }

    /**
     * Applies a store.
     *
     * @throws HeapFullException before anything changed, if it has not waited
     */
    void store(Deferred.Kind kind, int holder, int slot, int value, int site) {
        if ((holder | value) < 0) {
            counts.contradictions++;
            return;
        }
        long valueEntry = Entry.NEVER_SEEN;
        if (value != 0) {
            valueEntry = ids.find(value);
            if (valueEntry == Entry.DEAD && !isLate) {
                ids.prepareMention(value);
            }
        }
        if (!latest.is(holder) && !find(kind, holder, slot, value, site)) {
            return;
        }
        Layout layout = latest.layout();
        long object = latest.address();
        long address = layout.storeAddress(kind, object, slot);
        if (address == 0) {
            counts.contradictions++;
            return;
        }
        mentionOverwritten(OffHeap.getIntPlain(address));
        OffHeap.putIntPlain(address, value);
        boolean pageListed = latest.isOld() && remembered.remember(object, address);
        if (!snapshots.isEmpty()) {
            snapshots.store(holder, layout.placeOf(object, address));
        }
        counts.stores++;
        int arrayType = layout.isArray() ? layout.typeId : 0;
        if (value != 0 && valueEntry == Entry.NEVER_SEEN) {
            valueWasNeverSeen(
                    holder, layout.placeOf(object, address), value, site, arrayType, latest.isOld(), pageListed);
            return;
        }
        boolean toYoung = value != 0 && mentionValue(value, valueEntry);
        tell(site, arrayType, latest.isOld() && toYoung, pageListed);
    }

    private void storeLate(Deferred.Kind kind, int holder, int slot, int value, int site) {
        boolean wasLate = isLate;
        isLate = true;
        try {
            store(kind, holder, slot, value, site);
        } finally {
            isLate = wasLate;
        }
    }

    /** Makes the holder the latest one; returns false if it is not there, and the store was dealt with. */
    private boolean find(Deferred.Kind kind, int holder, int slot, int value, int site) {
        long entry = ids.find(holder);
        long object = spaces.addressOf(entry);
        if (object == 0) {
            storeToNothing(entry, kind, holder, slot, value, site);
            return false;
        }
        if (!deferred.isEmpty() && !isRoundEnding && deferred.waitsFor(holder)) {
            deferred.settle(holder, onArrival); // another mutator has brought it
        }
        boolean old = Entry.isOld(entry);
        if (!old) {
            evidence.mention(holder, object);
        } else if (spaces.isMajorDue) {
            evidence.mentionOld(holder, object);
        }
        latest.set(holder, object, spaces.layoutOf(object), old);
        return true;
    }

    /** The holder was not born yet, or is dead. */
    private void storeToNothing(long entry, Deferred.Kind kind, int holder, int slot, int value, int site) {
        if (entry == Entry.NEVER_SEEN) {
            if (isRoundEnding) {
                counts.contradictions++;
            } else {
                deferred.add(holder, kind, holder, slot, value, site, 0, false, false);
            }
            return;
        }
        ids.prepareMention(holder);
        mentionValue(holder, entry);
        if (value != 0) {
            long valueEntry = ids.find(value);
            if (valueEntry == Entry.NEVER_SEEN && !isRoundEnding) {
                deferred.add(value, Deferred.Kind.MENTION, holder, slot, value, site, 0, false, false);
            } else {
                mentionValue(value, valueEntry);
            }
        }
    }

    /** The slot was written; whether the store was old-to-young is not known yet. */
    private void valueWasNeverSeen(
            int holder, int slot, int value, int site, int arrayType, boolean old, boolean pageListed) {
        if (isRoundEnding) {
            forget(holder, slot, value);
            tell(site, arrayType, false, pageListed);
        } else {
            deferred.add(value, Deferred.Kind.VERDICT, holder, slot, value, site, arrayType, old, pageListed);
        }
    }

    /** Says whether a store was old-to-young whose value was not there at first. */
    private void judgeLate(int holder, int slot, int value, int site, int arrayType, boolean old, boolean pageListed) {
        long entry = ids.find(value);
        if (entry == Entry.NEVER_SEEN) {
            forget(holder, slot, value);
        }
        tell(site, arrayType, mentionValue(value, entry) && old, pageListed);
    }

    private void tell(int site, int arrayType, boolean isOldToYoung, boolean pageListed) {
        if (isOldToYoung) {
            counts.oldToYoung++;
        }
        observer.stored(site, arrayType, isOldToYoung, pageListed);
    }

    /** Notes that an event mentioned an id; returns whether it is young. A dead one is counted once. */
    boolean mentionValue(int id, long entry) {
        if (Entry.isYoung(entry, spaces.cycle)) {
            evidence.mention(id, young.address(Entry.offset(entry)));
            return true;
        }
        if (Entry.isOld(entry)) {
            if (spaces.isMajorDue) {
                evidence.mentionOld(id, Entry.address(entry));
            }
        } else if (entry != Entry.NEVER_SEEN && entry != Entry.RESURRECTED && ids.resurrect(id, entry)) {
            counts.resurrected++;
        }
        return false;
    }

    /** A deletion barrier; what dies in a slot (a weak one, or after a contradiction) is not resurrected by leaving it. */
    private void mentionOverwritten(int id) {
        if (id != 0) {
            long entry = ids.find(id);
            if (Entry.isYoung(entry, spaces.cycle)) {
                evidence.mention(id, young.address(Entry.offset(entry)));
            } else if (spaces.isMajorDue && Entry.isOld(entry)) {
                evidence.mentionOld(id, Entry.address(entry));
            }
        }
    }

    private void arrived(
            Deferred.Kind kind,
            int holder,
            int slot,
            int value,
            int site,
            int arrayType,
            boolean old,
            boolean pageListed) {
        switch (kind) {
            case FIELD, ARRAY, STATIC -> storeLate(kind, holder, slot, value, site);
            case VERDICT -> judgeLate(holder, slot, value, site, arrayType, old, pageListed);
            case SNAPSHOT -> foundInSnapshot(value, ids.find(value));
            case MENTION -> mentionValue(value, ids.find(value));
        }
    }

    /** What was waited for is there after all, brought by another mutator, or was never born. */
    private void neverArrived(
            Deferred.Kind kind,
            int holder,
            int slot,
            int value,
            int site,
            int arrayType,
            boolean old,
            boolean pageListed) {
        boolean isThere = kind != Deferred.Kind.SNAPSHOT || ids.find(value) != Entry.NEVER_SEEN;
        if (isThere) {
            arrived(kind, holder, slot, value, site, arrayType, old, pageListed);
        } else {
            forget(holder, slot, value);
        }
    }

    /** A slot holds an id that was never born. It becomes null, lest a later birth be an edge that nobody remembers. */
    private void forget(int holder, int slot, int value) {
        counts.contradictions++;
        long object = spaces.addressOf(ids.find(holder));
        long address = spaces.layoutOf(object).slotAddress(object, slot);
        if (OffHeap.getIntPlain(address) == value) {
            OffHeap.putIntPlain(address, 0);
        }
    }

    /** A slot found in an object: of one that was met, or that was born filled (a clone). */
    void snapshotSlot(int object, int slot, int value) {
        if (value < 0 || object <= 0) {
            counts.contradictions++;
            return;
        }
        if (snapshots.wasStored(object, slot)) {
            return;
        }
        long holder = ids.find(object);
        boolean old = Entry.isOld(holder);
        long address = spaces.addressOf(holder);
        long slotAddress = address == 0 ? 0 : spaces.layoutOf(address).slotAddress(address, slot);
        if (slotAddress == 0) {
            counts.contradictions++;
            return;
        }
        OffHeap.putIntPlain(slotAddress, value);
        if (value == 0) {
            return;
        }
        long entry = ids.find(value);
        boolean maybeYoung = foundInSnapshot(value, entry) || entry == Entry.NEVER_SEEN;
        if (old && maybeYoung) {
            remembered.remember(address, slotAddress);
        }
        if (entry == Entry.NEVER_SEEN) {
            deferred.add(value, Deferred.Kind.SNAPSHOT, object, slot, value, 0, 0, true, false);
        }
    }

    /** A snapshot shows where the program has an object from; returns whether it is young. */
    private boolean foundInSnapshot(int value, long entry) {
        if (Entry.isOld(entry) && Header.show(Entry.address(entry))) {
            counts.heldObjects--;
            counts.heldBytes -= spaces.layoutOf(Entry.address(entry)).bytesOf(Entry.address(entry));
        }
        return mentionValue(value, entry);
    }

    void snapshotEnd(int object) {
        // What was born filled has a snapshot that was never opened: nobody could store to it before.
        if (snapshots.isOpen(object)) {
            snapshots.close(object);
        }
    }
}
