package org.shadowheap.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shadowheap.event.EventText;

final class DamagedTraceTest {

    @TempDir
    private Path directory;

    @Test
    void refusesAnEmptyFile() {
        assertRefused("unreadable trace at byte 0: expected a trace, found an empty file", new byte[0]);
    }

    @Test
    void refusesAForeignFile() {
        byte[] foreign = "#!/bin/sh\necho this is no trace\n".getBytes(StandardCharsets.UTF_8);
        assertRefused("unreadable trace at byte 0: expected a trace, found some other kind of file", foreign);
    }

    @Test
    void refusesALaterVersion() throws IOException {
        byte[] trace = trace(1, 10);
        trace[8] = 6;
        assertRefused("unreadable trace at byte 8: expected version 3 to 5 of the format, found version 6", trace);
    }

    @Test
    void refusesATraceWithBytesBehindItsEnd() throws IOException {
        byte[] trace = trace(1, 10);
        assertRefused(
                "unreadable trace at byte " + trace.length + ": expected the end of the file, found 3 bytes more",
                Arrays.copyOf(trace, trace.length + 3));
    }

    @Test
    void refusesAFlippedBitWhereverItIs() throws IOException {
        byte[] trace = trace(1, 10);
        for (int bit = 0; bit < 8 * trace.length; bit++) {
            byte[] damaged = trace.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            String what = "bit " + bit;
            assertThrows(TraceFormatException.class, () -> read(damaged, new EventText()), what);
        }
    }

    @Test
    void readsEveryTruncationAsCutOrRefusesIt() throws IOException {
        Path file = directory.resolve("whole");
        EventText whole = TraceFixture.write(file, TraceFixture.seed(), 200);
        byte[] trace = Files.readAllBytes(file);
        boolean readEvents = false;
        for (int length = 0; length < trace.length; length++) {
            EventText read = new EventText();
            try {
                assertTrue(read(Arrays.copyOf(trace, length), read).cut(), "length=" + length);
                assertIsPrefix(read, whole);
                readEvents |= !read.events.isEmpty();
            } catch (TraceFormatException e) {
                assertTrue(read.events.isEmpty(), "length=" + length);
            }
        }
        assertTrue(readEvents);
    }

    @Test
    void readsMutationsAsWhatTheyWereOrRefusesThem() throws IOException {
        long seed = TraceFixture.seed();
        Random random = new Random(seed);
        Path file = directory.resolve("whole");
        EventText whole = TraceFixture.write(file, seed, 200);
        byte[] trace = Files.readAllBytes(file);
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            EventText read = new EventText();
            try {
                read(mutate(trace, random), read);
                assertIsPrefix(read, whole);
            } catch (TraceFormatException e) {
                refused++;
                assertEquals(1, e.getMessage().lines().count());
            }
        }
        assertTrue(refused > 1_000, "refused=" + refused);
    }

    @Test
    void readsPayloadsThatMakeNoSenseOrRefusesThem() throws IOException {
        long seed = TraceFixture.seed();
        Random random = new Random(seed);
        byte[] trace = trace(seed, 40);
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] mutant = trace.clone();
            int at = TraceFormat.FILE_HEADER_BYTES + random.nextInt(trace.length - TraceFormat.FILE_HEADER_BYTES);
            mutant[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) 0xff;
            try {
                read(TraceFixture.seal(trace, mutant), new EventText());
            } catch (TraceFormatException e) {
                refused++;
                assertEquals(1, e.getMessage().lines().count());
            }
        }
        assertTrue(refused > 100 && refused < 1_900, "refused=" + refused);
    }

    @Test
    void believesNoLengthThatTheFileDoesNotHave() throws IOException {
        TraceBlocks blocks = TraceBlocks.of(trace(1, 10));
        TraceBlocks.Block events = blocks.blocks.get(1);
        blocks.blocks.set(1, new TraceBlocks.Block(events.kind(), TraceFormat.MAX_PAYLOAD_BYTES, events.payload()));
        BufferPoolMXBean direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(each -> each.getName().equals("direct"))
                .findFirst()
                .orElseThrow();
        long before = direct.getTotalCapacity();
        assertTrue(read(blocks.bytes(), new EventText()).cut());
        long more = direct.getTotalCapacity() - before;
        assertTrue(more < TraceFormat.MAX_PAYLOAD_BYTES / 2, "bytes=" + more);
    }

    @Test
    void refusesAStreamThatItsStoredBytesCannotHold() throws IOException {
        TraceBlocks blocks = TraceBlocks.of(trace(1, 10));
        TraceBlocks.Block events = blocks.blocks.get(1);
        ByteBuffer payload = ByteBuffer.wrap(events.payload()).order(ByteOrder.LITTLE_ENDIAN);
        int sizes = TraceBlocks.tableOffset(payload);
        int stored = payload.getInt(sizes + Integer.BYTES);
        payload.putInt(sizes, TraceFormat.MAX_PAYLOAD_BYTES);
        int block = TraceFormat.FILE_HEADER_BYTES
                + 2 * TraceFormat.BLOCK_HEADER_BYTES
                + blocks.blocks.get(0).payload().length;
        assertRefused(
                "unreadable trace at byte " + (block + sizes + Integer.BYTES)
                        + ": expected a stored size of a stream that 16777216 bytes fit into, found " + stored,
                blocks.bytes());
    }

    private static byte[] mutate(byte[] trace, Random random) {
        byte[] mutant = trace.clone();
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            int at = random.nextInt(mutant.length);
            int length = Math.min(mutant.length - at, 1 + random.nextInt(random.nextBoolean() ? 4 : 100));
            int from = random.nextInt(mutant.length - length + 1);
            switch (random.nextInt(4)) {
                case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> Arrays.fill(mutant, at, at + length, (byte) random.nextInt());
                case 2 -> System.arraycopy(mutant, from, mutant, at, length);
                default -> {
                    byte[] shorter = Arrays.copyOf(mutant, mutant.length - length);
                    System.arraycopy(mutant, at + length, shorter, at, shorter.length - at);
                    mutant = shorter.length == 0 ? mutant : shorter;
                }
            }
        }
        return mutant;
    }

    private static void assertIsPrefix(EventText read, EventText whole) {
        assertEquals(whole.events.subList(0, read.events.size()), read.events);
    }

    private void assertRefused(String message, byte[] bytes) {
        assertEquals(
                message,
                assertThrows(TraceFormatException.class, () -> read(bytes, new EventText()))
                        .getMessage());
    }

    private byte[] trace(long seed, int events) throws IOException {
        Path file = directory.resolve("trace");
        TraceFixture.write(file, seed, events);
        return Files.readAllBytes(file);
    }

    private TraceContents read(byte[] bytes, EventText into) throws IOException {
        return TraceFixture.read(directory.resolve("damaged"), bytes, into);
    }
}
