package org.shadowheap.targets;

import java.lang.reflect.Field;
import sun.misc.Unsafe;

/**
 * Lesson: {@code sun.misc.Unsafe} in all its ways to write a reference. A test compiles this, because the build takes every
 * warning for an error and this one cannot be suppressed.
 */
public final class SunUnsafeWrites {

    private static final int TIMES = 100;
    private static final int WAYS = 5;
    private static final WriteCounts COUNTS = new WriteCounts(SunUnsafeWrites.class);

    private SunUnsafeWrites() {}

    static final class Fields {
        Object byOffset;
        Object failed;
        static Object ofClass;
    }

    static final class Element {}

    static final Fields[] FIELDS = new Fields[WAYS];
    static final Element[] ARRAY = new Element[WAYS];
    static Object made;

    public static void main(String[] args) throws ReflectiveOperationException {
        Field only = Unsafe.class.getDeclaredField("theUnsafe");
        only.setAccessible(true);
        Unsafe unsafe = (Unsafe) only.get(null);
        for (int i = 0; i < WAYS; i++) {
            FIELDS[i] = new Fields();
        }
        long field = unsafe.objectFieldOffset(Fields.class.getDeclaredField("byOffset"));
        long failed = unsafe.objectFieldOffset(Fields.class.getDeclaredField("failed"));
        Field ofClass = Fields.class.getDeclaredField("ofClass");
        Object base = unsafe.staticFieldBase(ofClass);
        long fromBase = unsafe.staticFieldOffset(ofClass);
        for (int i = 0; i < TIMES; i++) {
            for (int way = 0; way < WAYS; way++) {
                long element = unsafe.arrayBaseOffset(Element[].class) + (long) way * unsafe.arrayIndexScale(Element[].class);
                write(unsafe, way, FIELDS[way], field, FIELDS[way].byOffset, new Object());
                write(unsafe, way, ARRAY, element, ARRAY[way], new Element());
                write(unsafe, way, base, fromBase, Fields.ofClass, new Object());
            }
            unsafe.compareAndSwapObject(FIELDS[0], failed, ARRAY, "never");
            Fields allocated = (Fields) unsafe.allocateInstance(Fields.class);
            unsafe.putObject(allocated, field, new Object());
            made = allocated;
        }
        COUNTS.expect("Fields.byOffset", (WAYS + 1) * TIMES);
        COUNTS.expect("Fields.failed", 0);
        COUNTS.expect("Fields.ofClass", WAYS * TIMES);
        COUNTS.expectOwn("ARRAY[]", WAYS * TIMES);
        COUNTS.print();
    }

    private static void write(Unsafe unsafe, int way, Object holder, long offset, Object expected, Object value) {
        switch (way) {
            case 0 -> unsafe.putObject(holder, offset, value);
            case 1 -> unsafe.putObjectVolatile(holder, offset, value);
            case 2 -> unsafe.putOrderedObject(holder, offset, value);
            case 3 -> unsafe.getAndSetObject(holder, offset, value);
            default -> {
                if (!unsafe.compareAndSwapObject(holder, offset, expected, value)) {
                    throw new IllegalStateException("not done");
                }
            }
        }
    }
}
