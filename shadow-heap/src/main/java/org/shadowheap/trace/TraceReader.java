package org.shadowheap.trace;

import static org.shadowheap.trace.TraceFormat.FILE_HEADER_BYTES;
import static org.shadowheap.trace.TraceFormat.MAGIC;
import static org.shadowheap.trace.TraceFormat.OLDEST_VERSION;
import static org.shadowheap.trace.TraceFormat.VERSION;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.shadowheap.event.DefinitionSink;
import org.shadowheap.event.EventDecoder;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.RecordSink;
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

    /** Records that are decoded before the first of them is handed on: so many lie in the first cache. */
    private static final int BATCH_RECORDS = 1024;

    private final SeekableByteChannel channel;
    private final BlockInput blocks;
    private final Recording recording;

    private final BlockTable table = new BlockTable();
    private final StreamInput streams = new StreamInput();
    private final RecordDecoder decoder = new RecordDecoder();

    /** The records of a batch, two words each. */
    private final long[] words = new long[2 * BATCH_RECORDS];

    /** Records of the block that were not decoded yet. */
    private int left;

    /** Where in their stream the next definition of the block begins. */
    private int definitionsAt;

    /** Records of the batch that stand for definitions. */
    private int definitionsInBatch;

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
        if (version < OLDEST_VERSION || version > VERSION) {
            throw new TraceFormatException(
                    Long.BYTES,
                    "version " + OLDEST_VERSION + " to " + VERSION + " of the format",
                    "version " + Integer.toUnsignedString(version));
        }
        blocks.setVersion(version);
    }

    /** What the trace is a recording of. */
    public Recording recording() {
        return recording;
    }

    /** Feeds all events to the sink; called once. */
    public TraceContents read(EventSink sink) throws IOException {
        return read(sink, Progress.NONE);
    }

    /**
     * Feeds all events to the sink, from where it stands; called once.
     *
     * @param progress is told after each block
     * @throws TraceFormatException if the trace is damaged; events before the damaged block have been handed on
     */
    public TraceContents read(EventSink sink, Progress progress) throws IOException {
        return readBlocks(count -> handOnEvents(count, sink), progress);
    }

    /**
     * Feeds all records to the sink, from where it stands; called once.
     *
     * @param progress is told after each block; the reader's {@link #place} is then behind it
     * @throws TraceFormatException if the trace is damaged
     */
    public TraceContents readRecords(RecordSink sink, Progress progress) throws IOException {
        return readBlocks(count -> handOnRecords(count, sink), progress);
    }

    private TraceContents readBlocks(Batches batches, Progress progress) throws IOException {
        while (blocks.next()) {
            if (blocks.kind() == TraceFormat.END) {
                return end();
            }
            beginEvents();
            while (left > 0) {
                batches.handOn(decodeBatch());
            }
            endEvents();
            progress.reached(records, blocks.position());
        }
        return new TraceContents(records, definitions, true, RecordingEnd.CUT);
    }

    /**
     * A place between two blocks.
     *
     * @param bytes before it
     * @param records before it
     * @param definitions before it
     */
    public record Place(long bytes, long records, long definitions) {}

    /** Behind the block that was read last. */
    public Place place() {
        return new Place(blocks.position(), records, definitions);
    }

    /** Goes to a place where another reader of this trace was; everything before it has been handed on already. */
    public void skipTo(Place place) throws IOException {
        blocks.skipTo(place.bytes);
        records = place.records;
        definitions = place.definitions;
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
        streams.read(table, payload, blocks.payloadOffset(), blocks.isDeflated());
        decoder.begin(streams);
    }

    /** One by one: a definition where its record stands. */
    private void handOnEvents(int count, EventSink sink) throws TraceFormatException {
        for (int i = 0; i < count; i++) {
            long word1 = words[2 * i + 1];
            if (!EventDecoder.decode(words[2 * i], word1, sink)) {
                define(word1, sink);
            }
        }
    }

    /** Together: definitions first. */
    private void handOnRecords(int count, RecordSink sink) throws TraceFormatException {
        int undefined = definitionsInBatch;
        for (int i = 0; undefined > 0; i++) {
            long word1 = words[2 * i + 1];
            if (EventRecord.kind(word1) >= TraceFormat.CALLER) {
                define(word1, sink);
                undefined--;
            }
        }
        sink.records(words, count);
    }

    private void define(long word1, DefinitionSink sink) throws TraceFormatException {
        Payloads.define(EventRecord.kind(word1), definition(EventRecord.operand(word1)), sink);
    }

    private void beginEvents() throws TraceFormatException {
        if (blocks.kind() != TraceFormat.EVENTS) {
            throw unexpectedBlock(blocks);
        }
        begin(blocks, table, streams, decoder);
        left = table.records();
        definitionsAt = 0;
    }

    private void endEvents() throws TraceFormatException {
        if (!decoder.isAtEnd() || definitionsAt != streams.size(BlockStreams.DEFINITIONS)) {
            throw new TraceFormatException(
                    blocks.payloadOffset(), "streams of the records alone", "more bytes in them");
        }
    }

    /** Decodes the next records of the block, and looks whether each is sound; returns how many. */
    private int decodeBatch() throws TraceFormatException {
        int count = Math.min(BATCH_RECORDS, left);
        int done = table.records() - left;
        try {
            decoder.decode(words, count);
        } catch (IndexOutOfBoundsException e) {
            throw new TraceFormatException(
                    blocks.payloadOffset(), "record " + (done + decoder.decoded()) + " of the block", "no such record");
        }
        int definitionsHere = 0;
        for (int i = 0; i < count; i++) {
            int kind = EventRecord.kind(words[2 * i + 1]);
            boolean isEvent = EventDecoder.isEvent(kind);
            if (isEvent ? (words[2 * i] & NO_IDS) != 0 : kind < TraceFormat.CALLER) {
                throw unsound(done + i, words[2 * i], kind);
            }
            definitionsHere += isEvent ? 0 : 1;
        }
        definitionsInBatch = definitionsHere;
        left -= count;
        records += count - definitionsHere;
        return count;
    }

    private TraceFormatException unsound(int index, long word0, int kind) {
        return new TraceFormatException(
                blocks.payloadOffset(),
                "a record at place " + index + " of the block",
                (word0 & NO_IDS) == 0 ? "kind " + kind : "ids that do not fit 31 bits");
    }

    /** The next definition of the block, of so many bytes. */
    private PayloadReader definition(int length) throws TraceFormatException {
        int room = streams.size(BlockStreams.DEFINITIONS) - definitionsAt;
        if (length < 0 || length > room) {
            throw new TraceFormatException(
                    blocks.payloadOffset(), "a definition of at most " + room + " bytes", length + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.wrap(streams.bytes(BlockStreams.DEFINITIONS), definitionsAt, length)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
        definitionsAt += length;
        definitions++;
        return new PayloadReader(bytes, blocks.payloadOffset(), true);
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

    /** Hands on the first so many records of {@link #words}. */
    @FunctionalInterface
    private interface Batches {
        void handOn(int count) throws TraceFormatException;
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
