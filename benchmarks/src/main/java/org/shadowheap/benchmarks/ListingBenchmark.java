package org.shadowheap.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.shadowheap.remset.RememberedSetPolicy;

/**
 * One store applied to an old object, in nanoseconds, with the dirty-page list and with dirty bits alone: the difference
 * is what listing costs. Dirty bits alone count each object that becomes dirty, atomically, which the list does not: stores
 * to clean objects flatter it. {@link ListingCost} runs the two in turn and gives the ratio with its confidence interval.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class ListingBenchmark {

    /** So few that all of it stays in the cache: misses would hide the difference. */
    private static final int PAGES = 128;

    private static final int OLD_BYTES = 64;
    private static final int OLD_IN_PAGE = OldHeap.PAGE_BYTES / OLD_BYTES;

    /** Objects of different pages do not share sets of the cache. */
    private static final int SPREAD = 37;

    @Param({"dirty-pages", "all-pages"})
    private String policy = "";

    private OldHeap old;

    /** Old objects without a dirty one among them, and pages of which none is listed. */
    @State(Scope.Thread)
    public static class Clean {
        @Setup(Level.Invocation)
        public void clean(ListingBenchmark benchmark) {
            benchmark.old.heap.collectNow();
        }
    }

    /** Every page has one dirty object and is listed. */
    @State(Scope.Thread)
    public static class Listed {
        @Setup(Level.Invocation)
        public void list(ListingBenchmark benchmark) {
            benchmark.old.heap.collectNow();
            benchmark.storeToEachPage(0);
        }
    }

    @Setup
    public void fill() {
        old = new OldHeap(RememberedSetPolicy.parse(policy), PAGES, OLD_BYTES, result -> {});
        storeToEachPage(0);
    }

    @TearDown
    public void close() {
        old.close();
    }

    /** Pages are listed, and the objects are dirty already: the usual case. */
    @Benchmark
    @OperationsPerInvocation(PAGES)
    public void storeToDirtyObject() {
        storeToEachPage(0);
    }

    /** Pages are listed, the objects become dirty. */
    @Benchmark
    @OperationsPerInvocation(PAGES)
    public void storeToCleanObjectOfListedPage(Listed state) {
        storeToEachPage(1);
    }

    /** Each store is the first to its page, and lists it. */
    @Benchmark
    @OperationsPerInvocation(PAGES)
    public void firstStoreToPage(Clean state) {
        storeToEachPage(0);
    }

    private void storeToEachPage(int object) {
        int value = old.old(0);
        for (int page = 0; page < PAGES; page++) {
            old.store(old.firstOf(page) + (page * SPREAD + object) % OLD_IN_PAGE, value);
        }
    }
}
