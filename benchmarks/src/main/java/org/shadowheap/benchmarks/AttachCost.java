package org.shadowheap.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What attaching costs a program that is at work: the longest time that a step of it took while a session began, ran and ended, how long
 * that took, how fast it is afterwards, and what remains after many sessions. Linux only: it looks into {@code /proc}.
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar org.shadowheap.benchmarks.AttachCost [--java FILE] [--shadowheap JAR]
 *     [--classes N] [--objects N] [--work N] [--times N] [--seconds N] [--jvm OPTION]... [--options KEY=VALUE,...]
 * </pre>
 *
 * Work is what the program does besides, before each two stores: with 0 it does nothing but store, with -1 nothing at all.
 */
public final class AttachCost {

    private String java = ProcessHandle.current().info().command().orElse("java");
    private String shadowheap = "agent/target/shadowheap.jar";
    private int classes = 30_000;
    private int objects = 1_000_000;
    private int work = 500;
    private int times = 5;
    private int seconds = 5;
    private String options = "report=none";
    private final List<String> jvm = new ArrayList<>();

    private AttachCost() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        AttachCost cost = new AttachCost();
        cost.parse(arguments);
        cost.run();
    }

    private void parse(String... arguments) {
        for (int i = 0; i < arguments.length; i += 2) {
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--java" -> java = value;
                case "--shadowheap" -> shadowheap = value;
                case "--classes" -> classes = Integer.parseInt(value);
                case "--objects" -> objects = Integer.parseInt(value);
                case "--work" -> work = Integer.parseInt(value);
                case "--times" -> times = Integer.parseInt(value);
                case "--seconds" -> seconds = Integer.parseInt(value);
                case "--jvm" -> jvm.add(value);
                case "--options" -> options = value;
                default -> throw new IllegalArgumentException("no such option: " + arguments[i]);
            }
        }
    }

    private void run() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(jvm);
        command.addAll(List.of(
                "-cp",
                folder().toString(),
                BusyProgram.class.getName(),
                Integer.toString(classes),
                Integer.toString(objects),
                Integer.toString(work)));
        Process program = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = program.inputReader()) {
            System.out.println(out.readLine() + ": classes=" + classes + " objects=" + objects + " java=" + java);
            settle();
            settle();
            double[] ratios = new double[times];
            for (int i = 0; i < times; i++) {
                ratios[i] = session(program, out);
            }
            double[] sorted = ratios.clone();
            Arrays.sort(sorted);
            System.out.println("speed after detach, of before: median " + number(sorted[times / 2]) + " of "
                    + Arrays.toString(
                            Arrays.stream(ratios).mapToObj(AttachCost::number).toArray()));
        } finally {
            program.destroyForcibly();
        }
    }

    /** Attaches and detaches; returns the speed afterwards, of that before. */
    private double session(Process program, BufferedReader out) throws IOException, InterruptedException {
        tell(program, out, "gap");
        settle();
        String[] before = tell(program, out, "gap").split(" ", 2);
        double cpuBefore = cpuSeconds(program);
        long begin = System.nanoTime();
        VmThread attaching = VmThread.of(program.pid());
        String said;
        try (attaching) {
            said = ours("attach", program.pid(), options);
        }
        double attachSeconds = (System.nanoTime() - begin) / 1e9;
        double cpu = cpuSeconds(program) - cpuBefore;
        String[] attach = tell(program, out, "gap").split(" ", 2);
        settle();
        String[] during = tell(program, out, "gap").split(" ", 2);
        begin = System.nanoTime();
        VmThread detaching = VmThread.of(program.pid());
        try (detaching) {
            ours("detach", program.pid(), "");
        }
        double detachSeconds = (System.nanoTime() - begin) / 1e9;
        String[] detach = tell(program, out, "gap").split(" ", 2);
        String state = tell(program, out, "state");
        settle(); // what runs is compiled again
        tell(program, out, "gap");
        settle();
        String[] after = tell(program, out, "gap").split(" ", 2);
        System.out.println("attach " + number(attachSeconds) + " s, CPU " + number(cpu) + " s, detach "
                + number(detachSeconds)
                + " s; longest step, us: before " + before[0] + ", attach " + attach[0] + ", during " + during[0]
                + ", detach " + detach[0] + ", after " + after[0] + "; longest operation of the JVM, ms of CPU: attach "
                + number(attaching.longestMillis()) + ", detach " + number(detaching.longestMillis())
                + "; steps/s: before " + before[1] + ", during "
                + during[1] + ", after " + after[1] + "; " + state);
        said.lines().forEach(line -> System.out.println("    " + line));
        return Double.parseDouble(after[1]) / Double.parseDouble(before[1]);
    }

    /** Of the whole process. */
    private static double cpuSeconds(Process program) {
        return program.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }

    private void settle() throws InterruptedException {
        Thread.sleep(seconds * 1000L);
    }

    private static String tell(Process program, BufferedReader out, String line) throws IOException {
        program.outputWriter().append(line).append('\n').flush();
        return String.valueOf(out.readLine());
    }

    private String ours(String what, long pid, String with) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java, "-jar", shadowheap, what, Long.toString(pid)));
        if (!with.isEmpty()) {
            command.add(with);
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + ": " + said);
        }
        return said;
    }

    /** A folder with the program alone: beside it here lie the agent's own classes, as they are before they are packed. */
    private static Path folder() throws IOException {
        return ProgramFolder.of(
                "shadowheap-busy",
                BusyProgram.class.getName(),
                BusyProgram.class.getName() + "$Work",
                BusyProgram.class.getName() + "$Node",
                BusyProgram.class.getName() + "$Definer",
                Work00000.class.getName());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
