package org.shadowheap.benchmarks;

import java.util.List;
import java.util.SplittableRandom;
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
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.ShadowHeap;

/** Events applied to the shadow heap: births and stores of nodes, some of them into old ones, collections included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ApplyBenchmark {

    private static final int CLASS = 1;
    private static final int NODE = 2;
    private static final int LINK = 12;
    private static final int FIRST_OLD = 1024;
    private static final int ROUND = 1 << 14;

    /** Old objects that stores may hit. */
    @Param({"1000", "1000000", "10000000"})
    private int oldObjects;

    private ShadowHeap heap = open();
    private SplittableRandom random = new SplittableRandom(1);
    private int next;

    private static ShadowHeap open() {
        HeapConfiguration configuration = new HeapConfiguration(16 << 20, 4096, 1, 1L << 30, ObjectModel.DEFAULT);
        return CollectedHeap.open(configuration, (site, type, young, listed) -> {}, result -> {});
    }

    /** A new heap each time: ids are never reused. */
    @Setup(Level.Iteration)
    public void fill() {
        heap.close();
        heap = open();
        random = new SplittableRandom(1);
        List<FieldDefinition> none = List.of();
        List<FieldDefinition> link = List.of(new FieldDefinition("link", LINK, false));
        heap.type(new TypeDefinition(CLASS, "Class", 0, 0, Shape.MIRROR, 0, 0, none, none));
        heap.type(new TypeDefinition(NODE, "Node", 0, 0, Shape.INSTANCE, 24, 0, link, none));
        for (int id = FIRST_OLD; id < FIRST_OLD + oldObjects; id++) {
            heap.contact(id, NODE, 0);
            heap.snapshotEnd(id);
        }
        heap.round();
        next = FIRST_OLD + (oldObjects + 1023) / 1024 * 1024;
    }

    @TearDown
    public void close() {
        heap.close();
    }

    /** One birth, one store into it, and a round now and then: two events. */
    @Benchmark
    public void birthAndStoreIntoTheYoungObject() {
        int id = next++;
        heap.birth(id, NODE, 0);
        heap.fieldStore(id, LINK, FIRST_OLD, 1);
        endRound(id);
    }

    /** One birth, and a store of it into an old object anywhere: two events. */
    @Benchmark
    public void birthAndStoreIntoAnOldObject() {
        int id = next++;
        heap.birth(id, NODE, 0);
        heap.fieldStore(FIRST_OLD + random.nextInt(oldObjects), LINK, id, 1);
        endRound(id);
    }

    /** A store from any old object to any other. */
    @Benchmark
    public void storeBetweenOldObjects() {
        int holder = FIRST_OLD + random.nextInt(oldObjects);
        heap.fieldStore(holder, LINK, FIRST_OLD + random.nextInt(oldObjects), 1);
    }

    private void endRound(int id) {
        if (id % ROUND == 0) {
            heap.round();
        }
    }
}
