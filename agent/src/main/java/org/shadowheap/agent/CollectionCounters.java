package org.shadowheap.agent;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import jdk.internal.misc.Unsafe;
import jdk.internal.perf.Perf;
import org.jspecify.annotations.Nullable;
import org.shadowheap.barrier.BarrierSetup;
import org.shadowheap.barrier.CollectionCounter;
import org.shadowheap.barrier.CollectionPlaces;

/**
 * Finds where this JVM counts its collections. Serial, Parallel and G1 count each collection, while the program is stopped, as they tell of it
 * later; ZGC and Shenandoah count the pauses of their cycles. With {@code -XX:-UsePerfData} there are no counters, nor in other JVMs.
 */
final class CollectionCounters {

    private static final String COLLECTOR = "sun.gc.collector.";
    private static final int MOST_COLLECTORS = 4;
    private static final String YOUNG = " young collection pauses";
    private static final String FULL = " full collection pauses";

    private CollectionCounters() {}

    /** Tells the barrier, before its classes are initialized. */
    static void prepare() {
        try {
            ByteBuffer memory = PerfMemory.attach();
            long address =
                    Unsafe.getUnsafe().getLong(memory, Unsafe.getUnsafe().objectFieldOffset(Buffer.class, "address"));
            JvmCounters counters = new JvmCounters(memory);
            BarrierSetup.youngCollections = find(counters, address, YOUNG);
            BarrierSetup.oldCollections = find(counters, address, FULL);
        } catch (InstantiationException | RuntimeException | LinkageError otherJvm) {
            // Collections are marked when the JVM tells of them.
        }
    }

    /** Times of collections are told from now on. */
    static void clockStarts() {
        if (BarrierSetup.youngCollections != null) {
            Perf perf = Perf.getPerf();
            CollectionPlaces.clockStarts(perf.highResCounter(), perf.highResFrequency());
        }
    }

    /**
     * The counter of one kind of collections.
     *
     * @param address of the memory that the counters lie in
     * @param pauses how the collector is called, behind its own name
     * @return null if there is none
     */
    static @Nullable CollectionCounter find(JvmCounters counters, long address, String pauses) {
        for (int i = 0; i < MOST_COLLECTORS; i++) {
            String name = counters.text(COLLECTOR + i + ".name");
            if (name == null || !name.endsWith(pauses)) {
                continue;
            }
            Integer count = counters.offset(COLLECTOR + i + ".invocations");
            Integer entry = counters.offset(COLLECTOR + i + ".lastEntryTime");
            Integer exit = counters.offset(COLLECTOR + i + ".lastExitTime");
            if (count != null && entry != null && exit != null) {
                return new CollectionCounter(address + count, address + entry, address + exit);
            }
        }
        return null;
    }
}
