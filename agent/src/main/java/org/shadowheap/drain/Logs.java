package org.shadowheap.drain;

import org.shadowheap.barrier.Cells;
import org.shadowheap.barrier.Chunks;

/** The logs that a merge reads, and what becomes of what it has read. The merging thread calls. */
public interface Logs {

    /** Those of this JVM; what was read is free at once. */
    Logs LIVE = new LiveLogs();

    /** Logs so far: they are numbered from 1, and some may not exist. */
    int count();

    /** The cell of a log, 0 if it does not exist. */
    long cell(int log);

    /** Whether nothing is appended to a log any more because its thread has ended. */
    boolean hasEnded(int log);

    /** A chunk was read to its end, and its log goes on in another one. */
    void free(long chunk);

    /** The log of a thread that has ended was read to its end. */
    void recycle(int log);

    /** The logs of this JVM. */
    final class LiveLogs implements Logs {

        private LiveLogs() {}

        @Override
        public int count() {
            return Cells.logs();
        }

        @Override
        public long cell(int log) {
            return Cells.ofLog(log);
        }

        @Override
        public boolean hasEnded(int log) {
            return Cells.hasEnded(log);
        }

        @Override
        public void free(long chunk) {
            Chunks.free(chunk);
        }

        @Override
        public void recycle(int log) {
            Cells.recycle(log);
        }
    }
}
