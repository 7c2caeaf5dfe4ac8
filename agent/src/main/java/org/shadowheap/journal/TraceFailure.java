package org.shadowheap.journal;

import java.io.IOException;
import org.shadowheap.barrier.Recording;
import org.shadowheap.drain.Positions;
import org.shadowheap.drain.RoundEnds;
import org.shadowheap.trace.TraceWriter;

/** Ends a recording whose trace cannot be written any more, at the next end of a round: the program goes on, and the report says so. */
public final class TraceFailure implements RoundEnds {

    private final TraceWriter writer;

    public TraceFailure(TraceWriter writer) {
        this.writer = writer;
    }

    @Override
    public void roundEnded(Positions positions) {
        endsRecording(writer);
    }

    /** Ends the recording if the trace has failed; whether it has. */
    static boolean endsRecording(TraceWriter writer) {
        IOException failure = writer.failure();
        if (failure == null) {
            return false;
        }
        Recording.fail(line(failure));
        return true;
    }

    static String line(IOException failure) {
        return "the trace could not be written: " + failure.getMessage();
    }

    @Override
    public void endsAt(long stamp) {}
}
