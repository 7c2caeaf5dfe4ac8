package org.shadowheap.drain;

import java.util.concurrent.atomic.AtomicInteger;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;
import org.shadowheap.barrier.AgentCode;
import org.shadowheap.barrier.BarrierSetup;
import org.shadowheap.barrier.ExistingHeap;
import org.shadowheap.barrier.Layout;
import org.shadowheap.barrier.Recording;
import org.shadowheap.barrier.SiteTable;
import org.shadowheap.barrier.TypeSource;

/**
 * Runs the barrier in the test's own JVM, without instrumentation: tests call it by hand after each store.
 *
 * <p>The barrier's state is static, so each test class that uses it runs in a JVM of its own.
 */
final class BarrierInProcess {

    private static final long LOG_BYTES = 32L << 20;
    private static final long MAX_WAIT_NANOS = 60_000_000_000L;

    /** How often the barrier has asked what a class is like. */
    static final AtomicInteger ASKED = new AtomicInteger();

    private BarrierInProcess() {}

    /** Begins to record, with object headers as JDK 17 and later have them by default. */
    static void begin(Class<?>... types) {
        BarrierSetup.logBytes = LOG_BYTES;
        prepare();
        record(types);
    }

    /** As {@link #begin}, with the memory of the logs that has been set up. */
    static void prepare() {
        BarrierSetup.hashShift = Runtime.version().feature() < 24 ? 8 : hashShift();
        BarrierSetup.headerIdentity = true;
        BarrierSetup.threadIdOffset = Unsafe.getUnsafe().objectFieldOffset(Thread.class, "tid");
        BarrierSetup.arrayBaseOffset = Unsafe.getUnsafe().arrayIndexScale(Object[].class) == 4 ? 16 : 24;
        BarrierSetup.maxWaitNanos = MAX_WAIT_NANOS;
    }

    static void record(Class<?>... types) {
        Recording.begin(new Types());
        long token = AgentCode.enterFirst();
        ExistingHeap.mirror(types);
        AgentCode.exit(token);
    }

    private static int hashShift() {
        Object object = new Object();
        long before = Unsafe.getUnsafe().getLong(object, 0L);
        long hash = System.identityHashCode(object);
        long after = Unsafe.getUnsafe().getLong(object, 0L);
        for (int shift = 0; shift < 33; shift++) {
            if ((before | hash << shift) == after) {
                return shift;
            }
        }
        throw new IllegalStateException("no hash in the header");
    }

    /** Arrays are born, nothing else has fields. */
    private static final class Types implements TypeSource {

        @Override
        public Layout layout(Class<?> type) {
            ASKED.incrementAndGet();
            boolean array = type.isArray();
            boolean references = array && !type.getComponentType().isPrimitive();
            return new Layout(new long[0], Layout.UNREADABLE, new long[0], array, references, type != Class.class);
        }

        @Override
        public void define(Class<?> type, int id, int superType) {}

        @Override
        public int nameSite(int site, Class<?> holder, int offset, boolean ofMirror) {
            return site;
        }

        @Override
        public int mirrorBytes(Class<?> mirror) {
            return 0;
        }

        @Override
        public int resolveField(int site, Class<?> holder) {
            return SiteTable.UNKNOWN;
        }

        @Override
        public int resolveStatic(int site, Class<?> holder) {
            return SiteTable.UNKNOWN;
        }

        @Override
        public @Nullable Class<?> declaringClass(int site, Class<?> holder) {
            return null;
        }

        @Override
        public int inheritedOffset(int site, Class<?> declaring) {
            return SiteTable.UNKNOWN;
        }
    }
}
