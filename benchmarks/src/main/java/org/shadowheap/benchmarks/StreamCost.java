package org.shadowheap.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.shadowheap.analysis.Analysis;
import org.shadowheap.analysis.RecordedConfiguration;
import org.shadowheap.collect.CollectedHeap;
import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.EventDecoder;
import org.shadowheap.event.EventEncoder;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.Recording;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.layout.EventRecord;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.ShadowHeap;
import org.shadowheap.heap.StoreObserver;
import org.shadowheap.trace.TraceReader;

/**
 * What it costs to apply the events of a recorded program to a shadow heap, in nanoseconds an event. The whole trace is in
 * memory first, so neither file nor checksum count. Each {@link Pass} runs in a JVM of its own, so that the compiler knows
 * the one sink there is, as in the agent; of its repetitions the one with the least CPU time counts. Collections are taken
 * off by their wall time: run it on a quiet machine.
 *
 * <pre>
 *   java EXPORTS -Xmx4g -cp benchmarks/target/benchmarks.jar org.shadowheap.benchmarks.StreamCost TRACE [REPETITIONS]
 * </pre>
 *
 * What a store costs is the difference of a pass with and one without stores, collections and decoding taken off, so it
 * includes the cache misses that stores cause elsewhere.
 */
public final class StreamCost {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int BLOCK = 1 << 20;
    private static final long BOUND_BYTES = 4L << 30;

    private final List<TypeDefinition> types = new ArrayList<>();
    private final List<SiteDefinition> sites = new ArrayList<>();
    private final List<CallerDefinition> callers = new ArrayList<>();
    private final List<long[]> blocks = new ArrayList<>();
    private final Recording recording;
    private final HeapConfiguration configuration;
    private int used = 2 * BLOCK;
    private long events;
    private long stores;

    private StreamCost(Path trace) throws IOException {
        try (TraceReader reader = TraceReader.open(trace)) {
            recording = reader.recording();
            configuration = RecordedConfiguration.read(recording, BOUND_BYTES);
            reader.read(new Loader());
        }
    }

    /** What is done with the events. */
    private enum Pass {
        /** Each is decoded and counted. */
        DECODE,
        /** As {@link #DECODE}, but stores are passed over. */
        DECODE_WITHOUT_STORES,
        /** Each is applied to a heap; collections are taken off. */
        APPLY,
        /** As {@link #APPLY}, but stores are passed over. */
        APPLY_WITHOUT_STORES,
        /** Each is applied and counted by site, collections included. */
        ANALYSE
    }

    /** Runs; the arguments are the trace and, if it is not to be 5, how often each pass is repeated after the first time. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int repetitions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        if (arguments.length > 2) {
            new StreamCost(Path.of(arguments[0])).run(Pass.valueOf(arguments[2]), repetitions);
        } else {
            compare(arguments[0], repetitions);
        }
    }

    /** What a JVM found; nanoseconds of CPU time for all events. */
    private record Measured(double events, double stores, double nanos) {}

    private static void compare(String trace, int repetitions) throws IOException, InterruptedException {
        Measured decode = measure(Pass.DECODE, trace, repetitions);
        Measured decodeWithoutStores = measure(Pass.DECODE_WITHOUT_STORES, trace, repetitions);
        Measured apply = measure(Pass.APPLY, trace, repetitions);
        Measured applyWithoutStores = measure(Pass.APPLY_WITHOUT_STORES, trace, repetitions);
        Measured analyse = measure(Pass.ANALYSE, trace, repetitions);
        double decodeStores = Math.max(0, decode.nanos - decodeWithoutStores.nanos);
        double ofStores = apply.nanos - applyWithoutStores.nanos - decodeStores;
        print("events", decode.events, "");
        print("of these stores", decode.stores, "");
        print("decoding alone", decode.nanos / decode.events, "ns an event");
        print("applied, collections apart", apply.nanos / apply.events, "ns an event");
        print("a store, decoding apart", ofStores / apply.stores, "ns");
        print("analysed, collections included", analyse.nanos / analyse.events, "ns an event");
    }

