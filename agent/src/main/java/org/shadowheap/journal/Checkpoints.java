package org.shadowheap.journal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.shadowheap.barrier.Chunks;
import org.shadowheap.barrier.Recording;
import org.shadowheap.drain.Logs;
import org.shadowheap.drain.Positions;
import org.shadowheap.drain.RoundEnds;
import org.shadowheap.trace.TraceWriter;

/**
 * Makes checkpoints at ends of rounds: where a block of the trace is nearly full, and where so much of the logs is held that others
 * might wait for it. One that is on its way is written when its block is, behind that of the block before.
 *
 * <p>The drain's thread, and the trace's thread where it says so.
 */
public final class Checkpoints implements RoundEnds {

    /** More than there are blocks under way at a time. */
    private static final int PENDING = 8;

    /** Chunks that are held for a block that grows slowly: as many bytes as two blocks. */
    private static final long MOST_HELD = 512;

    private final LogFile file;
    private final TraceWriter writer;
    private final HeldLogs held = new HeldLogs();
    private final PendingCheckpoint[] pending = new PendingCheckpoint[PENDING];
    private long number;
    private long placeOfLast;

    /** Another thread asks for a checkpoint at the next end of a round. */
    private volatile boolean asked;

    /** What may be freed. The trace's thread writes. */
    private volatile long written;

    /** Why no checkpoint can be written any more. The trace's thread writes. */
    private volatile @Nullable IOException failure;

    public Checkpoints(LogFile file, TraceWriter writer) {
        this.file = file;
        this.writer = writer;
        for (int i = 0; i < PENDING; i++) {
            pending[i] = new PendingCheckpoint(this);
        }
    }

    /** The logs that the drain is to read. */
    public Logs logs() {
        return held;
    }

    /** Makes a checkpoint at the next end of a round. Any thread. */
    public void ask() {
        asked = true;
    }

    @Override
    public void roundEnded(Positions positions) {
        IOException broken = failure;
        if (broken != null) {
            Recording.fail(TraceFailure.line(broken));
        }
        if (TraceFailure.endsRecording(writer) || broken != null) {
            return;
        }
        held.release(written);
        long kept = held.place() - placeOfLast;
        if (writer.isBlockNearlyFull() || kept > MOST_HELD || kept > 0 && Chunks.areUsedUp() || asked) {
            asked = false;
            placeOfLast = held.place();
            PendingCheckpoint checkpoint = pending[(int) (++number % PENDING)];
            checkpoint.take(number, positions, held);
            writer.checkpoint(checkpoint);
        }
    }

    @Override
    public void endsAt(long stamp) {
        file.endsAt(stamp);
    }

    /** On the trace's thread: the trace has come to a checkpoint. */
    void write(long itsNumber, byte[] bytes, int length, long place) throws IOException {
        if (failure == null) {
            file.checkpoint(itsNumber, bytes, length);
            written = place;
        }
    }

    /** On the trace's thread. */
    void fail(IOException full) {
        failure = full;
    }
}
