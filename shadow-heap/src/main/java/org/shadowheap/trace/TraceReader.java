package org.shadowheap.trace;

import static org.shadowheap.trace.TraceFormat.FILE_HEADER_BYTES;
import static org.shadowheap.trace.TraceFormat.MAGIC;
import static org.shadowheap.trace.TraceFormat.VERSION;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.shadowheap.event.EventDecoder;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.Recording;
import org.shadowheap.event.RecordingEnd;
import org.shadowheap.event.layout.EventRecord;

/**
 * Reads a trace and feeds it to an event sink, on the caller's thread, in memory bounded by one block.
 *
 * <p>Whatever the file holds, reading ends, and the only errors are {@link TraceFormatException} for a file that is no
 * sound trace and other IOExceptions for a file that cannot be read. A trace without its end whose blocks are sound
 * was cut off by the death of its process: it is read as far as it goes.
 */
public final class TraceReader implements AutoCloseable {

    /** Bits of word 0 that no pair of ids sets. */
    private static final long NO_IDS = 0x8000_0000_8000_0000L;

    private final SeekableByteChannel channel;
    private final BlockInput blocks;
    private final Recording recording;

    private final BlockTable table = new BlockTable();
    private final StreamInput streams = new StreamInput();
    private final RecordDecoder decoder = new RecordDecoder();

    private long records;
    private long definitions;

    private TraceReader(SeekableByteChannel channel, BlockInput blocks, Recording recording) {
        this.channel = channel;
        this.blocks = blocks;
        this.recording = recording;
    }

    /**
     * Opens a trace and reads what it is a recording of.
     *
     * @throws TraceFormatException if the file is no trace, of a later version, or damaged in its first bytes
     * @throws IOException if it cannot be read
     */
    public static TraceReader open(Path file) throws IOException {
        return open(FileChannel.open(file, StandardOpenOption.READ));
    }

