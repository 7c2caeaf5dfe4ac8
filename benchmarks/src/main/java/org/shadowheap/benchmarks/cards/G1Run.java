package org.shadowheap.benchmarks.cards;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.heap.CollectAt;
import org.shadowheap.heap.G1Cards;
import org.shadowheap.remset.RememberedSetPolicy;
import org.shadowheap.replay.HeapOverrides;
import org.shadowheap.replay.WatchedReplay;

/**
 * Runs a program under G1 with the agent, and replays what was recorded as G1 collected it.
 *
 * @param java the launcher
 * @param agent the agent's jar
 * @param youngBytes of the young generation, as a JVM's option
 * @param folder for the log and the trace
 */
record G1Run(String java, Path agent, String youngBytes, Path folder) {

    private static final int CARD_BYTES = 512;
    private static final long BOUND_BYTES = 4L << 30;

    /** Of a heap of 4 GiB. */
    private static final int REGION_BYTES = 2 << 20;

    private static final HeapOverrides HEAP = new HeapOverrides(
                    null, null, 1, RememberedSetPolicy.CARDS, CARD_BYTES, false)
            .whole()
            .withCollectAt(CollectAt.REAL);
    private static final int OTHER_REFINEMENT_SINCE = 20;
    private static final Pattern VERSION = Pattern.compile("version \"([0-9]+)");

    /** The version of its JDK: 17, 21, 25. */
    int feature() throws IOException, InterruptedException {
        String said = said(List.of(java, "-version"));
        Matcher version = VERSION.matcher(said);
        if (!version.find()) {
            throw new IllegalArgumentException("java must be a launcher of Java: java=" + java);
        }
        return Integer.parseInt(version.group(1));
    }

    /** Runs the program to its end. */
    CardComparison compare(List<String> program) throws IOException, InterruptedException {
        Path log = folder.resolve("g1.log");
        Path trace = folder.resolve("run.shtrace");
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(options(feature()));
        command.add("-Xlog:gc,gc+phases=debug,gc+refine+stats=debug:file=" + log + ":uptime,tags:filecount=0");
        command.add("-javaagent:" + agent + "=report=none,live=false,trace=" + trace);
        command.addAll(program);
        try {
            said(command);
            List<G1Collection> real = G1Collection.parse(Files.readAllLines(log));
            List<G1Cards> watchers = new ArrayList<>();
            AnalysisResult result = WatchedReplay.run(trace, HEAP, BOUND_BYTES, graph -> {
                watchers.add(new G1Cards(graph, REGION_BYTES));
                return watchers.get(0);
            });
            return CardComparison.of(real, result, watchers.get(0).counts());
        } finally {
            Files.deleteIfExists(trace); // it is large
        }
    }

    /**
     * Nobody refines cards while the program runs, what survives is old at once, and one thread copies, in an order that does not change.
     * Marking never begins: neither what is occupied nor metaspace asks for it.
     */
    private List<String> options(int feature) {
        List<String> options = new ArrayList<>(List.of(
                "-XX:+UseG1GC",
                "-Xms4g",
                "-Xmx4g",
                "-Xmn" + youngBytes,
                "-XX:MaxTenuringThreshold=0",
                "-XX:ParallelGCThreads=1",
                "-XX:InitiatingHeapOccupancyPercent=100",
                "-XX:-G1UseAdaptiveIHOP",
                "-XX:MetaspaceSize=1g"));
        if (feature < OTHER_REFINEMENT_SINCE) {
            options.addAll(List.of("-XX:-G1UseAdaptiveConcRefinement", "-XX:G1ConcRefinementThreads=0"));
            for (String zone : List.of("Green", "Yellow", "Red")) {
                options.add("-XX:G1ConcRefinement" + zone + "Zone=1000000000");
            }
        } else {
            options.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-G1UseConcRefinement"));
        }
        return options;
    }

    private static String said(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + ": " + said);
        }
        return said;
    }
}
