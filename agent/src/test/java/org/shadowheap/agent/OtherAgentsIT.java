package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jacoco.core.data.ExecutionData;
import org.jacoco.core.tools.ExecFileLoader;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.targets.Several;
import org.shadowheap.targets.TroublesomeAgent;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jar;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/** Another agent beside ours, named before or after it: both do what they do alone. */
class OtherAgentsIT {

    private static final String[] PROGRAMS = {"LanguageWrites", "Links"};
    private static final String TARGETS = "org.shadowheap.targets.";

    /** Where JaCoCo keeps which code has run, in each class. */
    private static final String PROBES = ".$jacocoData";

    private static final Map<Path, ChildJvm> DONE = new HashMap<>();

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    static Stream<Arguments> orders() {
        return Jdk.all().stream().flatMap(jdk -> Stream.of(Arguments.of(jdk, true), Arguments.of(jdk, false)));
    }

    private ChildJvm run(Jdk jdk, List<String> agents) throws Exception {
        return new TargetProgram(jdk, folder)
                .run(agents, TargetProgram.classPath(), Several.class, PROGRAMS)
                .succeeded();
    }

    /** With one agent alone: the same for every test, so it runs once, and what it left is copied. */
    private ChildJvm oncePer(Jdk jdk, String what, String agent) throws Exception {
        Path before = shared.resolve(what + jdk.feature());
        ChildJvm done = DONE.get(before);
        if (done == null) {
            done = run(jdk, List.of(agent));
            Files.createDirectories(before);
            for (Path file : files()) {
                Files.copy(file, before.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
            DONE.put(before, done);
        }
        try (Stream<Path> files = Files.list(before)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return done;
    }

    private static String jacoco(String file) {
        return "-javaagent:" + System.getProperty("shadowheap.another.agent") + "=destfile=" + file + ",includes="
                + TARGETS + "*";
    }

    private static List<String> inOrder(boolean oursLast, String other, String ours) {
        return oursLast ? List.of(other, ours) : List.of(ours, other);
    }

    private Map<String, Object> report(String file) throws IOException {
        return Json.read(folder.resolve(file));
    }

    /** Stores by field of the program. */
    private static Map<String, Long> stores(Map<String, Object> report) {
        Map<String, Long> stores = new TreeMap<>();
        for (Map<String, Object> each : Json.objects(report, "fields")) {
            // How many lambdas were linked before is in their names on some JDKs.
            String field = ((String) each.get("field")).replaceFirst("\\$\\$Lambda[^.]*", "\\$\\$Lambda");
            if (field.startsWith(TARGETS)
                    && !field.startsWith(TroublesomeAgent.class.getName())
                    && !field.endsWith(PROBES)) {
                stores.merge(field, Json.number(each, "stores"), Long::sum);
            }
        }
        return stores;
    }

    /** What JaCoCo found by class: the class's number and its probes. */
    private Map<String, String> covered(String file) throws IOException {
        ExecFileLoader loader = new ExecFileLoader();
        loader.load(folder.resolve(file).toFile());
        Map<String, String> covered = new TreeMap<>();
        for (ExecutionData each : loader.getExecutionDataStore().getContents()) {
            covered.put(each.getName(), each.getId() + " " + Arrays.toString(each.getProbes()));
        }
        return covered;
    }

    @ParameterizedTest(name = "{0}, ours last: {1}")
    @MethodSource("orders")
    void jacocoCoversTheSameAndWeCountTheSame(Jdk jdk, boolean oursLast) throws Exception {
        ChildJvm covered = oncePer(jdk, "covered", jacoco("alone.exec"));
        oncePer(jdk, "watched", TargetProgram.agent("report=alone.json"));
        ChildJvm both = run(jdk, inOrder(oursLast, jacoco("both.exec"), TargetProgram.agent("report=both.json")));
        assertEquals(covered.out(), both.out());
        assertEquals("", covered.err());
        assertEquals("", both.err());
        assertFalse(covered("alone.exec").size() < PROGRAMS.length, "classes covered");
        assertEquals(covered("alone.exec"), covered("both.exec"));
        assertSameStores("both.json");
    }

    @ParameterizedTest(name = "{0}, ours last: {1}")
    @MethodSource("orders")
    void anAgentThatThrowsAndRetransformsChangesNothing(Jdk jdk, boolean oursLast) throws Exception {
        Path jar = folder.resolve("troublesome.jar");
        Jar.write(
                jar,
                Map.of("Premain-Class", TroublesomeAgent.class.getName(), "Can-Retransform-Classes", "true"),
                TroublesomeAgent.class,
                Class.forName(TroublesomeAgent.class.getName() + "$1"),
                Class.forName(TroublesomeAgent.class.getName() + "$2"));
        ChildJvm alone = oncePer(jdk, "watched", TargetProgram.agent("report=alone.json"));
        List<String> agents =
                new ArrayList<>(inOrder(oursLast, "-javaagent:" + jar, TargetProgram.agent("report=both.json")));
        ChildJvm both = run(jdk, agents);
        assertEquals(alone.out(), both.out());
        assertEquals("", both.err());
        assertSameStores("both.json");
    }

    private void assertSameStores(String file) throws IOException {
        Map<String, Long> alone = stores(report("alone.json"));
        assertFalse(alone.isEmpty(), () -> "fields in " + files());
        assertEquals(alone, stores(report(file)));
        assertEquals(0, Json.number(report(file), "fidelity", "lost"), "lost");
        assertEquals(0, Json.number(report(file), "fidelity", "contradictions"), "contradictions");
        assertEquals(List.of(), Json.objects(report(file), "uninstrumented"));
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