    /** As {@link #open(Path)}, of a trace that is open already; closes it with the reader, or at once if it is no trace. */
    static TraceReader open(SeekableByteChannel channel) throws IOException {
        try {
            BlockInput blocks = new BlockInput(channel);
            checkFileHeader(blocks);
            Recording recording = description(blocks);
            return new TraceReader(channel, blocks, recording);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Reads the first block. */
    static Recording description(BlockInput blocks) throws IOException {
        if (!blocks.next()) {
            throw new TraceFormatException(
                    FILE_HEADER_BYTES, "the description of the recording", "the end of the file");
        }
        if (blocks.kind() != TraceFormat.DESCRIPTION) {
            throw new TraceFormatException(
                    blocks.blockOffset(), "the description of the recording", "a block of kind " + blocks.kind());
        }
        return Payloads.recording(blocks.wholePayload());
    }

    static void checkFileHeader(BlockInput blocks) throws IOException {
        ByteBuffer header = blocks.fileHeader();
        if (header.remaining() < FILE_HEADER_BYTES) {
            String found = header.hasRemaining() ? "a file of " + header.remaining() + " bytes" : "an empty file";
            throw new TraceFormatException(0, "a trace", found);
        }
        if (header.getLong(0) != MAGIC) {
            throw new TraceFormatException(0, "a trace", "some other kind of file");
        }
        int version = header.getInt(Long.BYTES);
        if (version != VERSION) {
            throw new TraceFormatException(
                    Long.BYTES,
                    "version " + VERSION + " of the format",
                    "version " + Integer.toUnsignedString(version));
        }
    }

    /** What the trace is a recording of. */
    public Recording recording() {
        return recording;
    }

    /** Size of the file in bytes. */
    public long fileBytes() {
        return blocks.fileBytes();
    }

    /** Feeds all events to the sink; called once. */
    public TraceContents read(EventSink sink) throws IOException {
        return read(sink, Progress.NONE);
    }

    /**
     * Feeds all events to the sink; called once.
     *
     * @param progress is told after each block
     * @throws TraceFormatException if the trace is damaged; events before the damaged block have been handed on
     */
    public TraceContents read(EventSink sink, Progress progress) throws IOException {
        while (blocks.next()) {
            switch (blocks.kind()) {
                case TraceFormat.EVENTS -> decode(sink);
                case TraceFormat.END -> {
                    return end();
                }
                default -> throw unexpectedBlock(blocks);
            }
            progress.reached(records, blocks.position());
        }
        return new TraceContents(records, definitions, true, RecordingEnd.CUT);
    }

    static TraceFormatException unexpectedBlock(BlockInput blocks) {
        return new TraceFormatException(blocks.blockOffset(), "a block of kind 2 or 3", "kind " + blocks.kind());
    }

    /** Makes ready to decode a block of events that was read. */
    static void begin(BlockInput blocks, BlockTable table, StreamInput streams, RecordDecoder decoder)
            throws TraceFormatException {
        ByteBuffer payload = blocks.payload();
        PayloadReader head = blocks.wholePayload();
        table.read(head);
        payload.position((int) (head.offset() - blocks.payloadOffset()));
        streams.read(table, payload, blocks.payloadOffset());
        decoder.begin(streams);
    }

    private void decode(EventSink sink) throws TraceFormatException {
        begin(blocks, table, streams, decoder);
        int definitionsAt = 0;
        int left = table.records();
        try {
            while (left > 0) {
                decoder.next();
                long word1 = decoder.word1();
                if (EventRecord.kind(word1) >= TraceFormat.CALLER) {
                    definitionsAt += define(definitionsAt, EventRecord.kind(word1), EventRecord.operand(word1), sink);
                } else {
                    decode(table.records() - left, decoder.word0(), word1, sink);
                }
                left--;
            }
        } catch (IndexOutOfBoundsException e) {
            throw new TraceFormatException(
                    blocks.payloadOffset(), "record " + (table.records() - left) + " of the block", "no such record");
        }
        if (!decoder.isAtEnd() || definitionsAt != streams.size(BlockStreams.DEFINITIONS)) {
            throw new TraceFormatException(
                    blocks.payloadOffset(), "streams of the records alone", "more bytes in them");
        }
    }

    private void decode(int index, long word0, long word1, EventSink sink) throws TraceFormatException {
        boolean ids = (word0 & NO_IDS) == 0;
        if (!ids || EventRecord.kind(word1) == EventRecord.STAMP || !EventDecoder.decode(word0, word1, sink)) {
            throw new TraceFormatException(
                    blocks.payloadOffset(),
                    "a record at place " + index + " of the block",
                    ids ? "kind " + EventRecord.kind(word1) : "ids that do not fit 31 bits");
        }
        records++;
    }

    /** Reads the definition that begins here in its stream; returns its length. */
    private int define(int at, int kind, int length, EventSink sink) throws TraceFormatException {
        int room = streams.size(BlockStreams.DEFINITIONS) - at;
        if (length < 0 || length > room) {
            throw new TraceFormatException(
                    blocks.payloadOffset(), "a definition of at most " + room + " bytes", length + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.wrap(streams.bytes(BlockStreams.DEFINITIONS), at, length)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
        PayloadReader definition = new PayloadReader(bytes, blocks.payloadOffset(), true);
        switch (kind) {
            case TraceFormat.TYPE -> sink.type(Payloads.type(definition));
            case TraceFormat.SITE -> sink.site(Payloads.site(definition));
            default -> sink.caller(Payloads.caller(definition));
        }
        definitions++;
        return length;
    }

    private TraceContents end() throws IOException {
        TraceContents contents = Payloads.contents(blocks.wholePayload(), records, definitions);
        blocks.expectFileEnd();
        return contents;
    }

    @Override
    public void close() throws IOException {
        streams.close();
        channel.close();
    }

    /** Is told, on the reading thread, how far it is. */
    @FunctionalInterface
    public interface Progress {

        /** Tells nobody. */
        Progress NONE = (records, bytes) -> {};

        /** So many records, those of definitions not counted, and bytes of the file are done. */
        void reached(long records, long bytes);
    }
}
