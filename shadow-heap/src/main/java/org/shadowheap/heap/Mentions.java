package org.shadowheap.heap;

/** What the events of one mutator mention: evidence of what lives, or an object that was judged dead. */
final class Mentions {

    private final Spaces spaces;
    private final IdTable ids;
    private final YoungSpace young;
    private final Counts counts;
    private final Evidence evidence;

    Mentions(Spaces spaces, MutatorSpaces own) {
        this.spaces = spaces;
        this.ids = spaces.ids;
        this.young = spaces.young;
        this.counts = own.counts;
        this.evidence = own.evidence;
    }

    /** An event mentioned an id, whose entry this is; returns whether it is young. A dead one is counted once. */
    boolean value(int id, long entry) {
        if (Entry.isYoung(entry, spaces.cycle)) {
            evidence.mention(id, young.address(Entry.offset(entry)));
            return true;
        }
        if (Entry.isOld(entry)) {
            old(id, entry);
        } else if (entry != Entry.NEVER_SEEN && entry != Entry.RESURRECTED && ids.resurrect(id, entry)) {
            counts.resurrected++;
        }
        return false;
    }

    /** A deletion barrier; what dies in a slot (a weak one, or after a contradiction) is not resurrected by leaving it. */
    void overwritten(int id, long entry) {
        if (Entry.isYoung(entry, spaces.cycle)) {
            evidence.mention(id, young.address(Entry.offset(entry)));
        } else if (Entry.isOld(entry)) {
            old(id, entry);
        }
    }

    /** A store went to a living object. */
    void holder(int id, long entry, long object) {
        if (Entry.isOld(entry)) {
            old(id, entry);
        } else {
            evidence.mention(id, object);
        }
    }

    private void old(int id, long entry) {
        if (spaces.isMajorDue) {
            evidence.mentionOld(id, Entry.address(entry));
        }
    }
}
