package org.shadowheap.trace;

import static org.shadowheap.trace.TraceFormat.DESCRIPTION;
import static org.shadowheap.trace.TraceFormat.END;
import static org.shadowheap.trace.TraceFormat.EVENTS;
import static org.shadowheap.trace.TraceFormat.FILE_HEADER_BYTES;
import static org.shadowheap.trace.TraceFormat.MAGIC;
import static org.shadowheap.trace.TraceFormat.VERSION;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.Recording;
import org.shadowheap.event.RecordingEnd;
import org.shadowheap.event.layout.EventRecord;

/**
 * A trace file that is being written, block by block: by the thread of a {@link TraceWriter}, and at its beginning and end
 * by others while that thread does not run. After the first error nothing is written any more.
 */
final class TraceFile implements AutoCloseable {

    /** A block that cannot be compressed is not larger, unless a definition is larger than a block. */
    private static final int EXPECTED_BYTES = 1 << 22;

    private final FileChannel channel;
    private final BlockEncoder encoder = new BlockEncoder();
    private final BlockBuffer block = new BlockBuffer(EXPECTED_BYTES);

    /** Size of the file so far in bytes. */
    private long offset = FILE_HEADER_BYTES;

    private volatile @Nullable IOException failure;

    private TraceFile(FileChannel channel) {
        this.channel = channel;
    }

    static TraceFile create(Path path, Recording recording) throws IOException {
        FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        TraceFile file = new TraceFile(channel);
        try {
            file.rehearse();
            file.begin(recording);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
        return file;
    }

    /** Opens a file to go on at an offset; what stands behind it is cut off. */
    static TraceFile resume(Path path, long offset) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
        TraceFile file = new TraceFile(channel);
        try {
            channel.truncate(offset);
            channel.position(offset);
            file.offset = offset;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
        return file;
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

    /** Encodes something, so that whoever waits for the encoder never waits for a class to be loaded. */
    private void rehearse() {
        BlockBuffer little = new BlockBuffer(64 * EventRecord.BYTES);
        for (int i = 0; i < 64; i++) {
            little.putRecord(EventRecord.word0(1 + i, 1), EventRecord.word1(EventRecord.ROOT, i * i, 0));
        }
        encoder.encode(little.payload(), block);
        block.truncate(0);
    }

    /** Writes a block of the records in the buffer, if there are any, and empties it. */
    void events(BlockBuffer records) {
        if (failure == null && !records.isEmpty()) {
            try {
                encoder.encode(records.payload(), block);
                offset += block.write(channel, offset, EVENTS);
            } catch (IOException e) {
                fail(e);
            } catch (RuntimeException | Error e) {
                fail(new IOException(e));
            }
        }
        block.truncate(0);
        records.truncate(0);
    }

    /** Keeps the first error. */
    void fail(IOException e) {
        if (failure == null) {
            failure = e;
        }
    }

    /** Size of the file so far in bytes. */
    long bytes() {
        return offset;
    }

    @Nullable
    IOException failure() {
        return failure;
    }

    /** Writes the end block and closes the file, or throws the first error. */
    void finish(long records, long definitions, RecordingEnd end) throws IOException {
        try {
            IOException first = failure;
            if (first == null) {
                Payloads.put(block, records, definitions, end);
                offset += block.write(channel, offset, END);
            } else {
                channel.truncate(offset);
                throw first;
            }
        } finally {
            close();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
