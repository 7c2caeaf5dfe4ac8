package org.shadowheap.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of a process: the CPU seconds of its threads by kind, as {@code /proc} tells until shortly before its end.
 *
 * @param allSeconds CPU of the process
 * @param compilerSeconds CPU of the JVM's compiler threads
 * @param agentSeconds CPU of the agent's own threads
 * @param otherJvmSeconds CPU of the JVM's other threads, the collector's above all
 * @param output what it printed
 * @param feature version of its JDK
 */
record ProcessCpu(
        double allSeconds,
        double compilerSeconds,
        double agentSeconds,
        double otherJvmSeconds,
        double wallSeconds,
        String output,
        String feature) {

    private static final double TICKS_A_SECOND = 100;
    private static final long STEP_MILLIS = 10;

    /** Positions, behind the name of a thread, of its user and system time in clock ticks. */
    private static final int USER = 11;

    private static final int SYSTEM = 12;

    /** The same of children that have ended. */
    private static final int CHILDREN_USER = 13;

    private static final int CHILDREN_SYSTEM = 14;
    private static final Path SELF = Path.of("/proc/self/stat");

    private static final String AGENT = "shadowheap";
    private static final List<String> COMPILERS = List.of("C1 Compiler", "C2 Compiler");
    private static final List<String> JVM = List.of(
            "GC Thread",
            "G1 ",
            "VM Thread",
            "VM Periodic",
            "Sweeper",
            "Signal Disp",
            "Service Thread",
            "Monitor Defl",
            "Notification",
            "Reference Handl",
            "Finalizer",
            "Common-Cleaner",
            "Attach Listener");

    /** CPU of the threads that run the program; those that ended are among them. */
    double ownSeconds() {
        return allSeconds - compilerSeconds - agentSeconds - otherJvmSeconds;
    }

    /**
     * Runs a command to its end.
     *
     * @throws IllegalStateException if its exit code is not 0
     */
    static ProcessCpu of(List<String> command) throws IOException, InterruptedException {
        File output = File.createTempFile("slowdown", ".out");
        long childrenBefore = Sample.read(SELF).childrenTicks;
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(output)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Path directory = Path.of("/proc", Long.toString(process.pid()));
        Map<String, Sample> threads = new HashMap<>();
        while (process.isAlive()) {
            try {
                readThreads(directory.resolve("task"), threads);
            } catch (IOException | DirectoryIteratorException gone) {
                // A thread, or the process, ended while it was looked at: what was seen before stays.
            }
            Thread.sleep(STEP_MILLIS);
        }
        process.waitFor();
        double wall = (System.nanoTime() - start) / 1e9;
        String printed = Files.readString(output.toPath());
        Files.delete(output.toPath());
        if (process.exitValue() != 0) {
            throw new IllegalStateException("exit code " + process.exitValue() + " of " + command);
        }
        return new ProcessCpu(
                (Sample.read(SELF).childrenTicks - childrenBefore) / TICKS_A_SECOND,
                seconds(threads, COMPILERS),
                seconds(threads, List.of(AGENT)),
                seconds(threads, JVM),
                wall,
                printed,
                feature(command.get(0)));
    }

    private static void readThreads(Path tasks, Map<String, Sample> threads) throws IOException {
        try (DirectoryStream<Path> each = Files.newDirectoryStream(tasks)) {
            for (Path task : each) {
                threads.put(task.getFileName().toString(), Sample.read(task.resolve("stat")));
            }
        }
    }

    private static double seconds(Map<String, Sample> threads, List<String> names) {
        return threads.values().stream()
                        .filter(thread -> names.stream().anyMatch(thread.name::startsWith))
                        .mapToLong(Sample::ticks)
                        .sum()
                / TICKS_A_SECOND;
    }

    /** Version of a JDK, by its {@code java}. */
    static String feature(String java) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(java, "-version").redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text.replaceFirst("(?s).*?version \"(\\d+).*", "$1");
    }

    /**
     * What a {@code stat} file says.
     *
     * @param ticks user and system time
     * @param childrenTicks the same of its children that have ended
     */
    private record Sample(String name, long ticks, long childrenTicks) {

        static Sample read(Path file) throws IOException {
            String text = Files.readString(file);
            int end = text.lastIndexOf(')');
            List<String> rest = List.of(text.substring(end + 2).split(" ", -1));
            return new Sample(
                    text.substring(text.indexOf('(') + 1, end),
                    Long.parseLong(rest.get(USER)) + Long.parseLong(rest.get(SYSTEM)),
                    Long.parseLong(rest.get(CHILDREN_USER)) + Long.parseLong(rest.get(CHILDREN_SYSTEM)));
        }
    }
}
