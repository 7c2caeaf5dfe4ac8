package org.shadowheap.replay;

import java.io.IOException;
import java.nio.file.Path;

/** The first of the two readings of a replay, by itself: what {@code ReplayCost} cannot reach from its package. */
public final class FirstPass {

    private FirstPass() {}

    /** Reads a trace as a replay that knows the whole of it does before it begins, and keeps so many bytes of records; returns how many it read. */
    public static long run(Path trace, long keptBytes) throws IOException {
        long[] records = new long[1];
        WholeTrace.read(trace, (done, bytes) -> records[0] = done, keptBytes).close();
        return records[0];
    }
}
