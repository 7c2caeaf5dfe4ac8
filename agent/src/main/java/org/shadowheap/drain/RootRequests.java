package org.shadowheap.drain;

import java.util.function.LongSupplier;
import org.shadowheap.barrier.RootDemand;
import org.shadowheap.barrier.Stamps;
import org.shadowheap.event.EventSink;

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

    private static final int MUTATORS_ASK = 4;
    private static final int FIRST_GROUPS = 16;

    /** A walk of a stack takes as long as some thousand events. */
    private static final int LEAST_GROUPS = 8;

    private final LongSupplier bornBytes;
    private final long nurseryBytes;

    /** The latest epoch whose beginning was reached. */
    private long epoch;

    private int next;
    private long bornBefore;
    private long bornWhenTold = Long.MIN_VALUE;

    /** Events before the first birth since the last collection: what was there already is not born. */
    private long deliveredBefore;

    /**
     * @param bornBytes bytes born since the sink's last collection
     * @param nurseryBytes bytes born between two collections
     */
    RootRequests(LongSupplier bornBytes, long nurseryBytes) {
        this.bornBytes = bornBytes;
        this.nurseryBytes = nurseryBytes;
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
     */
    void roundEnded(EventSink sink, long stamp, long delivered) {
        long born = bornBytes.getAsLong();
        if (born < bornBefore || born == 0) {
            next = 0;
            bornWhenTold = Long.MIN_VALUE;
            deliveredBefore = delivered;
        }
        bornBefore = born;
        if (isReachedBy(stamp)) {
            // Of several that fall together the last one counts: nobody has answered the others yet.
            epoch = Stamps.epoch(stamp);
            if (bornWhenTold == Long.MIN_VALUE || born - bornWhenTold >= nurseryBytes / PARTS * APART) {
                bornWhenTold = born;
                sink.rootsRequested();
            }
        }
        ask(born);
        letMutatorsAsk(born, delivered);
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

    private void letMutatorsAsk(long born, long delivered) {
        if (born >= nurseryBytes / PARTS * MEASURED) {
            double eventsOfANursery = (double) (delivered - deliveredBefore) * nurseryBytes / born;
            long groups = (long) (eventsOfANursery / MUTATORS_ASK / RootDemand.GROUP_EVENTS);
            RootDemand.every(Math.max(groups, LEAST_GROUPS));
        } else if (born > 0 && RootDemand.step() == 0) {
            RootDemand.every(FIRST_GROUPS);
        }
    }
}
