package org.shadowheap.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.shadowheap.event.layout.EventRecord;

/**
 * The whole blocks with which a trace begins that was cut off, and what they hold: all that a writer must know to go on
 * behind them. Each block's checksum is compared; only blocks with definitions are decoded.
 */
public final class TraceStart {

    private final Set<Long> defined = new HashSet<>();
    private long bytes;
    private long records;
    private long definitions;

    private TraceStart(long bytes) {
        this.bytes = bytes;
    }

    /**
     * What a trace begins with, so that others can tell it from another one: the checksums of its description, which says
     * among others when the recording began.
     *
     * @throws IOException if there is no whole description, or the file cannot be read
     */
    public static long identity(Path trace) throws IOException {
        try (FileChannel channel = FileChannel.open(trace, StandardOpenOption.READ)) {
            ByteBuffer start = ByteBuffer.allocate(TraceFormat.FILE_HEADER_BYTES + TraceFormat.BLOCK_HEADER_BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN);
            while (start.hasRemaining() && channel.read(start) >= 0) {
                // until it is full or the file ends
            }
            if (start.hasRemaining()) {
                throw new TraceFormatException(0, "a trace", "a file of " + start.position() + " bytes");
            }
            return start.getLong(TraceFormat.FILE_HEADER_BYTES + 8);
        }
    }

    /**
     * Reads the blocks up to an offset, or all whole ones.
     *
     * @param end offset of the end of a block in bytes; 0 for the description alone, {@link Long#MAX_VALUE} for all there are
     * @throws TraceFormatException if the trace is damaged before, or no block ends there, or it is of a version whose blocks are not
     *     those that are written now
     * @throws IOException if it cannot be read
     */
    public static TraceStart read(Path trace, long end) throws IOException {
        try (FileChannel channel = FileChannel.open(trace, StandardOpenOption.READ)) {
            BlockInput blocks = new BlockInput(channel);
            TraceReader.checkFileHeader(blocks);
            if (blocks.isDeflated()) {
                throw new TraceFormatException(
                        Long.BYTES,
                        "version " + TraceFormat.VERSION + " of the format, which alone can be gone on with",
                        "an earlier version");
            }
            TraceReader.description(blocks); // nobody needs it, but a trace without one is none
            TraceStart start = new TraceStart(blocks.position());
            start.read(blocks, end);
            if (end != 0 && end != Long.MAX_VALUE && start.bytes != end) {
                throw new TraceFormatException(
                        start.bytes, "whole blocks up to byte " + end, "a file that ends before");
            }
            return start;
        }
    }

    private void read(BlockInput blocks, long end) throws IOException {
        BlockTable table = new BlockTable();
        while (bytes < end && blocks.nextHeader()) {
            if (!blocks.readPayload()) {
                return;
            }
            switch (blocks.kind()) {
                case TraceFormat.EVENTS -> count(blocks, table);
                case TraceFormat.END -> blocks.expectFileEnd();
                default -> throw TraceReader.unexpectedBlock(blocks);
            }
            bytes = blocks.position();
        }
    }

    private void count(BlockInput blocks, BlockTable table) throws IOException {
        table.readHead(blocks.wholePayload());
        int here = table.count(TraceFormat.CALLER) + table.count(TraceFormat.TYPE) + table.count(TraceFormat.SITE);
        if (here > 0) {
            find(blocks);
        }
        definitions += here;
        records += table.records() - here;
    }

    private void find(BlockInput blocks) throws TraceFormatException {
        BlockTable table = new BlockTable();
        RecordDecoder decoder = new RecordDecoder();
        try (StreamInput streams = new StreamInput()) {
            TraceReader.begin(blocks, table, streams, decoder);
            ByteBuffer bytes = ByteBuffer.wrap(
                            streams.bytes(BlockStreams.DEFINITIONS), 0, streams.size(BlockStreams.DEFINITIONS))
                    .order(ByteOrder.LITTLE_ENDIAN);
            int at = 0;
            long[] words = new long[2 * table.records()];
            decoder.decode(words, table.records());
            for (int i = 1; i < words.length; i += 2) {
                int kind = EventRecord.kind(words[i]);
                if (kind >= TraceFormat.CALLER) {
                    defined.add(key(kind, bytes.getInt(at)));
                    at += EventRecord.operand(words[i]);
                }
            }
        } catch (IndexOutOfBoundsException e) {
            throw new TraceFormatException(blocks.payloadOffset(), "whole records", "streams that end before");
        }
    }

    private static long key(int kind, int id) {
        return (long) kind << 32 | id;
    }

    /** Whether these blocks define the type, site or caller of this number. */
    boolean defines(int kind, int id) {
        return defined.contains(key(kind, id));
    }

    /** Where the last of these blocks ends, in bytes. */
    public long bytes() {
        return bytes;
    }

    /** Records in these blocks, those of definitions not counted. */
    long records() {
        return records;
    }

    /** Definitions in these blocks. */
    long definitions() {
        return definitions;
    }
}
