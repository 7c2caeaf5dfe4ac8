package org.shadowheap.heap;

import org.shadowheap.memory.OffHeap;
import org.shadowheap.remset.RememberedSet;

/** Applies what was found in objects that were met, or that were born filled (clones); stores meanwhile count for more. */
final class Snapshots {

    private final Spaces spaces;
    private final IdTable ids;
    private final RememberedSet remembered;
    private final Counts counts;
    private final Mentions mentions;
    private final Deferred deferred;
    private final Holders holders;
    private final OpenSnapshots open = new OpenSnapshots();

    /** Whose slot came last: the next one is most often of the same object. Nobody has mentioned it for that. */
    private final LatestHolder latest = new LatestHolder();

    Snapshots(Spaces spaces, MutatorSpaces own, Mentions mentions, Deferred deferred, Holders holders) {
        this.spaces = spaces;
        this.ids = spaces.ids;
        this.remembered = spaces.remembered;
        this.counts = own.counts;
        this.mentions = mentions;
        this.deferred = deferred;
        this.holders = holders;
    }

    /** Whether the snapshot of an object has begun and not ended. */
    boolean isOpen(int object) {
        return !open.isEmpty() && open.isOpen(object);
    }

    /** From now on until {@link #end}, slots that are stored to are closed to the snapshot. */
    void begin(int object) {
        open.open(object);
    }

    /** The program stored to a slot. */
    void stored(int object, int slot) {
        open.store(object, slot);
    }

    /** A slot found in an object. */
    void slot(int object, int slot, int value) {
        if (value < 0 || object <= 0) {
            counts.contradictions++;
            return;
        }
        if (open.wasStored(object, slot)) {
            return;
        }
        if (!latest.is(object) && !find(object)) {
            counts.contradictions++;
            return;
        }
        Layout layout = latest.layout();
        long address = latest.address();
        long slotAddress = layout.slotAddress(address, slot);
        if (slotAddress == 0) {
            counts.contradictions++;
            return;
        }
        OffHeap.putIntPlain(slotAddress, value);
        if (layout.namesArrays) {
            holders.stored(object, layout, slot, 0, value);
        }
        if (value == 0) {
            return;
        }
        long entry = ids.find(value);
        boolean maybeYoung = found(value, entry) || entry == Entry.NEVER_SEEN;
        if (latest.isOld() && maybeYoung) {
            remembered.remember(address, slotAddress);
        }
        if (entry == Entry.NEVER_SEEN) {
            deferred.add(value, Deferred.Kind.SNAPSHOT, object, slot, value, 0, 0, true, false);
        }
    }

    /** Makes the object the latest one; returns false if it is not there. */
    private boolean find(int object) {
        long entry = ids.find(object);
        long address = spaces.addressOf(entry);
        if (address != 0) {
            latest.set(object, address, spaces.layoutOf(address), Entry.isOld(entry), false);
        }
        return address != 0;
    }

    /** The round has ended: objects may move. */
    void roundEnds() {
        latest.forget();
    }

    /** Shows where the program has an object from; returns whether it is young. */
    boolean found(int value, long entry) {
        if (Entry.isOld(entry) && Header.show(Entry.address(entry))) {
            counts.heldObjects--;
            counts.heldBytes -= spaces.layoutOf(Entry.address(entry)).bytesOf(Entry.address(entry));
        }
        return mentions.value(value, entry);
    }

    void end(int object) {
        // What was born filled has a snapshot that was never opened: nobody could store to it before.
        if (open.isOpen(object)) {
            open.close(object);
        }
    }
}
