package org.shadowheap.targets;

import jdk.internal.misc.Unsafe;

/**
 * Lesson: the internal Unsafe in all its ways to write a reference, each to a field and an element of its own. What
 * {@code SunUnsafeWrites} does with the other one.
 */
public final class UnsafeWrites {

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final int TIMES = 100;
    private static final int WAYS = 15;
    private static final WriteCounts COUNTS = new WriteCounts(UnsafeWrites.class);

    private UnsafeWrites() {}

    static final class Fields {
        Object byOffset;
        Object failed;
        static Object ofClass;
    }

    static final class Element {}

    static final Fields[] FIELDS = new Fields[WAYS];
    static final Element[] ARRAY = new Element[WAYS];
    static Object made;
    static Object uninitialized;

    public static void main(String[] args) throws ReflectiveOperationException {
        for (int i = 0; i < WAYS; i++) {
            FIELDS[i] = new Fields();
        }
        long field = U.objectFieldOffset(Fields.class, "byOffset");
        long failed = U.objectFieldOffset(Fields.class, "failed");
        long ofClass = U.staticFieldOffset(Fields.class.getDeclaredField("ofClass"));
        // Its result is an int or a long, as the JDK will.
        long base = ((Number)
                        Unsafe.class.getMethod("arrayBaseOffset", Class.class).invoke(U, Element[].class))
                .longValue();
        long scale = U.arrayIndexScale(Element[].class);
        for (int i = 0; i < TIMES; i++) {
            for (int way = 0; way < WAYS; way++) {
                write(way, FIELDS[way], field, FIELDS[way].byOffset, new Object());
                write(way, ARRAY, base + way * scale, ARRAY[way], new Element());
                write(way, Fields.class, ofClass, Fields.ofClass, new Object());
            }
            U.compareAndSetReference(FIELDS[0], failed, ARRAY, "never");
            U.compareAndExchangeReference(FIELDS[0], failed, ARRAY, "never");
            Fields allocated = (Fields) U.allocateInstance(Fields.class);
            U.putReference(allocated, field, new Object());
            made = allocated;
            uninitialized = U.allocateUninitializedArray(long.class, 3);
        }
        COUNTS.expect("Fields.byOffset", (WAYS + 1) * TIMES);
        COUNTS.expect("Fields.failed", 0);
        COUNTS.expect("Fields.ofClass", WAYS * TIMES);
        COUNTS.expectOwn("ARRAY[]", WAYS * TIMES);
        COUNTS.print();
    }

    private static void write(int way, Object holder, long offset, Object expected, Object value) {
        switch (way) {
            case 0 -> U.putReference(holder, offset, value);
            case 1 -> U.putReferenceVolatile(holder, offset, value);
            case 2 -> U.putReferenceOpaque(holder, offset, value);
            case 3 -> U.putReferenceRelease(holder, offset, value);
            case 4 -> U.getAndSetReference(holder, offset, value);
            case 5 -> U.getAndSetReferenceAcquire(holder, offset, value);
            case 6 -> U.getAndSetReferenceRelease(holder, offset, value);
            case 7 -> U.compareAndSetReference(holder, offset, expected, value);
            case 8 -> U.compareAndExchangeReference(holder, offset, expected, value);
            case 9 -> U.compareAndExchangeReferenceAcquire(holder, offset, expected, value);
            case 10 -> U.compareAndExchangeReferenceRelease(holder, offset, expected, value);
            default -> {
                boolean done = false;
                while (!done) {
                    done = switch (way) {
                        case 11 -> U.weakCompareAndSetReference(holder, offset, expected, value);
                        case 12 -> U.weakCompareAndSetReferencePlain(holder, offset, expected, value);
                        case 13 -> U.weakCompareAndSetReferenceAcquire(holder, offset, expected, value);
                        default -> U.weakCompareAndSetReferenceRelease(holder, offset, expected, value);
                    };
                }
            }
        }
    }
}
