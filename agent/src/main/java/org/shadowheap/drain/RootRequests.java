package org.shadowheap.drain;

import org.shadowheap.barrier.RootDemand;
import org.shadowheap.barrier.Stamps;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.NurseryClock;

/**
 * Asks all threads for the references on their stacks, and tells the sink so at the place in the stream from which on they
 * answer. A request raises the epoch in the stamps, by which the merge comes to that place.
 *
 * <p>That is not the place where the drain is when it asks: what was recorded before, it has still to deliver, and that may
 * be more than a nursery. What happened since the request <em>before</em> the latest counts as alive, so two requests come
 * shortly before a collection is due. While the drain lags they fall anywhere; so mutators ask as well, for each quarter of a
 * nursery that they go on ({@link RootDemand}), in events as the drain has measured them.
 */
final class RootRequests {

    /** When the drain asks, in 32nds of the nursery. */
    private static final int[] WHEN = {29, 31};

    private static final int PARTS = 32;

    /** In 32nds of the nursery: of requests that are less apart the sink is told of one, or its window would be too short. */
    private static final int APART = 2;

    /** In 32nds of the nursery: what must be born before its events are taken as a measure. */
    private static final int MEASURED = 4;

    /** Mutators ask so many times in a nursery, at least and at most: the more often, the less is kept that is dead. */
    private static final int MUTATORS_ASK = 4;

    private static final int MUTATORS_ASK_AT_MOST = 16;

    /** More often than {@link #MUTATORS_ASK} times only where that leaves so many groups between two, dozens of walks' worth. */
    private static final int MANY_GROUPS = 64;

    private static final int FIRST_GROUPS = 4;

    /** A walk of a stack takes as long as some thousand events, */
    private static final int LEAST_GROUPS = 8;

    /** or as the birth of so many bytes: a program that makes large objects has few events. */
    private static final long LEAST_BYTES = 2L << 20;

    private final NurseryClock clock;
    private final long nurseryBytes;

    /** The latest epoch whose beginning was reached. */
    private long epoch;

    /** The latest epoch that the sink was told of, and the two before. */
    private long told;

    private long toldBefore;
    private long toldFirst;

    /** The first epoch that was reached since the latest collection, 0 if none was. */
    private long firstSinceCollection;

    private int next;
    private long bornBefore;
    private long bornWhenTold = Long.MIN_VALUE;

    /** Where the measure begins: a collection, or the first birth after one; what was there already is not born. */
    private long measuredFromBytes;

    private long measuredFromEvents;

    /**
     * @param clock how much was born in the sink
     * @param nurseryBytes bytes born between two collections
     */
    RootRequests(NurseryClock clock, long nurseryBytes) {
        this.clock = clock;
        this.nurseryBytes = nurseryBytes;
    }

    /** The latest epoch whose beginning was reached. */
    long epoch() {
        return epoch;
    }

    /** Goes on after the beginning of an epoch was reached. */
    void resume(long reached) {
        epoch = reached;
    }

    /** From now on mutators ask for each quarter of a nursery that they fill with large arrays, if it is one. */
    void begin() {
        if (clock != NurseryClock.STOPPED) {
            RootDemand.everyLarge(Math.max(1, nurseryBytes / MUTATORS_ASK));
        }
    }

    /** Loads the classes that are needed between rounds. */
    static void rehearse() {
        RootDemand.step();
    }

    /** Whether a round must end before a record with this stamp: it may be an answer to what the sink was not told of. */
    boolean isReachedBy(long stamp) {
        return Stamps.epoch(stamp) > epoch;
    }

    /**
     * A round has ended.
     *
     * @param stamp everything stamped lower was delivered
     * @param delivered events so far
     * @return whether the sink was told of a request
     */
    boolean roundEnded(EventSink sink, long stamp, long delivered) {
        boolean tells = false;
        long born = clock.bornSinceCollectionBytes();
        letMutatorsAsk(delivered);
        if (born < bornBefore) { // rounds without births may follow a collection
            firstSinceCollection = 0;
        }
        if (born < bornBefore || born == 0) {
            next = 0;
            bornWhenTold = Long.MIN_VALUE;
            measuredFromBytes = clock.bornBytes();
            measuredFromEvents = delivered;
        }
        bornBefore = born;
        if (isReachedBy(stamp)) {
            // Of several that fall together the last one counts: nobody has answered the others yet.
            epoch = Stamps.epoch(stamp);
            firstSinceCollection = firstSinceCollection == 0 ? epoch : firstSinceCollection;
            if (bornWhenTold == Long.MIN_VALUE || born - bornWhenTold >= nurseryBytes / PARTS * APART) {
                bornWhenTold = born;
                toldFirst = toldBefore;
                toldBefore = told;
                told = epoch;
                sink.rootsRequested();
                tells = true;
            }
        }
        ask(born);
        return tells;
    }

    /**
     * The epoch of the request before the latest that the sink was told of: what threads mentioned before it is no evidence any more,
     * unless they list it.
     */
    long expected() {
        return toldBefore;
    }

    /** The epoch from which on what threads mentioned was evidence until the latest request. */
    long evident() {
        return toldFirst;
    }

    /** The first epoch since the latest collection: who listed in it, or later, did so when it was decided whether a major one is due. */
    long sinceCollection() {
        return firstSinceCollection == 0 ? Long.MAX_VALUE : firstSinceCollection;
    }

    /** Whether a major collection comes with the round that ends: no evidence counts for what was old before it was due. */
    boolean isMajorNext() {
        return clock.isMajorNext();
    }

    private void ask(long born) {
        boolean due = false;
        while (next < WHEN.length && born >= nurseryBytes / PARTS * WHEN[next]) {
            due = true;
            next++;
        }
        if (due) {
            Stamps.raiseEpoch();
        }
    }

    private void letMutatorsAsk(long delivered) {
        long bytes = clock.bornBytes() - measuredFromBytes;
        if (bytes >= nurseryBytes / PARTS * MEASURED) {
            RootDemand.every(between((double) (delivered - measuredFromEvents) / bytes / RootDemand.GROUP_EVENTS));
        } else if (bytes > 0 && RootDemand.step() == 0) {
            RootDemand.every(FIRST_GROUPS);
        }
    }

    /** Groups between two requests of mutators. */
    private long between(double groupsOfAByte) {
        double groups = groupsOfAByte * nurseryBytes;
        long asked = (long) Math.min(groups / MUTATORS_ASK, Math.max(groups / MUTATORS_ASK_AT_MOST, MANY_GROUPS));
        // Rounded up, but not by Math.ceil: that would load StrictMath.
        long least = Math.min(LEAST_GROUPS, (long) (groupsOfAByte * LEAST_BYTES) + 1);
        return Math.max(1, Math.max(asked, least));
    }
}
