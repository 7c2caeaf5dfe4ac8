package org.shadowheap.benchmarks;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.shadowheap.remset.RememberedSetPolicy;

/** A major collection that frees nothing: marks all objects, each of which refers to another one anywhere, and sweeps. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class MajorCollectionBenchmark {

    private static final int OBJECT_BYTES = 32;

    /** Pages of 128 objects each. */
    @Param({"100", "1000", "10000", "100000"})
    private int pages;

    private OldHeap old;

    @Setup
    public void fill() {
        old = new OldHeap(RememberedSetPolicy.DIRTY_PAGES, pages, OBJECT_BYTES, result -> {});
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < old.objects; i++) {
            old.store(old.old(i), old.old(random.nextInt(old.objects)));
        }
    }

    @TearDown
    public void close() {
        old.close();
    }

    @Benchmark
    public void collect() {
        old.heap.collectMajorNow();
    }
}
