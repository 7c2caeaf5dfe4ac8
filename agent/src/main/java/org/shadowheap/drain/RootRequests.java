package org.shadowheap.drain;

import java.util.function.LongSupplier;
import org.shadowheap.barrier.Stamps;
import org.shadowheap.event.EventSink;

/**
 * Asks all threads for the references on their stacks, and tells the sink so at the place in the stream from which on they
 * answer.
 *
 * <p>That is not the place where the drain is when it asks: what was recorded before, it has still to deliver, and that may
 * be more than a nursery. What happened since the request <em>before</em> the latest counts as alive, so two requests come
 * shortly before a collection is due. While the drain lags nobody knows where they will fall, so there are more of them. If
 * it lags by an eighth of a nursery or more it asks for each eighth that the <em>mutators</em> go on, measured in stamps, of which
 * they draw one with each chunk of a log: or a window would grow with the lag, and with it what lives only by evidence.
 */
final class RootRequests {

    /** When to ask, in 32nds of the nursery; the last two in any case, the others if the drain lags. */
    private static final int[] WHEN = {4, 8, 12, 16, 20, 24, 29, 31};

    private static final int ALWAYS = 2;
    private static final int PARTS = 32;
    private static final int MOST_PENDING = 1024;

    /** Into how many parts the requests of a lagging drain divide a nursery. */
    private static final int LAGGING_PARTS = 8;

    /** The part of a stamp that counts draws. */
    private static final long DRAWS = (1L << 40) - 1;

    private final LongSupplier bornBytes;
    private final long nurseryBytes;

    /** First stamps after each request, a ring. */
    private final long[] pending = new long[MOST_PENDING];

    private int first;
    private int count;
    private int next;
    private long bornBefore;

    /** Draws so far where the cycle began, in the order of events. */
    private long cycleDraws = -1;

    /** Draws in a nursery's worth of events, as measured lately; 0 if not known yet. */
    private long nurseryDraws;

    /** Draws so far when the latest request was made. */
    private long askedDraws;

    /**
     * @param bornBytes bytes born since the sink's last collection
     * @param nurseryBytes bytes born between two collections
     */
    RootRequests(LongSupplier bornBytes, long nurseryBytes) {
        this.bornBytes = bornBytes;
        this.nurseryBytes = nurseryBytes;
    }

    /** Whether a round must end before a record with this stamp: it may be an answer to what the sink was not told of. */
    boolean isReachedBy(long stamp) {
        return count > 0 && stamp >= pending[first];
    }

    /**
     * A round has ended.
     *
     * @param stamp everything stamped lower was delivered
     */
    void roundEnded(EventSink sink, long stamp) {
        if (isReachedBy(stamp)) {
            // Of several that fall together the last one counts: nobody has answered the others yet.
            while (isReachedBy(stamp)) {
                first = (first + 1) % MOST_PENDING;
                count--;
            }
            sink.rootsRequested();
        }
        ask(stamp & DRAWS, Stamps.readOpaque() & DRAWS);
    }

    /**
     * @param draws so far where the drain is
     * @param headDraws so far where the mutators are
     */
    private void ask(long draws, long headDraws) {
        long born = bornBytes.getAsLong();
        measure(draws, born);
        if (born < bornBefore) {
            next = 0;
        }
        bornBefore = born;
        boolean due = false;
        while (next < WHEN.length && born >= nurseryBytes / PARTS * WHEN[next]) {
            due |= count > 0 || next >= WHEN.length - ALWAYS;
            next++;
        }
        long part = nurseryDraws / LAGGING_PARTS;
        due |= part > 0 && headDraws - draws >= part && headDraws - askedDraws >= part;
        if (due && count < MOST_PENDING) {
            pending[(first + count) % MOST_PENDING] = Stamps.raiseEpoch();
            count++;
            askedDraws = headDraws;
        }
    }

    private void measure(long draws, long born) {
        if (cycleDraws < 0 || born < bornBefore) {
            cycleDraws = draws;
        } else if (born >= nurseryBytes / LAGGING_PARTS) {
            nurseryDraws = (long) ((double) (draws - cycleDraws) * nurseryBytes / born);
        }
    }
}
