package org.shadowheap.benchmarks;

import java.util.concurrent.TimeUnit;
import jdk.internal.misc.Unsafe;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.shadowheap.memory.NativeMemory;
import org.shadowheap.memory.OffHeap;

/**
 * What checked memory costs when it is off: each loop through {@code OffHeap}, and the same through the bare Unsafe. The
 * two of a pair must not differ. With {@code -jvmArgsAppend -Dshadowheap.checked=true} they do.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CheckedMemoryBenchmark {

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final int BYTES = 4096;

    private final NativeMemory memory = new NativeMemory();
    private long address;

    @Setup
    public void allocate() {
        address = memory.allocateZeroed(BYTES);
    }

    @TearDown
    public void free() {
        memory.free(address, BYTES);
    }

    @Benchmark
    public int readIntsThroughOffHeap() {
        int sum = 0;
        for (long at = address; at < address + BYTES; at += Integer.BYTES) {
            sum += OffHeap.getIntPlain(at);
        }
        return sum;
    }

    @Benchmark
    public int readIntsThroughUnsafe() {
        int sum = 0;
        for (long at = address; at < address + BYTES; at += Integer.BYTES) {
            sum += UNSAFE.getInt(at);
        }
        return sum;
    }

    @Benchmark
    public void writeLongsThroughOffHeap() {
        for (long at = address; at < address + BYTES; at += Long.BYTES) {
            OffHeap.putLongPlain(at, at);
        }
    }

    @Benchmark
    public void writeLongsThroughUnsafe() {
        for (long at = address; at < address + BYTES; at += Long.BYTES) {
            UNSAFE.putLong(at, at);
        }
    }

    @Benchmark
    public long setBitsThroughOffHeap() {
        long set = 0;
        for (long at = address; at < address + BYTES; at += Long.BYTES) {
            set |= OffHeap.getAndBitwiseOrLongVolatile(at, 1);
        }
        return set;
    }

    @Benchmark
    public long setBitsThroughUnsafe() {
        long set = 0;
        for (long at = address; at < address + BYTES; at += Long.BYTES) {
            set |= UNSAFE.getAndBitwiseOrLong(null, at, 1);
        }
        return set;
    }
}
