package org.shadowheap.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that replay, as somebody types them. */
final class SweepCommandTest {

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private Path trace;

    @BeforeEach
    void record() throws IOException {
        trace = ListTrace.write(directory.resolve("list.shtrace"));
    }

    private int run(String command, String... options) {
        out = new StringWriter();
        err = new StringWriter();
        String[] arguments = Stream.concat(Stream.of(command, trace.toString()), Stream.of(options))
                .toArray(String[]::new);
        return ShadowHeapCommand.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private String printed(String... options) {
        assertEquals(0, run("replay", options), err.toString());
        assertEquals("", err.toString());
        return out.toString();
    }

    /** What does not depend on the clock or on how deep it is indented. */
    private static String comparable(String json) {
        return json.replaceAll("\"nanos\" : [0-9]+", "").replaceAll("\\s", "");
    }

    /** The first five columns of each row. */
    private List<String> heaps() {
        return out.toString()
                .lines()
                .skip(1)
                .map(row -> String.join(",", List.of(row.split(",", -1)).subList(0, 5)))
                .toList();
    }

    @Test
    void sweepGivesTheResultOfEachCombinationInTheirOrder() {
        List<String> single = new ArrayList<>();
        for (String nursery : List.of("1m", "64k")) {
            for (String tenure : List.of("2", "1")) {
                for (String card : List.of("512", "128")) {
                    single.add(printed(
                            "--format",
                            "json",
                            "--remset",
                            "cards",
                            "--nursery",
                            nursery,
                            "--tenure",
                            tenure,
                            "--card",
                            card));
                }
            }
        }
        assertEquals(8, single.stream().distinct().count());
        String sweep = printed(
                "--format",
                "json",
                "--nursery",
                "1m,64k",
                "--tenure",
                "2,1",
                "--card",
                "512,128",
                "--remset",
                "cards",
                "--jobs",
                "3");
        assertEquals(comparable("[" + String.join(",", single) + "]"), comparable(sweep));
    }

    @Test
    void valuesMayAlsoBeGivenOneByOneAndCountOnce() {
        printed("--format", "csv", "--nursery", "64k,1m,65536", "--nursery", "1m", "--page", "512");
        assertEquals(List.of("65536,512,1,dirty-pages,", "1048576,512,1,dirty-pages,"), heaps());
    }

    @Test
    void csvHasARowForEachHeapAlsoForOne() {
        printed("--format", "csv");
        assertEquals(List.of("262144,4096,1,dirty-pages,"), heaps());
    }

    @Test
    void setsWithoutCardsComeOnceHoweverManyCardsThereAre() {
        printed("--format", "csv", "--remset", "cards,dirty-pages,youngest", "--card", "128,4k");
        assertEquals(
                List.of(
                        "262144,4096,1,cards,128",
                        "262144,4096,1,cards,4096",
                        "262144,4096,1,dirty-pages,",
                        "262144,4096,1,youngest,128",
                        "262144,4096,1,youngest,4096"),
                heaps());
    }

    @Test
    void textIsATableAndARecommendation() {
        String text = printed("--nursery", "64k,128k,1m", "--remset", "cards", "--card", "256,512");
        assertTrue(
                text.startsWith("Sweep: 6 heaps for app.Main on Some VM\nall with page 4k, tenure 1, remset cards\n"),
                text);
        assertTrue(text.contains("\nOf these heaps this program wants nursery "), text);
        assertTrue(text.contains("\n  -Xmn"), text);
    }

    @Test
    void cardsThatNoHeapWouldHaveAreRefusedInOneLine() {
        assertEquals(2, run("replay", "--card", "128"));
        assertEquals(
                "shadowheap: card is for remset cards or youngest, others have none: card=128 remset=dirty-pages\n",
                err.toString());
        assertEquals(2, run("replay", "--card", "128,4k", "--remset", "cards", "--page", "4k,512"));
        assertEquals("shadowheap: card must not be larger than page, 512: card=4k\n", err.toString());
    }

    @Test
    void badValuesAreRefusedInOneLine() {
        assertEquals(2, run("replay", "--nursery", "4m,x"));
        assertEquals("shadowheap: nursery must be a size from 4k to 1t: nursery=x\n", err.toString());
        assertEquals(2, run("replay", "--tenure", "1,,2"));
        assertEquals("shadowheap: tenure must be from 1 to 15: tenure=\n", err.toString());
        assertEquals(2, run("replay", "--jobs", "0"));
        assertEquals("shadowheap: jobs must be from 1 to 256: jobs=0\n", err.toString());
        assertEquals(2, run("replay", "--heap", "1m"));
        assertEquals("shadowheap: heap must be a size from 16m to 1t: heap=1m\n", err.toString());
        assertEquals(2, run("replay", "--format", "xml"));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains("[text, json, csv]"), err.toString());
        assertEquals("", out.toString());
    }

