package org.shadowheap.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.shadowheap.collect.CollectedHeap;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.Liveness;
import org.shadowheap.heap.ShadowHeap;
import org.shadowheap.memory.NativeMemory;
import org.shadowheap.memory.OffHeap;

/**
 * A minor collection in which everything survives: 16 MiB of objects without references, held by one array. Beside it
 * what it costs to copy as many bytes as they are, object by object, and in one piece.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class SurvivorCopyBenchmark {

    private static final int BYTES = 16 << 20;
    private static final int CLASS = 1;
    private static final int LEAF = 2;
    private static final int ARRAY = 3;
    private static final int HOLDER = 1024;
    private static final int SITE = 1;
    private static final int NEVER_PROMOTED = 15;

    /** Of a survivor. */
    @Param({"24", "64", "512", "4096"})
    private int objectBytes;

    private int objects;

    @Setup
    public void count() {
        objects = BYTES / objectBytes;
    }

    /** A heap with a full nursery. */
    private abstract static class Nursery {
        @SuppressWarnings("NullAway.Init") // when a state opens
        private ShadowHeap heap;

        private int nextId;
        private int objects;

        void open(int tenure, int count, int objectBytes) {
            objects = count;
            HeapConfiguration configuration = new HeapConfiguration(
                            1L << 40, OldHeap.PAGE_BYTES, tenure, 4L << 30, ObjectModel.DEFAULT)
                    .withLiveness(Liveness.ROOTS)
                    .withMajorBytes(HeapConfiguration.NEVER);
            heap = CollectedHeap.open(configuration, (site, type, young, listed) -> {}, result -> {});
            heap.type(new TypeDefinition(CLASS, "Class", 0, 0, Shape.MIRROR, 0, 0, List.of(), List.of()));
            heap.type(new TypeDefinition(LEAF, "Leaf", 0, 0, Shape.INSTANCE, objectBytes, 0, List.of(), List.of()));
            heap.type(new TypeDefinition(ARRAY, "Leaf[]", 0, 0, Shape.REFERENCE_ARRAY, 16, 4, List.of(), List.of()));
            heap.contact(HOLDER, ARRAY, objects);
            heap.snapshotEnd(HOLDER);
            nextId = HOLDER + 1024;
        }

        /** Also frees what the last collection promoted. */
        void fill() {
            for (int i = 0; i < objects; i++) {
                heap.arrayStore(HOLDER, i, 0, SITE);
            }
            heap.collectMajorNow();
            for (int i = 0; i < objects; i++) {
                heap.birth(nextId, LEAF, 0);
                heap.arrayStore(HOLDER, i, nextId++, SITE);
            }
        }

        void collect() {
            heap.collectNow();
        }

        void close() {
            heap.close();
        }
    }

    /** Survivors become old. */
    @State(Scope.Thread)
    public static class Promoting extends Nursery {
        @Setup
        public void open(SurvivorCopyBenchmark benchmark) {
            open(1, benchmark.objects, benchmark.objectBytes);
        }

        @Setup(Level.Invocation)
        public void fillNursery() {
            fill();
        }

        @TearDown
        public void tearDown() {
            close();
        }
    }

    /** Survivors are copied from nursery to ageing space. */
    @State(Scope.Thread)
    public static class Ageing extends Nursery {
        @Setup
        public void open(SurvivorCopyBenchmark benchmark) {
            open(NEVER_PROMOTED, benchmark.objects, benchmark.objectBytes);
        }

        @Setup(Level.Invocation)
        public void fillNursery() {
            fill();
        }

        @TearDown
        public void tearDown() {
            close();
        }
    }

    /** Plain memory. */
    @State(Scope.Thread)
    public static class Plain {
        private final NativeMemory memory = new NativeMemory();
        private long from;
        private long to;

        @Setup
        public void allocate() {
            from = memory.allocateZeroed(BYTES);
            to = memory.allocateZeroed(BYTES);
        }

        @TearDown
        public void free() {
            memory.free(from, BYTES);
            memory.free(to, BYTES);
        }
    }

    @Benchmark
    public void promote(Promoting nursery) {
        nursery.collect();
    }

    @Benchmark
    public void age(Ageing nursery) {
        nursery.collect();
    }

    @Benchmark
    public void copyEachObject(Plain plain) {
        for (long at = 0; at <= BYTES - objectBytes; at += objectBytes) {
            OffHeap.copyPlain(plain.from + at, plain.to + at, objectBytes);
        }
    }

    @Benchmark
    public void copyAtOnce(Plain plain) {
        OffHeap.copyPlain(plain.from, plain.to, BYTES);
    }
}
