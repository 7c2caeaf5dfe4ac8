package org.shadowheap.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * How like the shadow heap is to the heap, for whole programs, JDKs and collectors: a line of a table for each run.
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar org.shadowheap.benchmarks.FidelityTable [--java FILE]... [--jvm OPTION]...
 *     [--shadowheap JAR] [--samples JAR] [--options KEY=VALUE,...] [--running SECONDS] PROGRAM...
 * </pre>
 *
 * Each option of {@code --jvm} is a variant of its own. Without {@code --running} programs are recorded from the start and compared
 * at their end ({@code verify=exit}); with it they run by themselves for so long, and {@code verify PID} compares them, with a
 * session that it attaches for it; the number of the program says how often it shall repeat its work. Where something differs the
 * whole result is kept, and its name told on stderr. A run that fails is a line that says so.
 */
public final class FidelityTable {

    private static final JsonFactory JSON = new JsonFactory();
    private static final long LONGEST_MINUTES = 10;

    /** Stands for how many of the differences are stores of frames that began before the session. */
    private static final String EARLIER_FRAMES = "earlier frames";

    private static final String CAUSE_OF_EARLIER_FRAMES = "frame that began before";

    private final List<String> javas = new ArrayList<>();
    private final List<String> variants = new ArrayList<>();
    private String shadowheap = "agent/target/shadowheap.jar";
    private String samples = "sample-apps/target/sample-apps.jar";
    private String options = "heap=2g";
    private int runningSeconds;
    private final List<String> programs = new ArrayList<>();

    private FidelityTable() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        FidelityTable table = new FidelityTable();
        table.parse(arguments);
        table.run();
    }

    private void parse(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--java" -> javas.add(arguments[++i]);
                case "--jvm" -> variants.add(arguments[++i]);
                case "--shadowheap" -> shadowheap = arguments[++i];
                case "--samples" -> samples = arguments[++i];
                case "--options" -> options = arguments[++i];
                case "--running" -> runningSeconds = Integer.parseInt(arguments[++i]);
                default -> programs.add(arguments[i]);
            }
        }
        if (javas.isEmpty()) {
            javas.add(ProcessHandle.current().info().command().orElse("java"));
        }
        if (variants.isEmpty()) {
            variants.addAll(List.of("-XX:+UseG1GC", "-XX:+UseParallelGC", "-XX:+UseZGC"));
        }
        if (programs.isEmpty()) {
            programs.addAll(List.of("real-ecj", "real-h2", "real-lucene", "real-json", "real-caffeine"));
        }
    }

    private void run() throws IOException, InterruptedException {
        System.out.println("| program | JDK | JVM | objects | slots compared | differ | explained | racing | "
                + (runningSeconds > 0
                        ? "of earlier frames | never at rest | passes |"
                        : "resurrected | lost | contradictions |"));
        System.out.println("|---|---|---|---|---|---|---|---|---|---|" + "---|");
        for (String java : javas) {
            String version = ProcessCpu.feature(java);
            for (String variant : variants) {
                for (String program : programs) {
                    line(java, variant, program, "| `" + program + "` | " + version + " | `" + variant + "` | ");
                }
            }
        }
    }

    private void line(String java, String variant, String program, String head)
            throws IOException, InterruptedException {
        Path result = Files.createTempFile("fidelity", ".json");
        Map<String, String> found;
        try {
            found = runningSeconds > 0
                    ? verifyRunning(java, variant, program, result)
                    : verifyAtExit(java, variant, program, result);
        } catch (IllegalStateException failure) {
            System.out.println(head + failure.getMessage() + " |");
            return;
        }
        System.out.println(head + row(found));
        if (found.getOrDefault(prefix() + "differences", "0").equals("0")) {
            Files.delete(result);
        } else {
            System.err.println("what differs: " + result);
        }
    }

    private Map<String, String> verifyAtExit(String java, String variant, String program, Path result)
            throws IOException, InterruptedException {
        String agent = "-javaagent:" + shadowheap + "=verify=exit,report=" + result + ',' + options;
        Process process = start(command(java, variant, program, agent));
        if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("the program did not end, or not with 0: " + program + ' ' + variant);
        }
        return figures(result);
    }

    private Map<String, String> verifyRunning(String java, String variant, String program, Path result)
            throws IOException, InterruptedException {
        Process process = start(command(java, variant, program));
        try {
            Thread.sleep(runningSeconds * 1000L);
            Process verify = start(List.of(
                    java,
                    "-jar",
                    shadowheap,
                    "verify",
                    Long.toString(process.pid()),
                    "--format",
                    "json",
                    "--output",
                    result.toString()));
            if (verify.waitFor() > 1 || Files.size(result) == 0) {
                throw new IllegalStateException(
                        process.isAlive()
                                ? "verify failed: " + program + ' ' + variant
                                : "the program ended before it was compared: " + program + ' ' + variant);
            }
            return figures(result);
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> command(String java, String variant, String program, String... more) {
        List<String> command = new ArrayList<>(List.of(java, variant));
        command.addAll(Arrays.asList(more));
        command.addAll(List.of("-jar", samples));
        command.addAll(Arrays.asList(program.split(" ", -1)));
        return command;
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private String prefix() {
        return runningSeconds > 0 ? "verified." : "fidelity.verified.";
    }

    private String row(Map<String, String> found) {
        StringBuilder row = new StringBuilder();
        for (String key : List.of("objects", "edges", "differences", "explained", "racing")) {
            row.append(number(found, prefix() + key)).append(" | ");
        }
        if (runningSeconds > 0) {
            return row + number(found, EARLIER_FRAMES) + " | " + number(found, "unsettled") + " | "
                    + number(found, "passes") + " |";
        }
        return row + number(found, "fidelity.resurrected") + " of " + number(found, "fidelity.idsUsed") + " | "
                + number(found, "fidelity.lost") + " | " + number(found, "fidelity.contradictions") + " |";
    }

    private static String number(Map<String, String> found, String path) {
        return String.format(
                Locale.ROOT, "%,d", Long.parseLong(Objects.requireNonNull(found.get(path), "no such figure: " + path)));
    }

    /** Numbers of an object and of those within it, by the names that lead to them. */
    private static Map<String, String> figures(Path file) throws IOException {
        Map<String, String> found = new HashMap<>();
        try (JsonParser json = JSON.createParser(file.toFile())) {
            List<String> path = new ArrayList<>();
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                switch (token) {
                    case START_OBJECT -> path.add(Objects.requireNonNullElse(json.currentName(), ""));
                    case END_OBJECT -> path.remove(path.size() - 1);
                    case START_ARRAY -> {
                        if ("byField".equals(json.currentName())) {
                            found.put(EARLIER_FRAMES, Long.toString(ofEarlierFrames(json)));
                        } else {
                            json.skipChildren();
                        }
                    }
                    case VALUE_NUMBER_INT -> {
                        String holder = String.join(".", path.subList(1, path.size()));
                        found.put((holder.isEmpty() ? "" : holder + '.') + json.currentName(), json.getText());
                    }
                    default -> {
                        // No number.
                    }
                }
            }
        }
        return found;
    }

    /** Adds up the slots of the fields that have that cause; the parser stands at the array. */
    private static long ofEarlierFrames(JsonParser json) throws IOException {
        long slots = 0;
        boolean isOfThem = false;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                isOfThem = json.getText().equals(CAUSE_OF_EARLIER_FRAMES);
            } else if (json.currentToken() == JsonToken.VALUE_NUMBER_INT && isOfThem) {
                slots += json.getLongValue();
            }
        }
        return slots;
    }
}
