package org.shadowheap.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.shadowheap.analysis.Analysis;
import org.shadowheap.analysis.RecordedConfiguration;
import org.shadowheap.collect.CollectedHeap;
import org.shadowheap.collect.CollectionObserver;
import org.shadowheap.collect.MajorCollectionResult;
import org.shadowheap.collect.MinorCollectionResult;
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
 * memory first, so neither file nor checksum count. Passes take turns; the one with the
 * least CPU time counts. Collections are taken off by their wall time: run it on a quiet machine.
 *
 * <pre>
 *   java EXPORTS -Xmx4g -cp benchmarks/target/benchmarks.jar org.shadowheap.benchmarks.StreamCost TRACE [PASSES]
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
            reader.read(new Loader(), bytes -> {});
        }
    }

    /** Runs; the arguments are the trace and, if it is not to be 5, how many passes of each kind. */
    public static void main(String[] arguments) throws IOException {
        StreamCost stream = new StreamCost(Path.of(arguments[0]));
        stream.run(arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5);
    }

    private void run(int passes) {
        double decode = Double.MAX_VALUE;
        double withoutStores = Double.MAX_VALUE;
        double all = Double.MAX_VALUE;
        double profiled = Double.MAX_VALUE;
        double decodeStores = Double.MAX_VALUE;
        for (int pass = 0; pass <= passes; pass++) {
            decode = Math.min(decode, decodeOnly(true));
            decodeStores = Math.min(decodeStores, decode - decodeOnly(false));
            withoutStores = Math.min(withoutStores, applied(false));
            all = Math.min(all, applied(true));
            profiled = Math.min(profiled, analysed());
        }
        print("events", (double) events, "");
        print("of these stores", (double) stores, "");
        print("decoding alone", decode / events, "ns an event");
        print("applied, collections apart", all / events, "ns an event");
        print("a store", (all - withoutStores - Math.max(0, decodeStores)) / stores, "ns");
        print("analysed, collections included", profiled / events, "ns an event");
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
            return (double) (cpuNanos() - start - collections.nanos);
        }
    }

    private double analysed() {
        try (Analysis analysis = new Analysis(recording, configuration)) {
            types.forEach(analysis::type);
            sites.forEach(analysis::site);
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

    /** Adds up how long collections took. */
    private static final class CollectionTime implements CollectionObserver {
        private long nanos;

        @Override
        public void collected(MinorCollectionResult result) {
            nanos += result.nanos();
        }

        @Override
        public void collectedMajor(MajorCollectionResult result) {
            nanos += result.nanos();
        }
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
        protected void record(long word0, long word1) {
            sum += word0 ^ word1;
        }
    }
}
