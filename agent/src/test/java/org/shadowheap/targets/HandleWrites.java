package org.shadowheap.targets;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.invoke.VarHandle.AccessMode;
import java.util.concurrent.atomic.AtomicMarkableReference;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.atomic.AtomicStampedReference;

/**
 * Lesson: variable handles in every mode, to fields, to a static field and to elements, each to an object or element of its
 * own; and the classes of java.util.concurrent.atomic.
 */
public final class HandleWrites {

    private static final int TIMES = 100;

    /** Modes in which a variable handle writes references. */
    private static final int MODES = 15;

    private static final WriteCounts COUNTS = new WriteCounts(HandleWrites.class);

    private HandleWrites() {}

    static final class Fields {
        Object byHandle;
        Object byMethodHandle;
        Object failed;
        volatile Object updated;
        volatile Object notUpdated;
        static Object ofClass;
    }

    static final class Element {}

    static final Fields[] FIELDS = new Fields[MODES];
    static final Element[] ARRAY = new Element[MODES];
    static final AtomicReference<Object> REFERENCE = new AtomicReference<>();
    static final AtomicReferenceArray<Object> REFERENCES = new AtomicReferenceArray<>(5);
    static final AtomicMarkableReference<Object> MARKABLE = new AtomicMarkableReference<>("first", false);
    static final AtomicStampedReference<Object> STAMPED = new AtomicStampedReference<>("first", 0);

    public static void main(String[] args) throws Throwable {
        for (int i = 0; i < MODES; i++) {
            FIELDS[i] = new Fields();
        }
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        VarHandle field = lookup.findVarHandle(Fields.class, "byHandle", Object.class);
        VarHandle failed = lookup.findVarHandle(Fields.class, "failed", Object.class);
        VarHandle ofClass = lookup.findStaticVarHandle(Fields.class, "ofClass", Object.class);
        VarHandle element = MethodHandles.arrayElementVarHandle(Element[].class);
        for (int i = 0; i < TIMES; i++) {
            toFields(field);
            toTheClass(ofClass);
            toElements(element);
            failed.compareAndSet(FIELDS[i % MODES], ARRAY, "never");
            failed.weakCompareAndSet(FIELDS[i % MODES], ARRAY, "never");
            failed.compareAndExchange(FIELDS[i % MODES], ARRAY, "never");
        }
        COUNTS.expect("Fields.byHandle", MODES * TIMES);
        COUNTS.expect("Fields.ofClass", MODES * TIMES);
        COUNTS.expectOwn("ARRAY[]", MODES * TIMES);
        COUNTS.expect("Fields.failed", 0);
        COUNTS.expectOwn("FIELDS[]", MODES);
        methodHandles(lookup.findVarHandle(Fields.class, "byMethodHandle", Object.class));
        updaters();
        atomics();
        COUNTS.print();
    }

    private static void toFields(VarHandle handle) {
        handle.set(FIELDS[0], new Object());
        handle.setOpaque(FIELDS[1], new Object());
        handle.setRelease(FIELDS[2], new Object());
        handle.setVolatile(FIELDS[3], new Object());
        handle.getAndSet(FIELDS[4], new Object());
        handle.getAndSetAcquire(FIELDS[5], new Object());
        handle.getAndSetRelease(FIELDS[6], new Object());
        handle.compareAndSet(FIELDS[7], FIELDS[7].byHandle, new Object());
        handle.compareAndExchange(FIELDS[8], FIELDS[8].byHandle, new Object());
        handle.compareAndExchangeAcquire(FIELDS[9], FIELDS[9].byHandle, new Object());
        handle.compareAndExchangeRelease(FIELDS[10], FIELDS[10].byHandle, new Object());
        while (!handle.weakCompareAndSet(FIELDS[11], FIELDS[11].byHandle, new Object())) {
            Thread.onSpinWait();
        }
        while (!handle.weakCompareAndSetPlain(FIELDS[12], FIELDS[12].byHandle, new Object())) {
            Thread.onSpinWait();
        }
        while (!handle.weakCompareAndSetAcquire(FIELDS[13], FIELDS[13].byHandle, new Object())) {
            Thread.onSpinWait();
        }
        while (!handle.weakCompareAndSetRelease(FIELDS[14], FIELDS[14].byHandle, new Object())) {
            Thread.onSpinWait();
        }
    }

