package org.shadowheap.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.EventText;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.RecordingEnd;
import org.shadowheap.event.Tee;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;

final class TraceTest {

    @TempDir
    private Path directory;

    @Test
    void readsWhatWasWritten() throws IOException {
        Path file = directory.resolve("trace");
        EventText written = TraceFixture.write(file, TraceFixture.seed(), 200_000);
        EventText read = new EventText();
        try (TraceReader reader = TraceReader.open(file)) {
            assertEquals(TraceFixture.RECORDING, reader.recording());
            TraceContents contents = reader.read(read);
            assertFalse(contents.cut());
            assertEquals(TraceFixture.RECORDING_END, contents.end());
            assertEquals(written.events.size(), contents.records() + contents.definitions());
            assertTrue(contents.definitions() > 1_000);
        }
        assertEquals(written.events, read.events);
    }

    /** Its streams are deflated. */
    @Test
    void readsVersionFour() throws IOException {
        Path file = directory.resolve("trace");
        EventText written = TraceFixture.write(file, TraceFixture.seed(), 200_000);
        Files.write(file, TraceBlocks.of(Files.readAllBytes(file)).ofVersion(4));
        assertEquals(written.events, readEvents(file).events);
        assertEquals(count(written, "round"), TraceSkimmer.skim(file).records().get("rounds"));
    }

    /** It had no collections in place, and was as version 4 otherwise. */
    @Test
    void readsVersionThree() throws IOException {
        Path file = directory.resolve("trace");
        EventText written = new EventText();
        try (TraceWriter writer = TraceWriter.create(file, TraceFixture.RECORDING)) {
            EventSink sink = Tee.of(written, writer);
            for (int i = 0; i < 100; i++) {
                sink.realCollection(1, 1_000, 2_000, 3_000);
            }
            sink.round();
            writer.finish(TraceFixture.RECORDING_END);
        }
        Files.write(file, TraceBlocks.of(Files.readAllBytes(file)).ofVersion(3));
        assertEquals(written.events, readEvents(file).events);
        assertEquals(100, TraceSkimmer.skim(file).records().get("collections of the JVM"));
    }

    /** Its blocks would be of two kinds. */
    @Test
    void goesNotOnWithAnEarlierVersion() throws IOException {
        Path file = directory.resolve("trace");
        TraceFixture.write(file, TraceFixture.seed(), 1_000);
        Files.write(file, TraceBlocks.of(Files.readAllBytes(file)).ofVersion(4));
        String message = assertThrows(TraceFormatException.class, () -> TraceStart.read(file, Long.MAX_VALUE))
                .getMessage();
        assertEquals(
                "unreadable trace at byte 8: expected version 5 of the format, which alone can be gone on with, found an"
                        + " earlier version",
                message);
    }

    private static EventText readEvents(Path file) throws IOException {
        EventText read = new EventText();
        try (TraceReader reader = TraceReader.open(file)) {
            reader.read(read);
        }
        return read;
    }

    @Test
    void skimsWhatAReaderCounts() throws IOException {
        Path file = directory.resolve("trace");
        EventText written = TraceFixture.write(file, TraceFixture.seed(), 200_000);
        TraceSummary summary = TraceSkimmer.skim(file);
        assertFalse(summary.cut());
        assertEquals(TraceFixture.RECORDING, summary.recording());
        assertEquals(TraceFixture.RECORDING_END, summary.end());
        assertTrue(summary.blocks() > 2);
        assertEquals(count(written, "round"), summary.records().get("rounds"));
        assertEquals(count(written, "fieldStore "), summary.records().get("field stores"));
        assertEquals(count(written, "SiteDefinition"), summary.sites());
        assertEquals(count(written, "TypeDefinition"), summary.types());
        long lost = written.events.stream()
                .filter(event -> event.startsWith("lost "))
                .mapToLong(event -> Long.parseLong(event.substring("lost ".length())))
                .sum();
        assertTrue(lost > 0);
        assertEquals(lost, summary.lost());
    }

    private static long count(EventText events, String prefix) {
        return events.events.stream().filter(event -> event.startsWith(prefix)).count();
    }

