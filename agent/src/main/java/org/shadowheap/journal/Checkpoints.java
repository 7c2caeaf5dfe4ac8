package org.shadowheap.journal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.shadowheap.barrier.Chunks;
import org.shadowheap.barrier.Recording;
import org.shadowheap.drain.Definitions;
import org.shadowheap.drain.Drain;
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

    /** A disk that takes longer is not waited for: until it has the start, a kill costs what the logs hold. */
    private static final long MAX_WAIT_NANOS = 2_000_000_000;

    private final LogFile file;
    private final TraceWriter writer;
    private final HeldLogs held = new HeldLogs();
    private final PendingCheckpoint[] pending = new PendingCheckpoint[PENDING];
    private long number;
    private long placeOfLast;

    /** The next checkpoint has all that was defined during the start. Set by the thread that starts, cleared by the drain. */
    private volatile boolean asked;

    /** The trace's thread writes. */
    private volatile boolean isStartWritten;

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

    /**
     * The program is about to begin: from now on definitions go to the file first, those before are in the trace when this returns, or
     * will be soon. To put them into the file as well, one by one in code that nobody has compiled, took a tenth of the start.
     */
    public void programBegins(Drain drain, Definitions definitions) throws InterruptedException {
        definitions.tellFirst(file.definitions());
        drain.catchUp();
        startEnds();
        long begin = System.nanoTime();
        while (!isStartWritten && Recording.isOn() && System.nanoTime() - begin < MAX_WAIT_NANOS) {
            Thread.sleep(1);
        }
    }

    /** The drain has all that was defined during the start: it is in the trace with the next checkpoint. */
    public void startEnds() {
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
        if (writer.isBlockNearlyFull() || kept > MOST_HELD || asked || kept > 0 && isWaitedFor()) {
            boolean isEndOfStart = asked;
            if (isEndOfStart) {
                asked = false;
            }
            placeOfLast = held.place();
            PendingCheckpoint checkpoint = pending[(int) (++number % PENDING)];
            checkpoint.take(number, positions, held, isEndOfStart);
            writer.checkpoint(checkpoint);
        }
    }

    /** Whether somebody may wait for a chunk that only another checkpoint sets free. */
    private boolean isWaitedFor() {
        return written == placeOfLast && Chunks.areUsedUp();
    }

    @Override
    public void endsAt(long stamp) {
        file.endsAt(stamp);
    }

    /** On the trace's thread: the trace has come to a checkpoint. */
    void write(long itsNumber, byte[] bytes, int length, long place) throws IOException {
        file.checkpoint(itsNumber, bytes, length);
        written = place;
    }

    /** On the trace's thread: it has come to the checkpoint that ends the start. */
    void startIsWritten() {
        file.startIsWritten();
        isStartWritten = true;
    }

    /** On the trace's thread. */
    void fail(IOException full) {
        failure = full;
    }
}
