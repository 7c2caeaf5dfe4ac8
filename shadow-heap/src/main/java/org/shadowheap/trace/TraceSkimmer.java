package org.shadowheap.trace;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.shadowheap.event.Recording;
import org.shadowheap.event.RecordingEnd;
import org.shadowheap.event.layout.EventRecord;

/** Reads the heads of a trace's blocks and steps over the events. */
public final class TraceSkimmer {

    private final BlockInput blocks;
    private final BlockTable table = new BlockTable();
    private final long[] kinds = new long[256];
    private long blockCount;
    private long lost;

    private TraceSkimmer(BlockInput blocks) {
        this.blocks = blocks;
    }

    /**
     * Tells what is in a trace.
     *
     * @throws TraceFormatException if the file is no trace, of another version, or damaged where it was looked at
     * @throws IOException if it cannot be read
     */
    public static TraceSummary skim(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return skim(channel);
        }
    }

    /** As {@link #skim(Path)}, of a trace that is open already, and stays so. */
    static TraceSummary skim(SeekableByteChannel channel) throws IOException {
        BlockInput blocks = new BlockInput(channel);
        TraceReader.checkFileHeader(blocks);
        Recording recording = TraceReader.description(blocks);
        return new TraceSkimmer(blocks).skim(recording);
    }

    private TraceSummary skim(Recording recording) throws IOException {
        RecordingEnd end = null;
        while (end == null && blocks.nextHeader()) {
            if (blocks.kind() == TraceFormat.END) {
                if (!blocks.readPayload()) {
                    break;
                }
                end = Payloads.contents(blocks.wholePayload(), events(), definitions())
                        .end();
                blocks.expectFileEnd();
            } else if (blocks.kind() == TraceFormat.EVENTS) {
                if (!events(blocks.readHead(BlockTable.MAX_BYTES))) {
                    break;
                }
            } else {
                throw TraceReader.unexpectedBlock(blocks);
            }
        }
        boolean cut = end == null;
        return new TraceSummary(
                recording,
                blocks.fileBytes(),
                blockCount,
                records(),
                kinds[TraceFormat.TYPE],
                kinds[TraceFormat.SITE],
                lost,
                cut,
                end == null ? RecordingEnd.CUT : end);
    }

    /** Counts the block whose head was read, if it was; false if the file ends before the block does. */
    private boolean events(boolean hasHead) throws IOException {
        if (!hasHead) {
            return false;
        }
        table.readHead(blocks.wholePayload());
        if (table.count(EventRecord.LOST) != 0) {
            if (!blocks.readPayload()) {
                return false;
            }
            countLost();
        } else if (!blocks.skipPayload()) {
            return false;
        }
        blockCount++;
        for (int kind = 0; kind < kinds.length; kind++) {
            kinds[kind] += table.count(kind);
        }
        return true;
    }

    /** How many events a record says were lost stands in the record: blocks with such records are decoded, they are few. */
    private void countLost() throws TraceFormatException {
        RecordDecoder decoder = new RecordDecoder();
        try (StreamInput streams = new StreamInput()) {
            TraceReader.begin(blocks, table, streams, decoder);
            long[] words = new long[2 * table.records()];
            decoder.decode(words, table.records());
            for (int i = 1; i < words.length; i += 2) {
                if (EventRecord.kind(words[i]) == EventRecord.LOST) {
                    lost += Integer.toUnsignedLong(EventRecord.operand(words[i]));
                }
            }
        } catch (IndexOutOfBoundsException e) {
            throw new TraceFormatException(blocks.payloadOffset(), "whole records", "streams that end before");
        }
    }

    private long events() {
        long sum = 0;
        for (int kind = 0; kind < TraceFormat.CALLER; kind++) {
            sum += kinds[kind];
        }
        return sum;
    }

    private long definitions() {
        return kinds[TraceFormat.CALLER] + kinds[TraceFormat.TYPE] + kinds[TraceFormat.SITE];
    }

    private Map<String, Long> records() {
        Map<String, Long> records = new LinkedHashMap<>();
        for (int kind = 0; kind < TraceFormat.CALLER; kind++) {
            if (kinds[kind] != 0) {
                records.put(name(kind), kinds[kind]);
            }
        }
        return records;
    }

    private static String name(int kind) {
        return switch (kind) {
            case EventRecord.BIRTH -> "births";
            case EventRecord.CONTACT -> "first contacts";
            case EventRecord.SNAPSHOT_SLOT -> "slots of snapshots";
            case EventRecord.SNAPSHOT_END -> "snapshots";
            case EventRecord.FIELD_STORE -> "field stores";
            case EventRecord.ARRAY_STORE -> "array stores";
            case EventRecord.STATIC_STORE -> "static stores";
            case EventRecord.ARRAY_COPY -> "array copies";
            case EventRecord.COPIED_ELEMENT -> "copied elements";
            case EventRecord.ROOTS -> "lists of roots";
            case EventRecord.ROOT -> "roots";
            case EventRecord.THREAD_END -> "ends of threads";
            case EventRecord.ROOTS_REQUESTED -> "requests for roots";
            case EventRecord.ROUND -> "rounds";
            case EventRecord.LOST -> "losses";
            case EventRecord.REAL_COLLECTION -> "collections of the JVM";
            case EventRecord.COLLECTED -> "collections of the JVM, in place";
            case EventRecord.COLLECTION_TOLD -> "figures of collections in place";
            case EventRecord.CALLED_FROM -> "samples of callers";
            default -> "kind " + kind;
        };
    }
}