    @Test
    void keepsADefinitionLargerThanItsBuffer() throws IOException {
        Path file = directory.resolve("trace");
        List<FieldDefinition> fields = new ArrayList<>();
        for (int i = 0; i < 40_000; i++) {
            fields.add(new FieldDefinition("field" + i, 16 + 4 * i, false));
        }
        TypeDefinition large = type("app.Large", fields);
        try (TraceWriter writer = TraceWriter.create(file, TraceFixture.RECORDING)) {
            writer.type(large);
            writer.finish(TraceFixture.RECORDING_END);
        }
        EventText read = new EventText();
        TraceFixture.read(file, Files.readAllBytes(file), read);
        assertEquals(List.of(large.toString()), read.events);
    }

    @Test
    void stopsAtADefinitionLargerThanABlockAndSaysSoAtTheEnd() throws IOException {
        Path file = directory.resolve("trace");
        TraceWriter writer = TraceWriter.create(file, TraceFixture.RECORDING);
        int rounds = 200_000; // several blocks, which wait to be encoded
        for (int i = 0; i < rounds; i++) {
            writer.round();
        }
        writer.type(type("a".repeat(17 << 20), List.of()));
        writer.round();
        assertThrows(IOException.class, () -> writer.finish(TraceFixture.RECORDING_END));
        EventText read = new EventText();
        assertTrue(TraceFixture.read(file, Files.readAllBytes(file), read).cut());
        assertEquals(rounds, read.events.size(), "what was told before");
    }

    @Test
    void readsATraceThatWasClosedWithoutItsEndAsCut() throws IOException {
        Path file = directory.resolve("trace");
        try (TraceWriter writer = TraceWriter.create(file, TraceFixture.RECORDING)) {
            writer.round();
        }
        EventText read = new EventText();
        TraceContents contents = TraceFixture.read(file, Files.readAllBytes(file), read);
        assertTrue(contents.cut());
        assertEquals(RecordingEnd.CUT, contents.end());
        assertEquals(List.of("round"), read.events);
    }

    @Test
    void goesOnBehindACheckpointOfATraceThatWasCutOff() throws IOException {
        Path file = directory.resolve("trace");
        TypeDefinition before = type("app.Before", List.of());
        long[] checkpoint = new long[1];
        try (TraceWriter writer = TraceWriter.create(file, TraceFixture.RECORDING)) {
            writer.type(before);
            rounds(writer, 100_000);
            writer.checkpoint(fileBytes -> checkpoint[0] = fileBytes);
            rounds(writer, 100_000);
        }
        assertTrue(checkpoint[0] > 0 && checkpoint[0] < Files.size(file), "a place in the file: " + checkpoint[0]);
        assertThrows(TraceFormatException.class, () -> TraceStart.read(file, checkpoint[0] - 1));
        TraceStart start = TraceStart.read(file, checkpoint[0]);
        assertEquals(100_000, start.records());
        assertEquals(1, start.definitions());

        TypeDefinition after = new TypeDefinition(2, "app.After", 0, 0, Shape.INSTANCE, 16, 0, List.of(), List.of());
        try (TraceWriter writer = TraceWriter.resume(file, start)) {
            DefinitionBytes.read(DefinitionBytes.of(before), start, writer); // is there already
            DefinitionBytes.read(DefinitionBytes.of(after), start, writer);
            rounds(writer, 7);
            writer.finish(TraceFixture.RECORDING_END);
        }
        EventText read = new EventText();
        assertFalse(TraceFixture.read(file, Files.readAllBytes(file), read).cut());
        assertEquals(100_009, read.events.size());
        assertEquals(after.toString(), read.events.get(100_001));
        assertEquals(Files.size(file), TraceStart.read(file, Long.MAX_VALUE).bytes(), "read to its end");
    }

    private static void rounds(TraceWriter writer, int rounds) {
        for (int i = 0; i < rounds; i++) {
            writer.round();
        }
    }

    private static TypeDefinition type(String name, List<FieldDefinition> fields) {
        return new TypeDefinition(1, name, 0, 0, Shape.INSTANCE, 16, 0, fields, List.of());
    }
}
