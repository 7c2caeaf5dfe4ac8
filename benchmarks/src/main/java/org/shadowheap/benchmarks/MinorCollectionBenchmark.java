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
import org.shadowheap.remset.RememberedSetPolicy;

/**
 * A whole minor collection: old pages of 4 KiB, some of them with one dirty object that refers to a young one of 24 bytes,
 * which is promoted. With every remembered set.
 *
 * <p>What was promoted is garbage after the next store to its holder; from time to time a major collection, which is not
 * measured, frees it, so the old space stays within a twentieth of its size.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class MinorCollectionBenchmark {

    private static final int OLD_BYTES = 512;
    private static final int MOST_EXTRA_SHARE = 20;

    @Param({"dirty-pages", "all-pages", "cards", "youngest", "objects"})
    private String policy = "";

    /** Of the old space. */
    @Param({"100", "1000", "10000", "100000"})
    private int pages;

    /** Of these. */
    @Param({"0", "10", "100", "1000"})
    private int dirty;

    private OldHeap old;
    private long scanned;

    @Setup
    public void fill() {
        if (dirty > pages) {
            throw new IllegalArgumentException("more dirty pages than pages: dirty=" + dirty + " pages=" + pages);
        }
        old = new OldHeap(RememberedSetPolicy.parse(policy), pages, OLD_BYTES, result -> scanned = result.dirtyPages());
    }

    /** Dirty pages lie evenly spread. */
    @Setup(Level.Invocation)
    public void dirty() {
        if (old.heap.figures().oldPages() > pages + Math.max(pages / MOST_EXTRA_SHARE, 2)) {
            old.heap.collectMajorNow();
        }
        for (int i = 0; i < dirty; i++) {
            old.store(old.firstOf((int) ((long) i * pages / dirty)), old.newNode());
        }
    }

    @Benchmark
    public long collect() {
        old.heap.collectNow();
        return scanned;
    }

    @TearDown
    public void close() {
        if (scanned != dirty) {
            throw new IllegalStateException("dirty pages found: expected=" + dirty + " found=" + scanned);
        }
        old.close();
    }
}
