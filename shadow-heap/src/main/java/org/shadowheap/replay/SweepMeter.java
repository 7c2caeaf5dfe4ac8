package org.shadowheap.replay;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.LongAdder;
import org.shadowheap.trace.TraceReader;

/** How far a sweep is, all its replays together; and stops it. The replaying threads add, any thread reads. */
public final class SweepMeter {

    private final LongAdder records = new LongAdder();
    private final LongAdder doneBytes = new LongAdder();
    private final LongAdder allBytes = new LongAdder();
    private volatile boolean stopped;

    /** Records that were replayed. */
    public long records() {
        return records.sum();
    }

    /** Share of the work that is done, 0 to 1; it falls when more is found to do. */
    public double share() {
        long all = allBytes.sum();
        return all == 0 ? 0 : Math.min(1, (double) doneBytes.sum() / all);
    }

    /** Ends all replays that have not ended, soon: where they have read another block. Any thread. */
    public void stop() {
        stopped = true;
    }

    /** What a replay fails with that was stopped. */
    static CancellationException stopped() {
        return new CancellationException("interrupted before its end");
    }

    void expect(long bytes) {
        allBytes.add(bytes);
    }

    /** For one replay of a trace of so many bytes, which are expected already. */
    Part part(long traceBytes) {
        return new Part(traceBytes);
    }

    /** What one replay adds. */
    final class Part implements TraceReader.Progress {

        private final long traceBytes;
        private long lastRecords;
        private long lastBytes;

        private Part(long traceBytes) {
            this.traceBytes = traceBytes;
        }

        /** The replay begins, unless all were stopped. */
        void begins() {
            if (stopped) {
                throw stopped();
            }
        }

        @Override
        public void reached(long nowRecords, long nowBytes) {
            begins();
            records.add(nowRecords - lastRecords);
            doneBytes.add(nowBytes - lastBytes);
            lastRecords = nowRecords;
            lastBytes = nowBytes;
        }

        /** The replay is over, however it went. */
        void ends() {
            doneBytes.add(traceBytes - lastBytes);
            lastBytes = traceBytes;
        }
    }
}
