package org.shadowheap.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.shadowheap.analysis.Analysis;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.RecordedConfiguration;
import org.shadowheap.collect.CollectedHeap;
import org.shadowheap.event.EventSinkAdapter;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.ShadowHeap;
import org.shadowheap.heap.StoreObserver;
import org.shadowheap.replay.FirstPass;
import org.shadowheap.replay.HeapOverrides;
import org.shadowheap.replay.Replay;
import org.shadowheap.trace.TraceReader;

/**
 * What it costs to replay a trace, from the file, step by step: nanoseconds of CPU of the one thread that does it, for each record
 * and for each event of the report.
 *
 * <p>A record is what the trace counts: a call of the sink, elements of copies, slots of snapshots, ends of rounds and roots
 * included. An event is what the report counts: births, contacts, stores, array copies and roots.
 *
 * <p>Each {@link Pass} runs in a JVM of its own, several times; the first time, cold, and the median of the others are
 * told. Nothing is taken off: collections, decompression and checksums count. The last line is the command line as a user
 * types it, a process from its start to its end: of its CPU time that of the replaying threads alone, and that of all.
 *
 * <pre>
 *   java EXPORTS -Xmx4g -cp benchmarks/target/benchmarks.jar org.shadowheap.benchmarks.ReplayCost SHADOWHEAP.JAR TRACE [REPETITIONS]
 * </pre>
 */
public final class ReplayCost {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long BOUND_BYTES = 4L << 30;
    private static final double MILLION = 1e6;

    private final Path trace;

    private ReplayCost(Path trace) {
        this.trace = trace;
    }

    /** What is done with the trace. */
    private enum Pass {
        DECODE("read and decoded"),
        FIRST("first of the two readings"),
        APPLY("read and applied, with collections"),
        COLLECT("  of that collections"),
        LIVE("replayed as live, whole analysis"),
        WHOLE("replayed, both readings");

        private final String text;

        Pass(String text) {
            this.text = text;
        }
    }

    /** Runs; the arguments are the agent's jar, the trace and, if it is not to be 5, how often each pass is repeated. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments[0].equals("--pass")) {
            new ReplayCost(Path.of(arguments[2])).run(Pass.valueOf(arguments[1]), Integer.parseInt(arguments[3]));
            return;
        }
        Path trace = Path.of(arguments[1]);
        int repetitions = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
        ReplayCost cost = new ReplayCost(trace);
        double records = cost.records();
        double events = cost.events();
        line("%s: %,.0f bytes, %,.0f records, %,.0f events", trace, (double) Files.size(trace), records, events);
        line("%-36s %10s %10s %14s %14s", "", "ns/record", "cold", "million rec/s", "million ev/s");
        for (Pass pass : Pass.values()) {
            double[] nanos = measure(pass, trace, repetitions);
            print(pass.text, nanos[1], nanos[0], records, events);
        }
        command(arguments[0], trace, records, events);
    }

    private static void command(String jar, Path trace, double records, double events)
            throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(java, "-jar", jar, "replay", "--jobs", "1", "--format", "csv", trace.toString());
        ProcessCpu cpu = ProcessCpu.of(command);
        print("a process, its replaying threads", cpu.agentSeconds() * 1e9, 0, records, events);
        print("a process, all its threads", cpu.allSeconds() * 1e9, 0, records, events);
        print("a process, by the clock", cpu.wallSeconds() * 1e9, 0, records, events);
    }

    private static void line(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static void print(String what, double nanos, double cold, double records, double events) {
        line(
                "%-36s %10.1f %10.1f %14.1f %14.1f",
                what, nanos / records, cold / records, records / nanos * 1e9 / MILLION, events / nanos * 1e9 / MILLION);
    }

    /** Starts a JVM like this one for a pass; returns the first time and the median of the others. */
    private static double[] measure(Pass pass, Path trace, int repetitions) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ReplayCost.class.getName()));
        command.addAll(List.of("--pass", pass.name(), trace.toString(), Integer.toString(repetitions)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("a pass failed: pass=" + pass);
        }
        String[] numbers = printed.strip().split(" ", -1);
        return new double[] {Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1])};
    }

    private void run(Pass pass, int repetitions) throws IOException {
        double cold = 0;
        List<Double> nanos = new ArrayList<>();
        for (int i = 0; i <= repetitions; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            double collections = 0;
            switch (pass) {
                case DECODE -> records();
                case FIRST -> FirstPass.run(trace, BOUND_BYTES / 2);
                case APPLY -> apply();
                case COLLECT -> collections = apply();
                case LIVE -> live();
                case WHOLE -> new Replay(trace, HeapOverrides.NONE.whole(), BOUND_BYTES).run(TraceReader.Progress.NONE);
            }
            double taken = pass == Pass.COLLECT ? collections : THREADS.getCurrentThreadCpuTime() - start;
            if (i == 0) {
                cold = taken;
            } else {
                nanos.add(taken);
            }
        }
        nanos.sort(null);
        System.out.println(cold + " " + nanos.get(nanos.size() / 2));
    }

    private double records() throws IOException {
        try (TraceReader reader = TraceReader.open(trace)) {
            return reader.read(new EventSinkAdapter() {}).records();
        }
    }

    private double events() throws IOException {
        AnalysisResult result = new Replay(trace, HeapOverrides.NONE, BOUND_BYTES).run(TraceReader.Progress.NONE);
        return result.events().total();
    }

    /** Returns nanoseconds of collections, by the clock. */
    private double apply() throws IOException {
        CollectionTime collections = new CollectionTime();
        StoreObserver nobody = (site, arrayType, oldToYoung, pageListed) -> {};
        try (TraceReader reader = TraceReader.open(trace)) {
            HeapConfiguration configuration = RecordedConfiguration.read(reader.recording(), BOUND_BYTES);
            try (ShadowHeap heap = CollectedHeap.open(configuration, nobody, collections)) {
                reader.read(heap);
            }
        }
        return collections.nanos();
    }

    private void live() throws IOException {
        try (TraceReader reader = TraceReader.open(trace)) {
            HeapConfiguration configuration = RecordedConfiguration.read(reader.recording(), BOUND_BYTES);
            try (Analysis analysis = new Analysis(reader.recording(), configuration)) {
                analysis.result(reader.read(analysis).end());
            }
        }
    }
}
