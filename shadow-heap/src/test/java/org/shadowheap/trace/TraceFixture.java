package org.shadowheap.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32C;
import org.shadowheap.event.EventText;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.RandomEvents;
import org.shadowheap.event.Recording;
import org.shadowheap.event.RecordingEnd;
import org.shadowheap.event.Tee;
import org.shadowheap.event.UninstrumentedClass;

/** Small traces with known contents. */
final class TraceFixture {

    static final Recording RECORDING = new Recording(
            "app.Main --fast",
            "Some VM 17",
            1_700_000_000_000L,
            new ObjectModel(8, 16, 16),
            Map.of("pageBytes", "512"));

    static final RecordingEnd RECORDING_END = new RecordingEnd(
            5_000_000_000L, 1L << 40, "log full", List.of(new UninstrumentedClass("app.Huge", "too large")));

    private TraceFixture() {}

    /** A fresh seed, printed; set the property to repeat a run. */
    static long seed() {
        long seed = Long.getLong("seed", ThreadLocalRandom.current().nextLong());
        System.out.println("seed=" + seed);
        return seed;
    }

    /** Writes a finished trace of random events and returns what went into it. */
    static EventText write(Path file, long seed, int events) throws IOException {
        EventText written = new EventText();
        try (TraceWriter writer = TraceWriter.create(file, RECORDING)) {
            new RandomEvents(seed).feed(events, Tee.of(written, writer));
            writer.finish(RECORDING_END);
        }
        return written;
    }

    /** The mutant with headers and checksums that fit: a trace that was damaged before it was written. */
    static byte[] seal(byte[] trace, byte[] mutant) {
        ByteBuffer whole = ByteBuffer.wrap(trace).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer sealed = ByteBuffer.wrap(mutant).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer offset = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int block = TraceFormat.FILE_HEADER_BYTES;
        while (block < trace.length) {
            int length = whole.getInt(block + 4);
            sealed.putInt(block, whole.getInt(block)).putInt(block + 4, length);
            CRC32C payload = new CRC32C();
            payload.update(mutant, block + TraceFormat.BLOCK_HEADER_BYTES, length);
            sealed.putInt(block + 8, (int) payload.getValue());
            CRC32C header = new CRC32C();
            header.update(offset.putLong(0, block).array());
            header.update(mutant, block, 12);
            sealed.putInt(block + 12, (int) header.getValue());
            block += TraceFormat.BLOCK_HEADER_BYTES + length;
        }
        return mutant;
    }

    /** Reads a file given as bytes. */
    static TraceContents read(Path file, byte[] bytes, EventText into) throws IOException {
        Files.write(file, bytes);
        try (TraceReader reader = TraceReader.open(file)) {
            return reader.read(into);
        }
    }
}
