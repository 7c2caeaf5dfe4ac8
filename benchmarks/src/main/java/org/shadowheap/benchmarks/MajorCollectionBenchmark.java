package org.shadowheap.benchmarks;

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

/**
 * A major collection: marks a tree of objects, which lie in no order, from the statics of one class mirror, and sweeps. A part
 * of the objects was replaced before each collection, anywhere in the tree, and is dead: so pages are freed and emptied, too.
 *
 * <p>The minor collection before it finds an empty nursery: what was born was promoted while nobody measured.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class MajorCollectionBenchmark {

    /** Of 128 living objects each, if they were full. */
    @Param({"100", "1000", "10000", "100000"})
    private int pages;

    /** Dead ones of a hundred objects that were there before. */
    @Param({"0", "50"})
    private int dead;

    private OldTree tree;

    @Setup
    public void fill() {
        tree = new OldTree(pages * (OldHeap.PAGE_BYTES / OldTree.OBJECT_BYTES));
    }

    @Setup(Level.Invocation)
    public void replace() {
        tree.replace(dead);
    }

    @Benchmark
    public void collect() {
        tree.heap.collectMajorNow();
    }

    @TearDown(Level.Invocation)
    public void check() {
        tree.checkFreed();
    }

    @TearDown
    public void close() {
        tree.close();
    }
}
