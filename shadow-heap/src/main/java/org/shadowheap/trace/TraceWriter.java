package org.shadowheap.trace;

import static org.shadowheap.trace.TraceFormat.DESCRIPTION;
import static org.shadowheap.trace.TraceFormat.END;
import static org.shadowheap.trace.TraceFormat.EVENTS;
import static org.shadowheap.trace.TraceFormat.FILE_HEADER_BYTES;
import static org.shadowheap.trace.TraceFormat.MAGIC;
import static org.shadowheap.trace.TraceFormat.MAX_PAYLOAD_BYTES;
import static org.shadowheap.trace.TraceFormat.VERSION;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
 * allocates for definitions only. A reader calls its sink in exactly the order in which this sink was called.
 *
 * <p>A sink cannot fail towards the program. When the disk does, the writer keeps the first {@link #failure}, drops
 * what follows, and {@link #finish} throws it; the file ends with its last whole block, a cut trace.
 */
public final class TraceWriter extends EventEncoder implements AutoCloseable {

    /** A block is written when it has this many bytes. */
    private static final int BLOCK_BYTES = 65_536 * EventRecord.BYTES;

    /** A definition may begin at the end of a block: this much of it needs no larger buffer. */
    private static final int DEFINITION_BYTES = 1 << 18;

    private final FileChannel channel;
    private final BlockBuffer block = new BlockBuffer(BLOCK_BYTES + DEFINITION_BYTES);

    /** Size of the file so far in bytes. */
    private long offset = FILE_HEADER_BYTES;

    private long recordCount;
    private long definitionCount;

    /** Written by the feeding thread, read by any. */
    private volatile @Nullable IOException failure;

    private TraceWriter(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Creates the file, or empties it, and writes what it is a recording of.
     *
     * @throws IOException if the file cannot be written
     */
    public static TraceWriter create(Path file, Recording recording) throws IOException {
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        TraceWriter writer = new TraceWriter(channel);
        try {
            writer.begin(recording);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        return writer;
    }

    private void begin(Recording recording) throws IOException {
        ByteBuffer header = ByteBuffer.allocateDirect(FILE_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(MAGIC).putInt(VERSION).flip();
        while (header.hasRemaining()) {
            channel.write(header);
        }
        Payloads.put(block, recording);
        offset += block.write(channel, offset, DESCRIPTION);
    }

    @Override
    protected void record(long word0, long word1) {
        block.putRecord(word0, word1);
        recordCount++;
        if (block.payloadBytes() >= BLOCK_BYTES) {
            write(EVENTS);
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
        if (block.payloadBytes() > MAX_PAYLOAD_BYTES) {
            block.truncate(at);
            write(EVENTS);
            fail(new IOException("a definition is larger than a block of the trace may be"));
        } else if (block.payloadBytes() >= BLOCK_BYTES) {
            write(EVENTS);
        }
    }

    /** Writes what waits; once something failed, drops it. */
    private void write(int kind) {
        if (failure == null) {
            try {
                offset += block.write(channel, offset, kind);
                return;
            } catch (IOException e) {
                fail(e);
            }
        }
        block.truncate(0);
    }

    private void flush() {
        if (!block.isEmpty()) {
            write(EVENTS);
        }
    }

    private void fail(IOException e) {
        if (failure == null) {
            failure = e;
        }
    }

    /** The first error, after which nothing was written; null if there was none. Any thread may ask. */
    public @Nullable IOException failure() {
        return failure;
    }

    /** Bytes in the file so far; asked by the feeding thread. */
    public long fileBytes() {
        return offset;
    }

    /**
     * Writes what is left and the end block, and closes the file. Called once, by the feeding thread or after it ended.
     *
     * @throws IOException the first error since the file was created
     */
    public void finish(RecordingEnd end) throws IOException {
        try {
            flush();
            Payloads.put(block, recordCount, definitionCount, end);
            write(END);
            IOException first = failure;
            if (first != null) {
                channel.truncate(offset);
                throw first;
            }
        } finally {
            channel.close();
        }
    }

    /** Closes the file; without {@link #finish} before, it holds what is complete so far and reads as cut. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            flush();
            channel.close();
        }
    }
}
