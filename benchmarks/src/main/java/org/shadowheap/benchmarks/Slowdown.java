package org.shadowheap.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What the agent costs whole programs: runs each with and without it in turn, and prints medians of CPU seconds of the program's
 * own threads, of the whole process, and of wall time. Linux only: it looks into {@code /proc}.
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar org.shadowheap.benchmarks.Slowdown [--runs N] [--java FILE]...
 *     [--agent JAR=OPTIONS] [--samples JAR] PROGRAM...
 * </pre>
 *
 * A program is a sample with its arguments in one word, {@code "real-h2 4"}, or {@code hello}.
 */
public final class Slowdown {

    private static final String HELLO = "hello";

    private int runs = 5;
    private final List<String> javas = new ArrayList<>();
    private String agent = "agent/target/shadowheap.jar=report=none,live=false,trace=/dev/null";
    private String samples = "sample-apps/target/sample-apps.jar";
    private final List<String> programs = new ArrayList<>();

    private Slowdown() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        Slowdown slowdown = new Slowdown();
        slowdown.parse(arguments);
        slowdown.run();
    }

    private void parse(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--runs" -> runs = Integer.parseInt(arguments[++i]);
                case "--java" -> javas.add(arguments[++i]);
                case "--agent" -> agent = arguments[++i];
                case "--samples" -> samples = arguments[++i];
                default -> programs.add(arguments[i]);
            }
        }
        if (javas.isEmpty()) {
            javas.add(ProcessHandle.current().info().command().orElse("java"));
        }
        if (programs.isEmpty()) {
            programs.addAll(List.of("real-ecj", "real-h2", "real-json", "real-caffeine", "real-lucene"));
        }
    }

    private void run() throws IOException, InterruptedException {
        System.out.println("agent: " + agent + ", median of " + runs);
        System.out.println("program | java | threads' CPU s: without, with, ratio | process: without, with, ratio"
                + " | wall: without, with, ratio | compilers, drain");
        for (String java : javas) {
            for (String program : programs) {
                compare(java, program);
            }
        }
    }

    private void compare(String java, String program) throws IOException, InterruptedException {
        List<String> plain = new ArrayList<>(List.of(java));
        List<String> watched = new ArrayList<>(List.of(java, "-javaagent:" + agent));
        for (List<String> command : List.of(plain, watched)) {
            if (program.equals(HELLO)) {
                command.addAll(List.of("-cp", helloFolder().toString(), Hello.class.getName()));
            } else {
                command.addAll(List.of("-jar", samples));
                command.addAll(Arrays.asList(program.split(" ", -1)));
            }
        }
        List<ProcessCpu> without = new ArrayList<>();
        List<ProcessCpu> with = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            without.add(ProcessCpu.of(plain));
            with.add(ProcessCpu.of(watched));
            if (!without.get(i).output().equals(with.get(i).output())) {
                throw new IllegalStateException("the output differs with the agent: program=" + program);
            }
        }
        System.out.println(program + " | " + with.get(0).feature() + " | "
                + triple(without, with, ProcessCpu::ownSeconds) + " | "
                + triple(without, with, ProcessCpu::allSeconds) + " | "
                + triple(without, with, ProcessCpu::wallSeconds) + " | "
                + number(median(with, ProcessCpu::compilerSeconds)) + ", "
                + number(median(with, ProcessCpu::agentSeconds)));
    }

    /** A folder with that class alone: beside it here lie the agent's own, as they are before they are packed. */
    private static Path helloFolder() throws IOException {
        return ProgramFolder.of("shadowheap-hello", Hello.class.getName());
    }

    private static String triple(List<ProcessCpu> without, List<ProcessCpu> with, ToDoubleFunction<ProcessCpu> what) {
        double[] ratios = new double[with.size()];
        Arrays.setAll(ratios, i -> what.applyAsDouble(with.get(i)) / what.applyAsDouble(without.get(i)));
        return number(median(without, what)) + ", " + number(median(with, what)) + ", " + number(median(ratios));
    }

    private static double median(List<ProcessCpu> runs, ToDoubleFunction<ProcessCpu> what) {
        return median(runs.stream().mapToDouble(what).toArray());
    }

    private static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
