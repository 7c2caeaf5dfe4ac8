package org.shadowheap.barrier;

import static org.shadowheap.event.layout.EventRecord.word0;
import static org.shadowheap.event.layout.EventRecord.word1;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.layout.EventRecord;

/**
 * The barrier without agent and drain, called by hand after each store, to measure it alone.
 *
 * <p>In the package of the barrier, for its insides. Each thread that appends must {@linkplain Log#discard discard} what it
 * has appended before 64 MiB are full, as the drain does, but without reading it.
 */
public final class BareBarrier {

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final long LOG_BYTES = 64L << 20;
    private static final long MAX_WAIT_NANOS = 10_000_000_000L;
    private static final int HASH_BITS = 31;

    private BareBarrier() {}

    /** Begins to record. Objects of these classes are born; site n stores to the n-th field of the first one. */
    public static synchronized void begin(Class<?>... types) {
        if (Recording.isOn()) {
            return;
        }
        BarrierSetup.hashShift = hashShift();
        BarrierSetup.headerIdentity = true;
        BarrierSetup.threadIdOffset = U.objectFieldOffset(Thread.class, "tid");
        BarrierSetup.arrayBaseOffset = arrayBaseOffset();
        BarrierSetup.logBytes = LOG_BYTES;
        BarrierSetup.maxWaitNanos = MAX_WAIT_NANOS;
        BarrierSetup.systemLoader = ClassLoader.getSystemClassLoader();
        Recording.begin(new Types(types));
        long token = AgentCode.enterFirst();
        ExistingHeap.mirror(types);
        AgentCode.exit(token);
    }

    /** Asked for by reflection: up to JDK 24 it is an int, from 25 on a long, and code compiled for one is not linked by the other. */
    private static int arrayBaseOffset() {
        try {
            Number offset = (Number)
                    Unsafe.class.getMethod("arrayBaseOffset", Class.class).invoke(U, Object[].class);
            return offset.intValue();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int hashShift() {
        Object object = new Object();
        long before = U.getLong(object, 0L);
        long hash = System.identityHashCode(object);
        long after = U.getLong(object, 0L);
        for (int shift = 0; shift <= Long.SIZE - HASH_BITS; shift++) {
            if ((before | hash << shift) == after) {
                return shift;
            }
        }
        throw new IllegalStateException("the header does not hold the hash: before=" + before + " after=" + after);
    }

    /** The log of the thread that makes it. */
    public static final class Log {

        private final long cell;
        private long chunk;

        public Log() {
            WriteBarrier.birth(new Object());
            cell = Cells.current();
            chunk = Cells.firstChunk(cell);
        }

        /** Appends a record of one of the thread's own objects, and nothing else. */
        public void append(int id) {
            EventLog.appendOwn(cell, word0(id, id), word1(EventRecord.FIELD_STORE, 0, 1));
        }

        /** Gives back the chunks that are full. */
        public void discard() {
            long last = Chunks.chunkBefore(Cells.topAcquire(cell));
            while (chunk != last) {
                long next = Chunks.next(chunk);
                Chunks.free(chunk);
                chunk = next;
            }
        }
    }

    /** Types as the agent describes them, found by reflection. */
    private static final class Types implements TypeSource {

        private final Class<?>[] types;

        Types(Class<?>... types) {
            this.types = types.clone();
        }

        @Override
        public Layout layout(Class<?> type) {
            boolean array = type.isArray();
            boolean references = array && !type.getComponentType().isPrimitive();
            List<Long> fields = new ArrayList<>();
            if (type == types[0]) {
                for (Field field : type.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())) {
                        fields.add(U.objectFieldOffset(field));
                    }
                }
            }
            long[] offsets = fields.stream().mapToLong(Long::longValue).toArray();
            return new Layout(offsets, Layout.UNREADABLE, new long[0], array, references, type != Class.class);
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
            Field field = types[0].getDeclaredFields()[site - 1];
            int offset = (int) U.objectFieldOffset(field);
            return Modifier.isVolatile(field.getModifiers()) ? offset | SiteTable.SHARED : offset;
        }

        @Override
        public int resolveStatic(int site, Class<?> holder) {
            return (int) U.staticFieldOffset(holder.getDeclaredFields()[site - 1]);
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
