package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.targets.TwoCallers;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/** Who calls {@code HashMap.putVal}, by samples: {@link TwoCallers}, one place in it three times as often as another. */
class CallersIT {

    private static final String PROGRAM = TwoCallers.class.getName();
    private static final String VALUE = "java.util.HashMap$Node.value";
    private static final int VIRTUAL_SINCE = 21;

    /**
     * A share of three quarters by the 300 samples or more of such a run deviates by 0.03; those that come later, and stand for more,
     * weigh more.
     */
    private static final double TOLERANCE = 0.12;

    /** Turns of the program where shares do not matter. */
    private static final String[] FEW = {"main", "100000"};

    @TempDir
    private Path folder;

    private ChildJvm run(Jdk jdk, String options, String... arguments) throws Exception {
        return run(jdk, List.of(), options, arguments);
    }

    private ChildJvm run(Jdk jdk, List<String> jvm, String options, String... arguments) throws Exception {
        List<String> jvmOptions = new ArrayList<>(jvm);
        jvmOptions.add(TargetProgram.agent("report=report.json,trace=run.shtrace,max-wait=60s" + options));
        return new TargetProgram(jdk, folder)
                .run(jvmOptions, TargetProgram.classPath(), TwoCallers.class, arguments)
                .succeeded();
    }

    private ChildJvm command(Jdk jdk, String... arguments) throws Exception {
        return new TargetProgram(jdk, folder).command(arguments).succeeded();
    }

    private Map<String, Object> report(String file) throws Exception {
        return Json.read(folder.resolve(file));
    }

    /** The site that stores values of maps most often. */
    private Map<String, Object> site() throws Exception {
        return Json.objects(report("report.json"), "sites").stream()
                .filter(each -> VALUE.equals(each.get("field")))
                .max(Comparator.comparingLong(each -> Json.number(each, "stores")))
                .orElseThrow();
    }

    /** Nothing of a walk may be taken for the program's: the JDK locks frames, which get hashes that could pass for ids. */
    private void assertNoContradiction() throws Exception {
        assertEquals(0, Json.number(report("report.json"), "fidelity", "contradictions"), "contradictions");
        assertEquals(0, Json.number(report("report.json"), "fidelity", "lost"), "lost");
    }

    private void assertShares(Map<String, Object> site) {
        List<Map<String, Object>> callers = Json.objects(site, "callers");
        double often = share(callers, "often");
        assertEquals(0.75, often, TOLERANCE, callers::toString);
        assertEquals(1 - often, share(callers, "seldom"), 0.01, callers::toString);
        assertEquals(1, callers.stream().mapToDouble(CallersIT::share).sum(), 1e-9, callers::toString);
        List<Double> shares = callers.stream().map(CallersIT::share).toList();
        assertEquals(shares.stream().sorted(Comparator.reverseOrder()).toList(), shares, "most first");
    }

    private static double share(Map<String, Object> caller) {
        return ((Number) caller.get("share")).doubleValue();
    }

    private static double share(List<Map<String, Object>> callers, String method) {
        String place = PROGRAM.replace(".", "\\.") + "\\." + method + ":[1-9][0-9]*";
        return callers.stream()
                .filter(each -> each.get("caller") instanceof String name && name.matches(place))
                .mapToDouble(CallersIT::share)
                .sum();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void aSiteInTheJdkNamesItsCallersWithTheirSharesAndSoDoesTheReplay(Jdk jdk) throws Exception {
        assertEquals("values=16", run(jdk, "").out().strip());
        assertShares(site());
        assertNoContradiction();
        command(jdk, "replay", "run.shtrace", "--liveness", "live", "--format", "json", "--output", "again.json");
        assertEquals(
                Json.figures(report("report.json"), Json::isTime), Json.figures(report("again.json"), Json::isTime));
        assertTrue(command(jdk, "info", "run.shtrace").out().contains("samples of callers"), "info");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void soItDoesWhereVirtualThreadsCall(Jdk jdk) throws Exception {
        assumeTrue(jdk.feature() >= VIRTUAL_SINCE, "virtual threads came with 21");
        ChildJvm program = run(jdk, ",nursery=64m", "virtual");
        assertEquals("", program.err());
        assertShares(site());
        assertNoContradiction();
    }

    /** JDK 25 would, to tell a frame's descriptor. Compilers do, too, before they compile a method. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void noClassIsLoadedForTheSakeOfASample(Jdk jdk) throws Exception {
        run(
                jdk,
                List.of(
                        "-XX:CompileCommand=quiet",
                        "-XX:CompileCommand=exclude," + PROGRAM + "::*",
                        "-Xlog:class+load=info:file=loaded.txt"),
                "",
                FEW);
        assertNotNull(site().get("callers"), "no sample");
        List<String> loaded = Files.readAllLines(folder.resolve("loaded.txt"));
        int begin = loaded.indexOf(loaded.stream()
                .filter(each -> each.contains(' ' + PROGRAM + ' '))
                .findFirst()
                .orElseThrow());
        assertNotEquals(0, begin);
        assertEquals(
                List.of(),
                loaded.stream().filter(each -> each.contains("$NeverLoaded ")).toList());
        assertEquals(
                List.of(),
                loaded.subList(begin, loaded.size()).stream()
                        .filter(each -> each.contains("StackStreamFactory") || each.contains("StackFrame"))
                        .toList());
    }

    /** Where the caller that is nearer does not count, the next one does. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void whatCountsAsTheApplicationIsTheUsersChoice(Jdk jdk) throws Exception {
        run(jdk, ",app=no.such.*;java.util.HashMap", FEW);
        assertNull(site().get("callers"), "HashMap is the application's own now");
        run(jdk, ",app=no.such.*", FEW);
        assertEquals("[{caller=null, share=1.0}]", site().get("callers").toString());
        run(jdk, ",app=*", FEW);
        assertNull(site().get("callers"), "there is nothing outside the application");
        assertFalse(command(jdk, "info", "run.shtrace").out().contains("samples of callers"), "info");
    }
}
