package org.shadowheap.journal;

import org.shadowheap.barrier.Cells;
import org.shadowheap.drain.Logs;
import org.shadowheap.drain.Positions;

/**
 * The logs of this JVM, of which nothing is free for others before a checkpoint was written behind it: until then a kill would have
 * the trace go on before it. Used by the drain's thread alone.
 */
final class HeldLogs implements Logs {

    /** What is held, oldest first: a ring of chunks, and of numbers of logs, negated. Its length is a power of two. */
    private long[] held = new long[1 << 12];

    private long first;
    private long next;

    /** Logs that are held. */
    private final boolean[] ended = new boolean[Cells.LOGS];

    @Override
    public int count() {
        return LIVE.count();
    }

    @Override
    public long cell(int log) {
        return ended[log] ? 0 : LIVE.cell(log);
    }

    @Override
    public boolean hasEnded(int log) {
        return LIVE.hasEnded(log);
    }

    @Override
    public void free(long chunk) {
        hold(chunk);
    }

    @Override
    public void recycle(int log) {
        ended[log] = true;
        hold(-log);
    }

    private void hold(long what) {
        if (next - first == held.length) {
            long[] larger = new long[2 * held.length];
            for (long i = first; i < next; i++) {
                larger[(int) i & larger.length - 1] = held[(int) i & held.length - 1];
            }
            held = larger;
        }
        held[(int) next++ & held.length - 1] = what;
    }

    /** How much was held so far, and perhaps freed since: a place for {@link #release}. */
    long place() {
        return next;
    }

    /** Frees what was held before a place. */
    void release(long place) {
        while (first < place) {
            long what = held[(int) first++ & held.length - 1];
            if (what > 0) {
                LIVE.free(what);
            } else {
                LIVE.recycle((int) -what);
                ended[(int) -what] = false;
            }
        }
    }

    /** Tells the logs of threads that have ended and are held. */
    void tellEnded(Positions.Visitor visitor) {
        for (long i = first; i < next; i++) {
            long what = held[(int) i & held.length - 1];
            if (what < 0) {
                visitor.log((int) -what, LIVE.cell((int) -what), 0, LogLayout.ENDED, 0, 0);
            }
        }
    }
}
