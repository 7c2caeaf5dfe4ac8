package org.shadowheap.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the drain takes of a processor while a real program runs with its live mirror: CPU of the agent's threads, of which the drain is
 * nearly all, from the start to the end, for each event of the report. Merging the logs, decoding, applying, analysis and collections
 * are in it, and so is what the drain does before it is compiled: run it for some time.
 *
 * <pre>
 *   java -cp benchmarks/target/benchmarks.jar org.shadowheap.benchmarks.DrainCost SHADOWHEAP.JAR SAMPLE-APPS.JAR RUNS PROGRAM [ARGUMENT...]
 * </pre>
 */
public final class DrainCost {

    private static final Pattern TOTAL = Pattern.compile("\"events\"\\s*:\\s*\\{\\s*\"total\"\\s*:\\s*(\\d+)");
    private static final Pattern LOST = Pattern.compile("\"lost\"\\s*:\\s*(\\d+)");

    private DrainCost() {}

    /** Runs. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path report = Files.createTempFile("drain", ".json");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-javaagent:" + arguments[0] + "=heap=2g,report=" + report);
        command.addAll(List.of("-jar", arguments[1]));
        command.addAll(List.of(arguments).subList(3, arguments.length));
        for (int run = Integer.parseInt(arguments[2]); run > 0; run--) {
            ProcessCpu cpu = ProcessCpu.of(command);
            String result = Files.readString(report);
            double events = number(TOTAL, result);
            System.out.println(String.format(
                    Locale.ROOT,
                    "%,.0f events, %.0f lost, %.2f s of CPU in %.2f s: %.1f ns an event, %.1f million a second",
                    events,
                    number(LOST, result),
                    cpu.agentSeconds(),
                    cpu.wallSeconds(),
                    cpu.agentSeconds() * 1e9 / events,
                    events / cpu.agentSeconds() / 1e6));
        }
        Files.delete(report);
    }

    private static double number(Pattern pattern, String json) {
        Matcher found = pattern.matcher(json);
        if (!found.find()) {
            throw new IllegalStateException("the report has no " + pattern);
        }
        return Double.parseDouble(found.group(1));
    }
}
