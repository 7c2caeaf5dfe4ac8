package org.shadowheap.benchmarks;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.remset.RememberedSetPolicy;

/**
 * A whole minor collection: old pages of 4 KiB, some of them with one dirty object that refers to a young one of 24 bytes,
 * which is copied to the ageing space. With every remembered set.
 *
 * <p>Before each collection dirty pages and objects are chosen anew, at random from a fixed seed: a scan finds them in caches no
 * more than a program's would be, and a large old space costs more for that alone. With {@code choice=same} they are the
 * same each time, and lie in the caches. What survived is garbage when its holder forgets it. None of this is measured.
 *
 * <p>While they scan, all remembered sets count the same, in the same plain fields. What some of them count when something is
 * stored is not measured here.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class MinorCollectionBenchmark {

    private static final int OLD_BYTES = 512;
    private static final int OLD_IN_PAGE = OldHeap.PAGE_BYTES / OLD_BYTES;

    /** Survivors stay young: promoted ones would fill ever new pages of a large old space, and the same ones of a small. */
    private static final int TENURE = 2;

    @Param({"dirty-pages", "all-pages", "cards", "youngest", "objects"})
    private String policy = "";

    /** Of the old space. */
    @Param({"100", "1000", "10000", "100000"})
    private int pages;

    /** Of these. */
    @Param({"0", "10", "100", "1000"})
    private int dirty;

    /** Which pages and objects are dirty. */
    @Param({"random", "same"})
    private String choice = "";

    private final SplittableRandom random = new SplittableRandom(1);

    /** Numbers of the pages; the first are the dirty ones. */
    private int[] pageNumbers = {};

    /** Ids of the dirty objects. */
    private int[] holders = {};

    private OldHeap old;
    private long scanned;

    @Setup
    public void fill() {
        if (dirty > pages) {
            throw new IllegalArgumentException("more dirty pages than pages: dirty=" + dirty + " pages=" + pages);
        }
        HeapConfiguration shape = OldHeap.configuration(TENURE)
                .withRemset(RememberedSetPolicy.parse(policy), RememberedSetPolicy.DEFAULT_CARD_BYTES);
        old = new OldHeap(shape, pages, OLD_BYTES, result -> scanned = result.dirtyPages());
        pageNumbers = IntStream.range(0, pages).toArray();
    }

    /** The holders of before forget what they hold, and are clean again; then others are chosen. */
    @Setup(Level.Invocation)
    public void dirty() {
        for (int holder : holders) {
            old.store(holder, 0);
        }
        old.heap.collectNow();
        if (holders.length == 0 || choice.equals("random")) {
            choose();
        }
        for (int holder : holders) {
            old.store(holder, old.newNode());
        }
    }

    private void choose() {
        holders = new int[dirty];
        for (int i = 0; i < dirty; i++) {
            holders[i] = old.firstOf(anyPageAfter(i)) + random.nextInt(OLD_IN_PAGE);
        }
    }

    /** Another page than the ones before it; a step of a shuffle. */
    private int anyPageAfter(int chosen) {
        int other = chosen + random.nextInt(pages - chosen);
        int page = pageNumbers[other];
        pageNumbers[other] = pageNumbers[chosen];
        pageNumbers[chosen] = page;
        return page;
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
