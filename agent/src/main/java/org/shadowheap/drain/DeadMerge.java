package org.shadowheap.drain;

import org.shadowheap.event.EventSink;
import org.shadowheap.event.NurseryClock;

/** Goes on with the merge of a JVM that is no more, on what its logs hold: as its drain would have, in one go. */
public final class DeadMerge {

    private final Merge merge;

    /**
     * @param logs an image of the logs
     * @param epoch the latest epoch whose beginning the sink was told
     */
    public DeadMerge(Logs logs, long epoch) {
        RootRequests requests = new RootRequests(NurseryClock.STOPPED, Long.MAX_VALUE);
        requests.resume(epoch);
        merge = new Merge(requests, logs, RoundEnds.UNHEARD);
    }

    /** Where the dead merge stood in a log; of others everything is read. Parameters as in {@link Positions.Visitor}. */
    public void resume(int log, long cell, long chunk, long position, long key, long lost) {
        merge.resume(log, cell, chunk, position, key, lost);
    }

    /**
     * Delivers what the logs hold.
     *
     * @param last nothing that is stamped later
     * @return number of events
     */
    public long run(long last, EventSink sink) {
        return merge.runDead(last, sink);
    }
}
