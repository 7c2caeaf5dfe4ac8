package org.shadowheap.trace;

import static org.shadowheap.trace.TraceFormat.BLOCK_RECORDS;
import static org.shadowheap.trace.TraceFormat.MAX_DEFINITION_BYTES;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.EventEncoder;
import org.shadowheap.event.Recording;
import org.shadowheap.event.RecordingEnd;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.layout.EventRecord;

/**
 * Writes the stream of events to a trace file.
 *
 * <p>One thread feeds it, in a live run the drain thread: it takes no lock that others share, logs nothing, and
 * allocates for definitions only. It fills buffers; a thread of the writer's own encodes, compresses and writes them. A
 * reader calls its sink in exactly the order in which this sink was called.
 *
 * <p>A sink cannot fail towards the program. When the disk does, the writer keeps the first {@link #failure}, drops
 * what follows, and {@link #finish} throws it; the file ends with its last whole block, a cut trace.
 */
public final class TraceWriter extends EventEncoder implements AutoCloseable {

    /** A block is handed over when it has this many bytes. */
    private static final int BLOCK_BYTES = BLOCK_RECORDS * EventRecord.BYTES;

    /** A definition may begin at the end of a block: this much of it needs no larger buffer. */
    private static final int DEFINITION_BYTES = 1 << 18;

    /** A round that ends behind so much of a block is a good place to end the block. */
    private static final int NEARLY_A_BLOCK_BYTES = BLOCK_BYTES / 4 * 3;

    private static final long MAX_WAIT_NANOS = 30_000_000_000L;

    private final Handover handover = new Handover(BLOCK_BYTES + DEFINITION_BYTES, MAX_WAIT_NANOS);
    private final TraceFile file;
    private final Thread thread;
    private BlockBuffer block = handover.current();

    /** Whether the encoder did not come along: nothing is handed over any more. */
    private boolean isAbandoned;

    private long recordCount;
    private long definitionCount;

    private TraceWriter(TraceFile file, ThreadFactory threads) {
        this.file = file;
        this.thread = threads.newThread(new Encoding());
        thread.setDaemon(true);
        thread.setName("shadowheap-trace");
    }

    /**
     * As {@link #create(Path, Recording, ThreadFactory)}, with any thread.
     *
     * @throws IOException if the file cannot be written
     */
    public static TraceWriter create(Path file, Recording recording) throws IOException {
        return create(file, recording, Thread::new);
    }

    /**
     * Creates the file, or empties it, and writes what it is a recording of.
     *
     * @param threads makes the thread that encodes
     * @throws IOException if the file cannot be written
     */
    public static TraceWriter create(Path file, Recording recording, ThreadFactory threads) throws IOException {
        TraceWriter writer = new TraceWriter(TraceFile.create(file, recording), threads);
        writer.thread.start();
        return writer;
    }

    /**
     * Goes on behind the whole blocks of a trace that was cut off; whatever stands behind them is gone.
     *
     * @throws IOException if the file cannot be written
     */
    public static TraceWriter resume(Path file, TraceStart start) throws IOException {
        TraceWriter writer = new TraceWriter(TraceFile.resume(file, start.bytes()), Thread::new);
        writer.recordCount = start.records();
        writer.definitionCount = start.definitions();
        writer.thread.start();
        return writer;
    }

    /** What the thread does. No method reference, which would be linked at every start. */
    private final class Encoding implements Runnable {
        @Override
        public void run() {
            encode();
        }
    }

    /** The thread: encodes and writes what is handed over until there is no more. */
    private void encode() {
        BlockBuffer full = handover.take();
        while (full != null) {
            try {
                file.events(full);
                Checkpoint checkpoint = full.takeCheckpoint();
                if (checkpoint != null && file.failure() == null) {
                    checkpoint.written(file.bytes());
                }
            } catch (RuntimeException | Error broken) {
                file.fail(new IOException("the trace could not be written: " + broken, broken));
            }
            handover.giveBack();
            full = handover.take();
        }
    }

    @Override
    protected void record(long word0, long word1) {
        block.putRecord(word0, word1);
        recordCount++;
        if (block.payloadBytes() >= BLOCK_BYTES) {
            handOver();
        }
    }

    @Override
    public void type(TypeDefinition type) {
        int at = block.beginDefinition();
        Payloads.put(block, type);
        defined(at, TraceFormat.TYPE);
    }

    @Override
    public void site(SiteDefinition site) {
        int at = block.beginDefinition();
        Payloads.put(block, site);
        defined(at, TraceFormat.SITE);
    }

    @Override
    public void caller(CallerDefinition caller) {
        int at = block.beginDefinition();
        Payloads.put(block, caller);
        defined(at, TraceFormat.CALLER);
    }

    private void defined(int at, int kind) {
        block.endDefinition(at, kind);
        definitionCount++;
        if (block.payloadBytes() - at > MAX_DEFINITION_BYTES) {
            block.truncate(at);
            flush();
            join(); // what was told before is in the file
            isAbandoned = true;
            file.fail(new IOException("a definition is larger than a trace may hold"));
        } else if (block.payloadBytes() >= BLOCK_BYTES) {
            handOver();
        }
    }

    /** Whether the block that is being filled is large enough to end here. */
    public boolean isBlockNearlyFull() {
        return block.payloadBytes() >= NEARLY_A_BLOCK_BYTES;
    }

    /** Ends the block here, and has somebody told when all that came before is in the file. The feeding thread calls. */
    public void checkpoint(Checkpoint place) {
        if (!isAbandoned) {
            block.endsAt(place);
            handOver();
        }
    }

    private void handOver() {
        if (isAbandoned) {
            block.truncate(0);
        } else if (handover.hand()) {
            block = handover.current();
        } else {
            // The encoder still holds every buffer: from now on we fill one that nobody reads.
            isAbandoned = true;
            file.fail(new IOException("the trace could not be written as fast as the program ran"));
            block = new BlockBuffer(BLOCK_BYTES + DEFINITION_BYTES);
        }
    }

    private void flush() {
        if (!block.isEmpty()) {
            handOver();
        }
    }

    /** The first error, after which nothing was written; null if there was none. Any thread may ask. */
    public @Nullable IOException failure() {
        return file.failure();
    }

    /**
     * Writes what is left and the end block, and closes the file. Called once, by the feeding thread or after it ended.
     *
     * @throws IOException the first error since the file was created
     */
    public void finish(RecordingEnd end) throws IOException {
        flush();
        join();
        file.finish(recordCount, definitionCount, end);
    }

    /** Closes the file; without {@link #finish} before, it holds what was told so far and reads as cut. */
    @Override
    public void close() throws IOException {
        if (thread.isAlive()) {
            flush();
            join();
        }
        file.close();
    }

    private void join() {
        handover.end();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
