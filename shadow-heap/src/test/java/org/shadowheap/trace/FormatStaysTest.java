package org.shadowheap.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shadowheap.event.EventSink;

/**
 * Writer and reader have one model of records: if it changes they agree still, and with nothing that was written before. So what it makes of known
 * records is held to what it made of them when docs/trace-format.md was written. Who means to change the format changes its version, too.
 */
final class FormatStaysTest {

    private static final int RECORDS = 100_000;

    /** Of the whole trace with its streams as they are, none compressed. */
    private static final long CHECKSUM = 4_156_365_894L;

    @TempDir
    private Path directory;

    @Test
    void knownRecordsBecomeTheStreamsThatTheyAlwaysBecame() throws IOException {
        Path file = directory.resolve("trace");
        try (TraceWriter writer = TraceWriter.create(file, TraceFixture.RECORDING)) {
            feed(writer);
            writer.finish(TraceFixture.RECORDING_END);
        }
        TraceBlocks blocks = TraceBlocks.of(Files.readAllBytes(file));
        blocks.uncompress();
        CRC32C checksum = new CRC32C();
        for (TraceBlocks.Block block : blocks.blocks) {
            checksum.update(block.payload());
        }
        assertEquals(CHECKSUM, checksum.getValue());
    }

    /** Births of three threads, stores to what is near and far, repeated and not, with strides. */
    private static void feed(EventSink sink) {
        Random random = new Random(1);
        int[] next = {1, 5_000, 9_000_000};
        int born = 1;
        for (int i = 0; i < RECORDS; i++) {
            int thread = random.nextInt(8) == 0 ? random.nextInt(3) : 0;
            int far = 1 + random.nextInt(random.nextBoolean() ? 50 : 10_000);
            switch (random.nextInt(8)) {
                case 0, 1 -> {
                    born = next[thread]++;
                    sink.birth(born, 10 + random.nextInt(4), random.nextInt(3) == 0 ? i : 0);
                }
                case 2, 3 ->
                    sink.fieldStore(born, 12 + 4 * random.nextInt(2), random.nextInt(3) == 0 ? 0 : far, 1 + far % 7);
                case 4 -> sink.fieldStore(far, 12, born, 3);
                case 5 -> sink.arrayStore(5_000, i, Math.max(1, born - 1), 4);
                case 6 -> sink.arrayStore(far, i % 10, far + 1, 5);
                default -> sink.contact(20_000_000 + i, 10, 0);
            }
        }
    }
}
