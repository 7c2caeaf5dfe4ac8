package org.shadowheap.trace;

import static org.shadowheap.trace.TraceFormat.FILE_HEADER_BYTES;
import static org.shadowheap.trace.TraceFormat.MAGIC;
import static org.shadowheap.trace.TraceFormat.VERSION;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;
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

    private final FileChannel channel;
    private final BlockInput blocks;
    private final Recording recording;

    private long records;
    private long definitions;

    private TraceReader(FileChannel channel, BlockInput blocks, Recording recording) {
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
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            BlockInput blocks = new BlockInput(channel);
            checkFileHeader(blocks);
            if (!blocks.next()) {
                throw new TraceFormatException(
                        FILE_HEADER_BYTES, "the description of the recording", "the end of the file");
            }
            if (blocks.kind() != TraceFormat.DESCRIPTION) {
                throw new TraceFormatException(
                        blocks.blockOffset(), "the description of the recording", "a block of kind " + blocks.kind());
            }
            Recording recording = Payloads.recording(blocks.wholePayload());
            return new TraceReader(channel, blocks, recording);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void checkFileHeader(BlockInput blocks) throws IOException {
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
        return read(sink, bytes -> {});
    }

    /**
     * Feeds all events to the sink; called once.
     *
     * @param progress is told after each block how many bytes of the file are done
     * @throws TraceFormatException if the trace is damaged; events before the damaged block have been handed on
     */
    public TraceContents read(EventSink sink, LongConsumer progress) throws IOException {
        while (blocks.next()) {
            switch (blocks.kind()) {
                case TraceFormat.EVENTS -> decode(sink);
                case TraceFormat.END -> {
                    return end();
                }
                default ->
                    throw new TraceFormatException(
                            blocks.blockOffset(), "a block of kind 2 or 3", "kind " + blocks.kind());
            }
            progress.accept(blocks.position());
        }
        return new TraceContents(records, definitions, true, RecordingEnd.CUT);
    }

    private void decode(EventSink sink) throws TraceFormatException {
        ByteBuffer payload = blocks.payload();
        int end = payload.limit();
        if (end % EventRecord.BYTES != 0) {
            throw new TraceFormatException(
                    blocks.payloadOffset(), "whole records of " + EventRecord.BYTES + " bytes", end + " bytes");
        }
        int at = 0;
        while (at < end) {
            long word0 = payload.getLong(at + EventRecord.WORD0_OFFSET);
            long word1 = payload.getLong(at + EventRecord.WORD1_OFFSET);
            at += EventRecord.BYTES;
            if (EventRecord.kind(word1) >= TraceFormat.CALLER) {
                at += define(at, EventRecord.kind(word1), EventRecord.operand(word1), sink);
            } else {
                decode(at - EventRecord.BYTES, word0, word1, sink);
            }
        }
    }

    private void decode(int at, long word0, long word1, EventSink sink) throws TraceFormatException {
        boolean ids = (word0 & NO_IDS) == 0;
        if (!ids || EventRecord.kind(word1) == EventRecord.STAMP || !EventDecoder.decode(word0, word1, sink)) {
            throw new TraceFormatException(
                    blocks.payloadOffset() + at,
                    "a record",
                    ids ? "kind " + EventRecord.kind(word1) : "ids that do not fit 31 bits");
        }
        records++;
    }

    /** Reads the definition that begins here; returns its length with its padding. */
    private int define(int at, int kind, int length, EventSink sink) throws TraceFormatException {
        int room = blocks.payload().limit() - at;
        if (length < 0 || length > room) {
            throw new TraceFormatException(
                    blocks.payloadOffset() + at - Long.BYTES,
                    "a definition of at most " + room + " bytes",
                    length + " bytes");
        }
        PayloadReader definition = blocks.payload(at, length);
        switch (kind) {
            case TraceFormat.TYPE -> sink.type(Payloads.type(definition));
            case TraceFormat.SITE -> sink.site(Payloads.site(definition));
            default -> sink.caller(Payloads.caller(definition));
        }
        definitions++;
        return length + (-length & (EventRecord.BYTES - 1));
    }

    private TraceContents end() throws IOException {
        TraceContents contents = Payloads.contents(blocks.wholePayload(), records, definitions);
        if (blocks.position() != blocks.fileBytes()) {
            throw new TraceFormatException(
                    blocks.position(), "the end of the file", blocks.fileBytes() - blocks.position() + " bytes more");
        }
        return contents;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
