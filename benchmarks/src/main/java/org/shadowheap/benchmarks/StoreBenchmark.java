package org.shadowheap.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A program's stores and births, as the program feels them. Knows nothing of the agent: run it without, and with {@code
 * -jvmArgsAppend -javaagent:agent/target/shadowheap.jar=...}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class StoreBenchmark {

    private static final int SIZE = 1024;

    /** An object with a reference field. */
    public static final class Node {
        Object value = SHARED;
    }

    private static final Object SHARED = new Object();
    static Object shared = SHARED;

    private Node[] nodes = {};
    private Object[] values = {};
    private int next;

    @Setup
    public void create() {
        nodes = new Node[SIZE];
        values = new Object[SIZE];
        for (int i = 0; i < SIZE; i++) {
            nodes[i] = new Node();
            values[i] = new Object();
        }
    }

    private int step() {
        next = next + 1 & SIZE - 1;
        return next;
    }

    /** Reads what a store reads; the difference to the next two is the store. */
    @Benchmark
    public Object nothing() {
        int i = step();
        return nodes[i].value == values[i] ? nodes : values;
    }

    @Benchmark
    public void field() {
        int i = step();
        nodes[i].value = values[i];
    }

    @Benchmark
    public void element() {
        int i = step();
        values[i] = nodes[i];
    }

    @Benchmark
    public void staticField() {
        shared = values[step()];
    }

    @Benchmark
    public Object birth() {
        return new Object();
    }

    @Benchmark
    public Object birthWithStore() {
        return new Node();
    }
}