    /** All nodes go on ageing with a tenure of 15, and what ages needs more room than what is old. */
    @Test
    void whatFailsIsNamedAndTheOthersArePrinted() {
        String[] options = {"--heap", "24m", "--nursery", "1m", "--tenure", "1,15", "--format", "json"};
        assertEquals(1, run("replay", options));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(
                err.toString()
                        .startsWith(
                                "shadowheap: --nursery 1m --page 4k --tenure 15 --remset dirty-pages: heap is full: "),
                err.toString());
        String one = out.toString();
        String alone = printed("--heap", "24m", "--nursery", "1m", "--tenure", "1", "--format", "json");
        assertEquals(comparable("[" + alone + "]"), comparable(one));
        assertEquals(1, run("replay", "--heap", "24m", "--nursery", "1m", "--tenure", "1,15"));
        assertTrue(
                out.toString().startsWith("partial: 1 of 2 heaps could not be replayed: missing here\n"),
                out.toString());
    }

    @Test
    void theOnlyHeapThatFailsIsToldInOneLine() {
        assertEquals(1, run("replay", "--heap", "24m", "--nursery", "1m", "--tenure", "15"));
        assertTrue(err.toString().startsWith("shadowheap: heap is full: "), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void aHeapThatIsTooSmallForItsNurseryIsToldOf() {
        assertEquals(0, run("replay", "--heap", "32m", "--nursery", "8m"));
        assertEquals(
                "shadowheap: --nursery 8m --page 4k --tenure 1 --remset dirty-pages: a heap of 32 MiB is too small for this, so "
                        + "collections came earlier than they would; see --heap\n",
                err.toString());
    }

    @Test
    void aDamagedTraceIsToldOnceHoweverManyHeaps() throws IOException {
        byte[] bytes = Files.readAllBytes(trace);
        bytes[bytes.length / 2] ^= 1;
        Files.write(trace, bytes);
        assertEquals(1, run("replay", "--nursery", "64k,128k,1m"));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().startsWith("shadowheap: unreadable trace at byte "), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void exportWritesAllTablesIntoAFolder() throws IOException {
        Path folder = directory.resolve("new/tables");
        assertEquals(
                0,
                run("export", "--format", "csv", "--output", folder.toString(), "--nursery", "64k,1m"),
                err.toString());
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString()).sorted().forEach(names::add);
        }
        assertEquals(
                List.of(
                        "callers.csv",
                        "fields.csv",
                        "minor-collections.csv",
                        "real-collections.csv",
                        "results.csv",
                        "sites.csv"),
                names);
        List<String> sites = Files.readAllLines(folder.resolve("sites.csv"));
        assertEquals(5, sites.size(), "two sites in each of two heaps");
        assertTrue(
                sites.get(1)
                        .startsWith("65536,4096,1,dirty-pages,,app.List.append:10,app.Node.next,"
                                + (ListTrace.NODES - 1) + ","),
                sites.get(1));
        assertTrue(out.toString().contains(folder.resolve("sites.csv") + ": sites, 4 rows\n"), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void exportWritesOneTableIntoAFile() throws IOException {
        Path file = directory.resolve("one.csv");
        assertEquals(0, run("export", "--format", "csv", "--output", file.toString()), err.toString());
        List<String> collections = Files.readAllLines(file);
        assertTrue(collections.get(0).contains(",collection,clockBytes,"), collections.get(0));
        assertTrue(collections.size() > 30, () -> "rows=" + collections.size());
        assertEquals(0, run("export", "--format", "csv", "--output", file.toString(), "--table", "results"));
        assertEquals(2, Files.readAllLines(file).size());
        printed("--format", "csv");
        assertEquals(withoutTimes(out.toString()), withoutTimes(Files.readString(file)));
    }

    private static String withoutTimes(String csv) {
        List<String> names = List.of(csv.lines().findFirst().orElseThrow().split(",", -1));
        List<String> cells = new ArrayList<>(
                List.of(csv.lines().skip(1).findFirst().orElseThrow().split(",", -1)));
        cells.set(names.indexOf("minorNanos"), "");
        cells.set(names.indexOf("majorNanos"), "");
        return names + "\n" + cells;
    }

    @Test
    void printingThatFailsIsAFailure() {
        for (String command : List.of("replay", "info", "export")) {
            List<String> arguments = new ArrayList<>(List.of(command, trace.toString()));
            if (command.equals("export")) {
                arguments.addAll(List.of(
                        "--format",
                        "csv",
                        "--output",
                        directory.resolve("one.csv").toString()));
            }
            err = new StringWriter();
            int code = ShadowHeapCommand.commandLine()
                    .setOut(new PrintWriter(new FullWriter()))
                    .setErr(new PrintWriter(err))
                    .execute(arguments.toArray(String[]::new));
            assertEquals("shadowheap: cannot write to standard output\n", err.toString(), command);
            assertEquals(1, code, command);
        }
    }

    /** A print stream keeps silent, as does a writer around it. */
    @Test
    void printingToTheRealStandardOutputThatFailsIsAFailure() {
        PrintStream before = System.out;
        System.setOut(new PrintStream(new FullStream(), false, StandardCharsets.UTF_8));
        try {
            int code = ShadowHeapCommand.commandLine()
                    .setErr(new PrintWriter(err))
                    .execute("replay", trace.toString(), "--format", "json");
            assertEquals("shadowheap: cannot write to standard output\n", err.toString());
            assertEquals(1, code);
        } finally {
            System.setOut(before);
        }
    }

    private static final class FullStream extends OutputStream {

        @Override
        public void write(int value) throws IOException {
            throw new IOException("no space left");
        }
    }

    /** As a disk that is full. */
    private static final class FullWriter extends Writer {

        @Override
        public void write(char[] text, int from, int length) throws IOException {
            throw new IOException("no space left");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** A trace that cannot be read would be told of first if it were read. */
    @Test
    void anOutputThatCannotBeIsRefusedBeforeTheReplay() throws IOException {
        byte[] bytes = Files.readAllBytes(trace);
        bytes[bytes.length / 2] ^= 1;
        Files.write(trace, bytes);
        for (String name : List.of("no/one.csv", "list.shtrace/one.csv")) {
            String file = directory.resolve(name).toString();
            assertEquals(1, run("replay", "--output", file));
            assertEquals("shadowheap: output must be in a folder that exists: output=" + file + "\n", err.toString());
            assertEquals(1, run("export", "--format", "csv", "--output", file));
            assertEquals("shadowheap: output must be in a folder that exists: output=" + file + "\n", err.toString());
        }
        assertEquals(1, run("replay", "--output", directory.toString()));
        assertEquals("shadowheap: output must be a file, not a folder: output=" + directory + "\n", err.toString());
        String below = directory.resolve("list.shtrace/a/b").toString();
        assertEquals(1, run("export", "--format", "csv", "--output", below));
        assertEquals("shadowheap: output must not be below a file: output=" + below + "\n", err.toString());
    }

    @Test
    void theTraceIsNotWrittenOver() throws IOException {
        byte[] before = Files.readAllBytes(trace);
        Path link = Files.createSymbolicLink(directory.resolve("link.csv"), trace);
        for (Path each : List.of(trace, link)) {
            String line = "shadowheap: output must not be the trace itself: output=" + each + "\n";
            assertEquals(2, run("replay", "--output", each.toString()));
            assertEquals(line, err.toString());
            assertEquals(2, run("export", "--format", "csv", "--output", each.toString()));
            assertEquals(line, err.toString());
        }
        assertArrayEquals(before, Files.readAllBytes(trace));
    }

    @Test
    void exportWritesOverNoFileThatIsNoCsv() throws IOException {
        Path notes = Files.writeString(directory.resolve("notes"), "mine");
        assertEquals(2, run("export", "--format", "csv", "--output", notes.toString()));
        assertEquals(
                "shadowheap: output must be a folder or end with .csv, and is a file that does not: output=" + notes
                        + "\n",
                err.toString());
        assertEquals("mine", Files.readString(notes));
    }

    @Test
    void exportRefusesTablesAndFormsThatDoNotExist() {
        assertEquals(2, run("export", "--format", "csv", "--output", "x.csv", "--table", "site"));
        assertTrue(err.toString().startsWith("shadowheap: table must be one of results, "), err.toString());
        assertEquals(1, err.toString().lines().count());
        assertEquals(2, run("export", "--format", "parquet", "--output", "x"));
        assertEquals(2, run("export", "--output", "x"));
        assertEquals(2, run("export", "--format", "csv"));
        assertFalse(Files.exists(Path.of("x")));
    }

    @Test
    void collectionsComeWhereTheJvmHadThemIfAskedFor() throws IOException {
        trace = ListTrace.write(trace, ListTrace.NODES, 2_000);
        String json = printed("--format", "json", "--collect-at", "real");
        assertTrue(json.contains("\"collectAt\" : \"real\""), json);
        assertTrue(json.contains("\"nurseryBytes\" : 2097152"), json);
        printed("--format", "csv", "--collect-at", "real", "--tenure", "1,2");
        List<String> names =
                List.of(out.toString().lines().findFirst().orElseThrow().split(",", -1));
        for (String row : out.toString().lines().skip(1).toList()) {
            List<String> cells = List.of(row.split(",", -1));
            assertEquals("real", cells.get(names.indexOf("collectAt")), row);
            assertEquals("5", cells.get(names.indexOf("minorCollections")), row);
            assertTrue(Double.parseDouble(cells.get(names.indexOf("workPerMiB"))) > 1 << 20, row);
        }
        String text = printed("--collect-at", "real").replaceAll("\\s+", " ");
        assertTrue(text.contains(" collected where the JVM collected its young generation, of up to 2 MiB,"), text);
        assertTrue(text.contains(" The shadow heap was collected at the same places. "), text);
        String sweep = printed("--collect-at", "real", "--tenure", "1,2");
        assertTrue(sweep.contains("\nall with nursery of the JVM, page 4k, remset dirty-pages\n"), sweep);
        assertTrue(sweep.contains("""
                        As flags beside those that size the young generation as it was:
                          -XX:MaxTenuringThreshold=0
                        """), sweep);
        assertTrue(printed("--format", "json", "--collect-at", "nursery").contains("\"collectAt\" : \"nursery\""));
    }

    @Test
    void theJvmsCollectionsGoWithNothingThatContradictsThem() {
        assertEquals(2, run("replay", "--collect-at", "real"));
        assertEquals(
                "shadowheap: collect-at real needs young collections of the JVM itself, and this trace tells of none:"
                        + " collect-at=real\n",
                err.toString());
        assertEquals(2, run("replay", "--collect-at", "real", "--nursery", "4m"));
        assertEquals(
                "shadowheap: collect-at real takes the JVM's own eden for a nursery, so it goes without --nursery:"
                        + " collect-at=real\n",
                err.toString());
        assertEquals(2, run("replay", "--collect-at", "real", "--liveness", "live"));
        assertEquals(
                "shadowheap: collect-at real is another heap than the session's, so it goes without --liveness live:"
                        + " collect-at=real\n",
                err.toString());
        assertEquals(2, run("replay", "--collect-at", "never"));
        assertEquals("", out.toString());
    }

    @Test
    void exportWritesTheFormOfElephantTracks() throws IOException {
        Path file = directory.resolve("list.et");
        assertEquals(0, run("export", "--format", "et", "--output", file.toString()), err.toString());
        List<String> lines = Files.readAllLines(file);
        assertEquals(3 + ListTrace.NODES + ListTrace.NODES, lines.size(), "classes, births and stores; nothing dies");
        assertEquals("N 65 400 Lapp/Node; 0 0", lines.get(5));
        assertEquals("U 0 64 65 c 0", lines.get(6));
        assertEquals(file + ": " + lines.size() + " lines\n", out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void theFormOfElephantTracksNeedsOneHeapAndTheWholeTrace() throws IOException {
        Path file = Files.writeString(directory.resolve("mine.et"), "mine");
        String name = file.toString();
        assertEquals(2, run("export", "--format", "et", "--output", name, "--nursery", "1m,2m"));
        assertEquals("shadowheap: format et takes one heap, one value for each option: heaps=2\n", err.toString());
        assertEquals(2, run("export", "--format", "et", "--output", name, "--liveness", "live"));
        assertEquals("shadowheap: format et needs to know when objects die: liveness=live\n", err.toString());
        assertEquals(2, run("export", "--format", "et", "--output", name, "--table", "sites"));
        assertEquals("shadowheap: table is for format csv: table=sites\n", err.toString());
        assertEquals(2, run("export", "--format", "et", "--output", trace.toString()));
        assertEquals("shadowheap: output must not be the trace itself: output=" + trace + "\n", err.toString());
        assertEquals(1, run("export", "--format", "et", "--output", directory.toString()));
        assertEquals("mine", Files.readString(file));
    }

    /** All nodes live by either method, so there is no error. */
    @Test
    void theHeapThatIsAsRecordedTellsWhatTheSessionSaid() {
        String json = printed("--format", "json");
        assertTrue(json.contains("\"survivedBytesError\" : 0.0,"), json);
        assertTrue(json.matches("(?s).*\"liveMethod\" : \\{\\s+\"survivedBytes\" : [1-9].*"), json);
        String text = printed().replaceAll("\\s+", " ");
        assertTrue(
                text.contains(" live a session that does not know what comes says 9.9 MiB survived (0.0 %), "), text);
        String none = "\"liveMethod\" : null";
        assertTrue(printed("--format", "json", "--liveness", "live").contains(none), out.toString());
        assertTrue(printed("--format", "json", "--nursery", "1m").contains(none), out.toString());
        String sweep = printed("--format", "json", "--nursery", "1m,256k,64k");
        assertEquals(2, sweep.split(none, -1).length - 1, sweep);
        assertEquals(1, sweep.split("survivedBytesError", -1).length - 1, sweep);
    }

    @Test
    void aliveIsWhatTheTraceMentionsLaterUnlessTheSessionsVerdictsAreAskedFor() {
        assertTrue(printed("--format", "json").contains("\"liveness\" : \"whole\""), out.toString());
        assertTrue(
                printed("--format", "json", "--liveness", "live").contains("\"liveness\" : \"live\""), out.toString());
        assertEquals(0, run("replay", "--liveness", "live", "--nursery", "256k", "--page", "4k"), err.toString());
        assertEquals(2, run("replay", "--liveness", "live", "--nursery", "256k,4m"));
        assertEquals(
                "shadowheap: liveness live repeats the recorded heap, so it goes without other values for --nursery, --page,"
                        + " --tenure, --remset and --card: liveness=live\n",
                err.toString());
        assertEquals(2, run("replay", "--liveness", "maybe"));
    }
}
