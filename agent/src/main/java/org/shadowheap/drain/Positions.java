package org.shadowheap.drain;

/** Where a merge stands: between rounds enough to go on from there. */
public interface Positions {

    /** Tells the position in each log that it has begun to read. */
    void tell(Visitor visitor);

    /** The latest epoch whose beginning was told. */
    long epoch();

    /** Hears of positions. */
    interface Visitor {

        /**
         * Where the merge stands in a log.
         *
         * @param chunk the chunk that it reads, 0 before the first
         * @param position the record that comes next, or the end of the chunk
         * @param key order of the run that the record belongs to
         * @param lost events lost by the log's thread of which the sink was told
         */
        void log(int log, long cell, long chunk, long position, long key, long lost);
    }
}