    private static void toTheClass(VarHandle handle) {
        handle.set(new Object());
        handle.setOpaque(new Object());
        handle.setRelease(new Object());
        handle.setVolatile(new Object());
        handle.getAndSet(new Object());
        handle.getAndSetAcquire(new Object());
        handle.getAndSetRelease(new Object());
        handle.compareAndSet(Fields.ofClass, new Object());
        handle.compareAndExchange(Fields.ofClass, new Object());
        handle.compareAndExchangeAcquire(Fields.ofClass, new Object());
        handle.compareAndExchangeRelease(Fields.ofClass, new Object());
        while (!handle.weakCompareAndSet(Fields.ofClass, new Object())) {
            Thread.onSpinWait();
        }
        while (!handle.weakCompareAndSetPlain(Fields.ofClass, new Object())) {
            Thread.onSpinWait();
        }
        while (!handle.weakCompareAndSetAcquire(Fields.ofClass, new Object())) {
            Thread.onSpinWait();
        }
        while (!handle.weakCompareAndSetRelease(Fields.ofClass, new Object())) {
            Thread.onSpinWait();
        }
    }

    private static void toElements(VarHandle handle) {
        handle.set(ARRAY, 0, new Element());
        handle.setOpaque(ARRAY, 1, new Element());
        handle.setRelease(ARRAY, 2, new Element());
        handle.setVolatile(ARRAY, 3, new Element());
        handle.getAndSet(ARRAY, 4, new Element());
        handle.getAndSetAcquire(ARRAY, 5, new Element());
        handle.getAndSetRelease(ARRAY, 6, new Element());
        handle.compareAndSet(ARRAY, 7, ARRAY[7], new Element());
        handle.compareAndExchange(ARRAY, 8, ARRAY[8], new Element());
        handle.compareAndExchangeAcquire(ARRAY, 9, ARRAY[9], new Element());
        handle.compareAndExchangeRelease(ARRAY, 10, ARRAY[10], new Element());
        while (!handle.weakCompareAndSet(ARRAY, 11, ARRAY[11], new Element())) {
            Thread.onSpinWait();
        }
        while (!handle.weakCompareAndSetPlain(ARRAY, 12, ARRAY[12], new Element())) {
            Thread.onSpinWait();
        }
        while (!handle.weakCompareAndSetAcquire(ARRAY, 13, ARRAY[13], new Element())) {
            Thread.onSpinWait();
        }
        while (!handle.weakCompareAndSetRelease(ARRAY, 14, ARRAY[14], new Element())) {
            Thread.onSpinWait();
        }
    }

    /** Each mode by a method handle that is made for it. */
    private static void methodHandles(VarHandle handle) throws Throwable {
        int modes = 0;
        for (AccessMode mode : AccessMode.values()) {
            boolean compares = mode.name().contains("COMPARE");
            if (!handle.isAccessModeSupported(mode) || !compares && !mode.name().contains("SET")) {
                continue;
            }
            MethodHandle method = handle.toMethodHandle(mode);
            for (int i = 0; i < TIMES; i++) {
                Fields fields = FIELDS[modes];
                if (compares) {
                    method.invoke(fields, fields.byMethodHandle, new Object());
                } else {
                    method.invoke(fields, new Object());
                }
            }
            modes++;
        }
        COUNTS.expect("Fields.byMethodHandle", modes * TIMES);
        if (modes != MODES) {
            throw new IllegalStateException("modes=" + modes);
        }
    }

    private static void updaters() {
        var updater = AtomicReferenceFieldUpdater.newUpdater(Fields.class, Object.class, "updated");
        var failing = AtomicReferenceFieldUpdater.newUpdater(Fields.class, Object.class, "notUpdated");
        for (int i = 0; i < TIMES; i++) {
            updater.set(FIELDS[0], new Object());
            updater.lazySet(FIELDS[1], new Object());
            updater.getAndSet(FIELDS[2], new Object());
            updater.compareAndSet(FIELDS[3], FIELDS[3].updated, new Object());
            updater.updateAndGet(FIELDS[4], last -> new Object());
            updater.getAndAccumulate(FIELDS[5], "new", (last, value) -> new Object());
            failing.compareAndSet(FIELDS[i % MODES], ARRAY, "never");
        }
        COUNTS.expect("Fields.updated", 6 * TIMES);
        COUNTS.expect("Fields.notUpdated", 0);
    }

    /** How often the JDK's own fields are written the JDK decides: what they hold is compared. */
    private static void atomics() {
        for (int i = 0; i < TIMES; i++) {
            REFERENCE.set(new Object());
            REFERENCE.compareAndSet(REFERENCE.get(), new Object());
            REFERENCE.accumulateAndGet("new", (last, value) -> new Object[] {value});
            REFERENCES.set(0, new Object());
            REFERENCES.lazySet(1, new Object());
            REFERENCES.getAndSet(2, new Object());
            REFERENCES.compareAndSet(3, REFERENCES.get(3), new Object());
            REFERENCES.updateAndGet(4, last -> new Object[] {"new"});
            MARKABLE.set(new Object(), i % 2 == 0);
            STAMPED.compareAndSet(STAMPED.getReference(), new Object(), i, i + 1);
        }
    }
}
