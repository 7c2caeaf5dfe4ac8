package org.shadowheap.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;
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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.shadowheap.barrier.BareBarrier;
import org.shadowheap.barrier.WriteBarrier;

/**
 * Each form of the barrier beside the store alone: nobody drains, each thread discards what it has appended. Nanoseconds a
 * store; run it with {@code -t 1}, {@code -t 2} and more threads.
 *
 * <pre>
 * EXPORTS="--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED --add-exports=java.base/jdk.internal.access=ALL-UNNAMED
 *     --add-exports=java.base/jdk.internal.vm.annotation=ALL-UNNAMED"
 * java $EXPORTS -jar benchmarks/target/benchmarks.jar BarrierBenchmark -jvmArgsAppend "-Xbootclasspath/a:benchmarks/target/benchmarks.jar
 *     -Xms1g -Xmx1g -Xmn64m -XX:+UseParallelGC -XX:+AlwaysPreTouch"
 * </pre>
 *
 * From the boot class path, or the compiler would not obey the barrier's annotations; and with a small eden, or births would measure how fast
 * memory is fetched.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@OperationsPerInvocation(BarrierBenchmark.STORES)
public class BarrierBenchmark {

    static final int STORES = 1000;

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final int SIZE = 64;
    private static final int MASK = SIZE - 1;
    private static final int MOST_THREADS = 64;
    private static final int HUNDRED = 100;

    private static final int PLAIN_SITE = 1;
    private static final int VOLATILE_SITE = 2;
    private static final int UNSAFE_SITE = 9;
    private static final int ELEMENT_SITE = 10;

    /** An object with reference fields. */
    public static final class Node {
        @Nullable
        Object value;

        volatile @Nullable Object shared;
    }

    /** What threads own, by thread: a thread's foreign objects are those of the next one. */
    private static final Node[][] NODES = new Node[MOST_THREADS][];

    private static final AtomicInteger THREADS = new AtomicInteger();
    private static final long VALUE = U.objectFieldOffset(Node.class, "value");

    private Node[] own = {};
    private Node[] foreign = {};
    private Object[][] arrays = {};
    private Object[] values = {};
    private Object[] sources = {};
    private int self;
    private BareBarrier.@Nullable Log log;

    @Setup(Level.Trial)
    public void create() {
        BareBarrier.begin(Node.class, Object.class, Object[].class, byte[].class);
        log = new BareBarrier.Log();
        self = THREADS.getAndIncrement() % MOST_THREADS;
        own = new Node[SIZE];
        arrays = new Object[SIZE][];
        values = new Object[SIZE];
        sources = new Object[SIZE / 4];
        for (int i = 0; i < SIZE; i++) {
            own[i] = new Node();
            WriteBarrier.birth(own[i]);
            values[i] = new Object();
            WriteBarrier.birth(values[i]);
            arrays[i] = new Object[SIZE];
            WriteBarrier.arrayBirth(arrays[i]);
            sources[i / 4] = values[i];
        }
        NODES[self] = own;
    }

    /** Whose objects are foreign is known when all threads have theirs. */
    @Setup(Level.Iteration)
    public void findOthers() {
        int threads = Math.min(THREADS.get(), MOST_THREADS);
        foreign = NODES[(self + 1) % threads];
    }

    private void discard() {
        if (log != null) {
            log.discard();
        }
    }

    // The stores alone.

    @Benchmark
    public void bareField() {
        for (int i = 0; i < STORES; i++) {
            own[i & MASK].value = values[i * 7 & MASK];
        }
    }

    @Benchmark
    public void bareVolatileField() {
        for (int i = 0; i < STORES; i++) {
            own[i & MASK].shared = values[i * 7 & MASK];
        }
    }

    @Benchmark
    public void bareElement() {
        for (int i = 0; i < STORES; i++) {
            arrays[i & MASK][i >> 1 & MASK] = values[i * 7 & MASK];
        }
    }

    @Benchmark
    public void bareBirth(Blackhole hole) {
        for (int i = 0; i < STORES; i++) {
            hole.consume(new Object());
        }
    }

    @Benchmark
    public void bareClone(Blackhole hole) {
        for (int i = 0; i < STORES; i++) {
            hole.consume(sources.clone());
        }
    }

    @Benchmark
    public boolean bareCompareAndSet() {
        boolean done = true;
        for (int i = 0; i < STORES; i++) {
            Node node = own[i & MASK];
            done &= U.compareAndSetReference(node, VALUE, node.value, values[i * 7 & MASK]);
        }
        return done;
    }

    // The same with their barriers.

    @Benchmark
    public void append() {
        BareBarrier.Log to = log;
        if (to != null) {
            for (int i = 0; i < STORES; i++) {
                to.append(i);
            }
            to.discard();
        }
    }

    @Benchmark
    public void field() {
        for (int i = 0; i < STORES; i++) {
            Node node = own[i & MASK];
            Object value = values[i * 7 & MASK];
            node.value = value;
            WriteBarrier.fieldStore(node, value, PLAIN_SITE);
        }
        discard();
    }

    @Benchmark
    public void nullToField() {
        for (int i = 0; i < STORES; i++) {
            Node node = own[i & MASK];
            node.value = null;
            WriteBarrier.fieldStore(node, null, PLAIN_SITE);
        }
        discard();
    }

    @Benchmark
    public void volatileField() {
        for (int i = 0; i < STORES; i++) {
            Node node = own[i & MASK];
            Object value = values[i * 7 & MASK];
            node.shared = value;
            WriteBarrier.fieldStore(node, value, VOLATILE_SITE);
        }
        discard();
    }

    @Benchmark
    public void element() {
        for (int i = 0; i < STORES; i++) {
            Object[] array = arrays[i & MASK];
            Object value = values[i * 7 & MASK];
            array[i >> 1 & MASK] = value;
            WriteBarrier.arrayStore(array, i >> 1 & MASK, value, ELEMENT_SITE);
        }
        discard();
    }

    @Benchmark
    public void birth(Blackhole hole) {
        for (int i = 0; i < STORES; i++) {
            Object born = new Object();
            WriteBarrier.birth(born);
            hole.consume(born);
        }
        discard();
    }

    @Benchmark
    public void cloneOfSixteen(Blackhole hole) {
        for (int i = 0; i < STORES; i++) {
            Object[] copy = sources.clone();
            WriteBarrier.filledBirth(copy);
            hole.consume(copy);
        }
        discard();
    }

    @Benchmark
    public boolean compareAndSet() {
        boolean all = true;
        for (int i = 0; i < STORES; i++) {
            Node node = own[i & MASK];
            Object value = values[i * 7 & MASK];
            boolean done = U.compareAndSetReference(node, VALUE, node.value, value);
            WriteBarrier.unsafeCompareAndSet(done, node, VALUE, value, UNSAFE_SITE);
            all &= done;
        }
        discard();
        return all;
    }

    /** How many of a hundred stores go to objects of another thread; of one's own if there is one thread only. */
    @State(Scope.Benchmark)
    public static class Foreign {
        @Param({"0", "1", "10", "100"})
        int percent;
    }

    @Benchmark
    public void bareSometimesForeign(Foreign share) {
        for (int i = 0; i < STORES; i++) {
            boolean isForeign = i % HUNDRED < share.percent;
            (isForeign ? foreign : own)[i & MASK].value = values[i * 7 & MASK];
        }
    }

    @Benchmark
    public void fieldSometimesForeign(Foreign share) {
        for (int i = 0; i < STORES; i++) {
            boolean isForeign = i % HUNDRED < share.percent;
            Node node = (isForeign ? foreign : own)[i & MASK];
            Object value = values[i * 7 & MASK];
            node.value = value;
            WriteBarrier.fieldStore(node, value, PLAIN_SITE);
        }
        discard();
    }
}
