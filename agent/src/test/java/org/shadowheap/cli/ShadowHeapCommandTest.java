package org.shadowheap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.Recording;
import org.shadowheap.event.RecordingEnd;
import org.shadowheap.trace.TraceWriter;
import picocli.CommandLine;

final class ShadowHeapCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private int run(String... args) {
        CommandLine command = ShadowHeapCommand.commandLine();
        return command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(args);
    }

    private String trace() throws IOException {
        Path file = directory.resolve("trace");
        Map<String, String> options = Map.of("nurseryBytes", "8192", "pageBytes", "4096", "tenure", "1");
        try (TraceWriter writer =
                TraceWriter.create(file, new Recording("app.Main", "Some VM", 0, ObjectModel.DEFAULT, options))) {
            writer.round();
            writer.finish(RecordingEnd.after(1_000, List.of()));
        }
        return file.toString();
    }

    @Test
    void printsUsageForAnUnknownCommand() {
        assertEquals(2, run("frobnicate"));
        assertTrue(err.toString().contains("'frobnicate'"), err.toString());
        assertTrue(err.toString().contains("Usage: shadowheap"), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void printsUsageWithoutACommand() {
        assertEquals(2, run());
        assertTrue(err.toString().contains("Usage: shadowheap"), err.toString());
    }

    @Test
    void printsHelpAndVersionWhenAskedTo() {
        assertEquals(0, run("--help"));
        assertEquals(0, run("--version"));
        assertEquals(0, run("replay", "--help"));
        assertTrue(out.toString().contains("replay"), out.toString());
        assertTrue(out.toString().contains("--nursery"), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void saysWhatIsInATrace() throws IOException {
        assertEquals(0, run("info", trace()), err.toString());
        String[] lines = out.toString().replaceAll(" +", " ").split("\\R", -1);
        assertEquals("program app.Main", lines[0]);
        assertTrue(List.of(lines).containsAll(List.of("trace complete", " rounds 1", "lost 0")), out.toString());
    }

    @Test
    void saysThatATraceWasCut() throws IOException {
        Path file = Path.of(trace());
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        assertEquals(0, run("info", file.toString()), err.toString());
        assertTrue(out.toString().contains("cut: what it holds is valid"), out.toString());
        assertTrue(out.toString().contains("rounds"), out.toString());
    }

    @Test
    void replaysATraceAsText() throws IOException {
        assertEquals(0, run("replay", trace()), err.toString());
        assertTrue(out.toString().startsWith("Shadow Heap: "), out.toString());
        assertTrue(out.toString().contains("nursery 8 KiB, pages of 4 KiB"), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void replaysATraceAsJsonIntoAFile() throws IOException {
        Path result = directory.resolve("result.json");
        assertEquals(
                0,
                run(
                        "replay",
                        trace(),
                        "--format",
                        "json",
                        "--output",
                        result.toString(),
                        "--page",
                        "512",
                        "--nursery",
                        "16m",
                        "--tenure",
                        "3"),
                err.toString());
        String json = Files.readString(result);
        assertTrue(json.contains("\"pageBytes\" : 512,"), json);
        assertTrue(json.contains("\"nurseryBytes\" : 16777216,"), json);
        assertTrue(json.contains("\"tenure\" : 3,"), json);
        assertEquals("", out.toString());
    }

    @Test
    void refusesABadOptionWithItsValueAndWhatIsAllowed() throws IOException {
        assertEquals(2, run("replay", trace(), "--page", "100"));
        assertTrue(
                err.toString().startsWith("shadowheap: page must be a power of two from 512 to 64k: page=100\n"),
                err.toString());
        assertEquals(2, run("replay", trace(), "--colour"));
        assertEquals(2, run("replay"));
    }

    @Test
    void failsInOneLineForAFileThatIsMissing() {
        assertEquals(1, run("replay", directory.resolve("missing").toString()));
        assertEquals("shadowheap: no such file: " + directory.resolve("missing") + "\n", err.toString());
    }

    @Test
    void failsInOneLineForAFileThatIsNoTrace() throws IOException {
        Path foreign = Files.writeString(directory.resolve("foreign"), "#!/bin/sh\necho hello\n");
        assertEquals(1, run("replay", foreign.toString()));
        assertEquals(
                "shadowheap: unreadable trace at byte 0: expected a trace, found some other kind of file\n",
                err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void failsInOneLineForADirectoryOrAnOutputThatCannotBe() throws IOException {
        assertEquals(1, run("replay", directory.toString()));
        assertEquals(
                1,
                run(
                        "replay",
                        trace(),
                        "--output",
                        directory.resolve("no/such/file").toString()));
        assertEquals(2, err.toString().lines().count(), err.toString());
    }

    @Test
    void readsACutTraceAndSaysSoFirst() throws IOException {
        Path trace = Path.of(trace());
        byte[] bytes = Files.readAllBytes(trace);
        Files.write(trace, java.util.Arrays.copyOf(bytes, bytes.length - 5));
        assertEquals(0, run("replay", trace.toString()));
        assertTrue(out.toString().startsWith("recording ended early: the trace was cut off"), out.toString());
    }

    @Test
    void failsForADamagedTrace() throws IOException {
        Path trace = Path.of(trace());
        byte[] bytes = Files.readAllBytes(trace);
        bytes[bytes.length - 5] ^= 1;
        Files.write(trace, bytes);
        assertEquals(1, run("replay", trace.toString()));
        assertEquals(1, err.toString().lines().count(), err.toString());
    }
}
