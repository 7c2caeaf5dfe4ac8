package org.shadowheap.heap;

/** What the events of one mutator mention: evidence of what lives, or an object that was judged dead. */
final class Mentions {

    private final Spaces spaces;
    private final IdTable ids;
    private final YoungSpace young;
    private final Counts counts;
    private final Evidence evidence;

    /** Whether what is mentioned is evidence: a heap that knows the future needs none. */
    private final boolean counting;

    Mentions(Spaces spaces, MutatorSpaces own) {
        this.spaces = spaces;
        this.ids = spaces.ids;
        this.young = spaces.young;
        this.counts = own.counts;
        this.evidence = own.evidence;
        counting = evidence.counts();
    }

    /** An event mentioned an id, whose entry this is; returns whether it is young. A dead one is counted once. */
    boolean value(int id, long entry) {
        if (Entry.isYoung(entry, spaces.cycle)) {
            young(id, entry);
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
            young(id, entry);
        } else if (Entry.isOld(entry)) {
            old(id, entry);
        }
    }

    private void young(int id, long entry) {
        if (counting) {
            evidence.mention(id, young.address(Entry.offset(entry)));
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
