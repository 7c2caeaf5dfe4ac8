package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.targets.DeepRecursion;
import org.shadowheap.targets.OverflowingStores;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/**
 * What a program stores whose stack overflows hundreds of times is in the report, or counted as lost there; but for a store at
 * whose barrier the stack overflowed before anything of the barrier ran: these are at most two for each of the overflows that
 * the program sees, of which there are no more than the report tells. Here no call of a barrier tells of more than two.
 */
class StackOverflowIT {

    private static final int OVERFLOWS = 200;
    private static final int THREADS = 2;

    private static final Pattern NOTE = Pattern.compile(
            "the stack overflowed ([\\d,]+) times: each may have cost up to four stores that are not counted");

    /** The program's frames are the interpreter's, as with {@code -Xint}, under which the agent's start takes long. */
    private static final List<String> INTERPRETED =
            List.of("-XX:CompileCommand=quiet", "-XX:CompileCommand=exclude,org.shadowheap.targets.*::*");

    @TempDir
    private Path folder;

    static Stream<Arguments> modes() {
        Stream<Arguments> slow = Jdk.enough().stream()
                .flatMap(jdk -> Stream.of(INTERPRETED, List.of("-XX:TieredStopAtLevel=1"))
                        .map(options -> Arguments.of(jdk, options)));
        return Stream.concat(slow, Jdk.all().stream().map(jdk -> Arguments.of(jdk, List.<String>of())));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("modes")
    void everyStoreIsReportedOrCountedOrOneOfTwiceAsManyAsTheOverflows(Jdk jdk, List<String> jvmOptions)
            throws Exception {
        TargetProgram programs = new TargetProgram(jdk, folder);
        List<String> options = new ArrayList<>(jvmOptions);
        // So little that chunks which an overflow lost would be missed.
        options.add(TargetProgram.agent("report=report.json,log=4m,max-wait=60s"));
        ChildJvm watched = programs.run(
                        options,
                        TargetProgram.classPath(),
                        OverflowingStores.class,
                        String.valueOf(OVERFLOWS),
                        String.valueOf(THREADS))
                .succeeded();
        assertEquals("whole=true", watched.out().strip());
        assertEquals("", watched.err());

        Map<String, Object> report = Json.read(folder.resolve("report.json"));
        Map<String, Long> reported = new HashMap<>();
        for (Map<String, Object> field : Json.objects(report, "fields")) {
            reported.merge((String) field.get("field"), Json.number(field, "stores"), Long::sum);
        }
        long stores = 0;
        long missing = 0;
        for (String line : Files.readAllLines(folder.resolve("stores.txt"))) {
            int space = line.indexOf(' ');
            long made = Long.parseLong(line.substring(space + 1));
            stores += made;
            missing += made - reported.getOrDefault(line.substring(0, space), 0L);
        }
        long lost = Json.number(report, "fidelity", "lost");
        long overflows = overflows(report);
        // The report of the tests keeps the counts.
        System.out.println(jdk + " " + jvmOptions + ": " + stores + " stores, " + missing + " missing, " + lost
                + " lost, " + overflows + " overflows");
        assertTrue(lost > 0, "the barrier overflows");
        // Those inside barriers are counted: the uncounted ones came to the program, and each ended a descent.
        assertTrue(overflows >= OVERFLOWS * THREADS, "overflows=" + overflows);
        assertTrue(missing - lost <= 2 * OVERFLOWS * THREADS, "missing=" + missing + " lost=" + lost);
        assertEquals(0, Json.number(report, "fidelity", "contradictions"), "contradictions");

        String after = OverflowingStores.class.getName() + "$After.";
        long each = (long) THREADS * OverflowingStores.AFTERWARDS;
        assertEquals(each, reported.get(after + "made"));
        assertEquals(each, reported.get(after + "stored"));
    }

    /**
     * Each object is entered into a table by the agent's code, which ends with the stack. The last step out of it is interpreted
     * here, while the first one is compiled soon: the step out needs more stack.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void aThreadWhoseStackEndedInTheAgentsCodeHasLeftIt(Jdk jdk) throws Exception {
        List<String> options = List.of(
                "-XX:CompileCommand=quiet",
                "-XX:CompileCommand=exclude,org.shadowheap.barrier.AgentCode::exit",
                "-XX:CompileCommand=dontinline,org.shadowheap.barrier.AgentCode::exit",
                TargetProgram.agent("report=report.json,identity=hash,max-wait=60s"));
        new TargetProgram(jdk, folder)
                .run(options, TargetProgram.classPath(), DeepRecursion.class)
                .succeeded();
        Map<String, Object> report = Json.read(folder.resolve("report.json"));
        long afterwards = Json.objects(report, "sites").stream()
                .filter(each -> ((String) each.get("site")).startsWith(DeepRecursion.class.getName() + ".afterwards:"))
                .mapToLong(each -> Json.number(each, "stores"))
                .sum();
        assertEquals(2 * 5_000, afterwards);
        assertEquals(0, Json.number(report, "fidelity", "contradictions"), "contradictions");
    }

    /** What the only note says. */
    private static long overflows(Map<String, Object> report) {
        List<?> notes = (List<?>) report.get("notes");
        assertEquals(1, notes.size(), notes::toString);
        Matcher note = NOTE.matcher((String) notes.get(0));
        assertTrue(note.matches(), notes::toString);
        return Long.parseLong(note.group(1).replace(",", ""));
    }
}