    /** Starts a JVM like this one for a pass. */
    private static Measured measure(Pass pass, String trace, int repetitions) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), StreamCost.class.getName()));
        command.addAll(List.of(trace, Integer.toString(repetitions), pass.name()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("a pass failed: pass=" + pass);
        }
        String[] numbers = printed.strip().split(" ", -1);
        return new Measured(
                Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]), Double.parseDouble(numbers[2]));
    }

    private void run(Pass pass, int repetitions) {
        double least = Double.MAX_VALUE;
        for (int i = 0; i <= repetitions; i++) {
            least = Math.min(
                    least,
                    switch (pass) {
                        case DECODE -> decodeOnly(true);
                        case DECODE_WITHOUT_STORES -> decodeOnly(false);
                        case APPLY -> applied(true);
                        case APPLY_WITHOUT_STORES -> applied(false);
                        case ANALYSE -> analysed();
                    });
        }
        System.out.println(events + " " + stores + " " + least);
    }

    /** CPU time of this thread: less than wall time when others want the processor. */
    private static long cpuNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }

    private static void print(String what, double value, String unit) {
        System.out.println(String.format(Locale.ROOT, "%-32s %,14.1f %s", what, value, unit));
    }

    private double decodeOnly(boolean withStores) {
        Counter counter = new Counter();
        long start = cpuNanos();
        play(counter, withStores);
        return (double) (cpuNanos() - start) + (counter.sum == 42 ? 1 : 0);
    }

    private double applied(boolean withStores) {
        CollectionTime collections = new CollectionTime();
        StoreObserver nobody = (site, arrayType, oldToYoung, pageListed) -> {};
        try (ShadowHeap heap = CollectedHeap.open(configuration, nobody, collections)) {
            types.forEach(heap::type);
            long start = cpuNanos();
            play(heap, withStores);
            return (double) (cpuNanos() - start - collections.nanos());
        }
    }

    private double analysed() {
        try (Analysis analysis = new Analysis(recording, configuration)) {
            types.forEach(analysis::type);
            sites.forEach(analysis::site);
            callers.forEach(analysis::caller);
            long start = cpuNanos();
            play(analysis, true);
            return (double) (cpuNanos() - start);
        }
    }

    private void play(EventSink sink, boolean withStores) {
        for (long[] block : blocks) {
            int end = block == blocks.get(blocks.size() - 1) ? used : 2 * BLOCK;
            for (int i = 0; i < end; i += 2) {
                if (withStores || !isStore(block[i + 1])) {
                    EventDecoder.decode(block[i], block[i + 1], sink);
                }
            }
        }
    }

    private static boolean isStore(long word1) {
        return switch (EventRecord.kind(word1)) {
            case EventRecord.FIELD_STORE,
                    EventRecord.ARRAY_STORE,
                    EventRecord.STATIC_STORE,
                    EventRecord.COPIED_ELEMENT -> true;
            default -> false;
        };
    }

    /** Takes the trace into memory. */
    private final class Loader extends EventEncoder {

        @Override
        public void type(TypeDefinition type) {
            types.add(type);
        }

        @Override
        public void site(SiteDefinition site) {
            sites.add(site);
        }

        @Override
        public void caller(CallerDefinition caller) {
            callers.add(caller);
        }

        @Override
        protected void record(long word0, long word1) {
            if (used == 2 * BLOCK) {
                blocks.add(new long[2 * BLOCK]);
                used = 0;
            }
            long[] block = blocks.get(blocks.size() - 1);
            block[used++] = word0;
            block[used++] = word1;
            events++;
            stores += isStore(word1) ? 1 : 0;
        }
    }

    /** Does next to nothing with each event. */
    private static final class Counter extends EventEncoder {
        private long sum;

        @Override
        public void type(TypeDefinition type) {
            sum++;
        }

        @Override
        public void site(SiteDefinition site) {
            sum++;
        }

        @Override
        public void caller(CallerDefinition caller) {
            sum++;
        }

        @Override
        protected void record(long word0, long word1) {
            sum += word0 ^ word1;
        }
    }
}
