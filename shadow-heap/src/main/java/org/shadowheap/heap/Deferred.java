package org.shadowheap.heap;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Stores that mention an id before its birth, until the birth or the end of the round. Empty most of the time; makes
 * garbage only when it grows. Written by the thread that applies events.
 */
final class Deferred {

    /** What waits: a whole store for its holder, or only its verdict, a snapshot's, or a mention, for its value. */
    enum Kind {
        FIELD,
        ARRAY,
        STATIC,
        VERDICT,
        SNAPSHOT,
        MENTION
    }

    /** Takes what has waited long enough. */
    @FunctionalInterface
    interface Settler {

        /**
         * The id that was waited for is there, or the round has ended without it.
         *
         * @param arrayType of a verdict: as told to the observer
         * @param old of a verdict: whether the holder was old
         * @param pageListed of a verdict: as told to the observer
         */
        void settle(
                Kind kind, int holder, int slot, int value, int site, int arrayType, boolean old, boolean pageListed);
    }

    private static final int INTS = 8;
    private static final int OLD = 1;
    private static final int PAGE_LISTED = 1 << 1;
    private static final int WAITS = 1 << 2;

    /** By id waited for: the last record of a circular chain. */
    private final LongIndex lastById = new LongIndex();

    private int[] records = new int[INTS * 64];
    private Kind[] kinds = new Kind[64];
    private int size;
    private int waiting;
    private boolean isRoundEnding;
    private Settler settler = (kind, holder, slot, value, site, arrayType, old, pageListed) -> {
        throw new IllegalStateException("nobody settles");
    };

    /** Says who takes what has waited. */
    void settledBy(Settler taker) {
        settler = taker;
    }

    boolean isEmpty() {
        return waiting == 0;
    }

    /** Whether {@link #settleAll} is under way: nothing waits any longer. */
    boolean isRoundEnding() {
        return isRoundEnding;
    }

    /** Whether anything waits for this id. */
    boolean waitsFor(int id) {
        return lastById.get(id) != LongIndex.ABSENT;
    }

    void add(
            int waitsFor,
            Kind kind,
            int holder,
            int slot,
            int value,
            int site,
            int arrayType,
            boolean old,
            boolean pageListed) {
        int record = size++;
        if (size * INTS > records.length) {
            records = Arrays.copyOf(records, records.length * 2);
            kinds = Arrays.copyOf(kinds, kinds.length * 2);
        }
        kinds[record] = kind;
        int at = record * INTS;
        records[at + 1] = (old ? OLD : 0) | (pageListed ? PAGE_LISTED : 0) | WAITS;
        records[at + 2] = holder;
        records[at + 3] = slot;
        records[at + 4] = value;
        records[at + 5] = site;
        records[at + 6] = arrayType;
        int last = lastById.get(waitsFor);
        records[at] = last == LongIndex.ABSENT ? record : records[last * INTS];
        if (last != LongIndex.ABSENT) {
            records[last * INTS] = record;
        }
        lastById.put(waitsFor, record);
        waiting++;
    }

    /** Settles what waited for this id, in the order in which it came. More may be added meanwhile. */
    void settle(int id) {
        int last = lastById.get(id);
        if (last == LongIndex.ABSENT) {
            return;
        }
        lastById.remove(id);
        int record = last;
        do {
            record = records[record * INTS];
            settleUnlessDone(record);
        } while (record != last);
        forgetIfEmpty();
    }

    /** Settles what waited for ids that are there by now, as {@link #settle} does. */
    void settleIf(IntPredicate isThere) {
        for (int record = 0; record < size; record++) {
            int id = (records[record * INTS + 1] & WAITS) == 0 ? 0 : waitsFor(kinds[record], record * INTS);
            if (id != 0 && isThere.test(id)) {
                settle(id);
            }
        }
    }

    private int waitsFor(Kind kind, int at) {
        return switch (kind) {
            case FIELD, ARRAY, STATIC -> records[at + 2];
            case VERDICT, SNAPSHOT, MENTION -> records[at + 4];
        };
    }

    /** The round ends: settles what is left, in the order in which it came; what is added meanwhile comes last. */
    void settleAll() {
        isRoundEnding = true;
        try {
            for (int record = 0; record < size; record++) {
                settleUnlessDone(record);
            }
        } finally {
            isRoundEnding = false;
        }
        forgetIfEmpty();
    }

    /** What has settled stays in its chain until nothing waits, also if a settler has thrown meanwhile. */
    private void settleUnlessDone(int record) {
        int at = record * INTS;
        int flags = records[at + 1];
        if ((flags & WAITS) == 0) {
            return;
        }
        records[at + 1] = 0;
        waiting--;
        settler.settle(
                kinds[record],
                records[at + 2],
                records[at + 3],
                records[at + 4],
                records[at + 5],
                records[at + 6],
                (flags & OLD) != 0,
                (flags & PAGE_LISTED) != 0);
    }

    private void forgetIfEmpty() {
        if (waiting == 0) {
            size = 0;
            lastById.clear();
        }
    }
}
