package org.shadowheap.targets;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Supplier;

/**
 * Lesson: every way in which a program of one thread can write a reference. Each way writes to a field, or to an array of a
 * type, of its own, so often: prints which, and how often.
 */
public final class WritePaths {

    private static final int TIMES = 1000;
    private static final Map<String, Integer> EXPECTED = new TreeMap<>();

    private WritePaths() {}

    /** A field for each way. */
    static class Fields {
        Object plain;
        Object setByReflection;
        Object setByHandle;
        Object varHandleSet;
        Object varHandleSetOpaque;
        Object varHandleSetRelease;
        Object varHandleSetVolatile;
        Object varHandleGetAndSet;
        Object varHandleGetAndSetAcquire;
        Object varHandleGetAndSetRelease;
        Object varHandleCompareAndSet;
        Object varHandleCompareAndExchange;
        Object varHandleCompareAndExchangeAcquire;
        Object varHandleCompareAndExchangeRelease;
        Object varHandleWeakCompareAndSet;
        Object varHandleWeakCompareAndSetPlain;
        Object varHandleWeakCompareAndSetAcquire;
        Object varHandleWeakCompareAndSetRelease;
        Object failedCompareAndSet;
        volatile Object updated;
        volatile Object plainVolatile;
        static Object plainStatic;
        static Object staticSetByReflection;
        static Object staticSetByHandle;
        static Object staticVarHandleSet;
    }

    /** Generic, so that javac makes a bridge. */
    interface Holder<T> {
        void hold(T value);
    }

    static final class Box implements Holder<String> {
        Object content;

        @Override
        public void hold(String value) {
            content = value;
        }
    }

    record Pair(Object left, Object right) {}

    /** Its outer instance is stored before super() is called. */
    final class Inner {
        final Object own = new Object();

        Object outer() {
            return WritePaths.this;
        }
    }

    static final class Throws {
        final Object value;

        Throws(Object value) {
            this.value = value;
            if (value != null) {
                throw new IllegalStateException("as it should");
            }
        }
    }

    static final class Made {
        final Object value;

        Made() {
            value = new Object();
        }
    }

    static final class Bean implements Serializable {
        private static final long serialVersionUID = 1;
        Object value = "bean";

        private Object readResolve() {
            return this;
        }
    }

    interface Constants {
        Object MADE = new Object();
    }

    enum Color {
        RED,
        GREEN
    }

    static final class A1 {}

    static final class A2 {}

    static final class A3 {}

    static final class A4 {}

    static final class A5 {}

    static final class A6 {}

    static final class A7 {}

    public static void main(String[] args) throws Throwable {
        Fields fields = new Fields();
        for (int i = 0; i < TIMES; i++) {
            fields.plain = new Object();
            fields.plainVolatile = new Object();
            Fields.plainStatic = new Object();
        }
        expect("Fields.plain", TIMES);
        expect("Fields.plainVolatile", TIMES);
        expect("Fields.plainStatic", TIMES);
        language();
        arrays();
        reflection(fields);
        handles(fields);
        varHandles(fields);
        serialization();
        EXPECTED.forEach((name, times) -> System.out.println(name + ' ' + times));
    }

    private static void expect(String field, int times) {
        EXPECTED.put(WritePaths.class.getName() + '$' + field, times);
    }

    private static void language() {
        Box box = new Box();
        Holder<String> holder = box;
        Supplier<Object> last = null;
        Object kept = Constants.MADE;
        for (int i = 0; i < TIMES; i++) {
            holder.hold("text");
            kept = new Pair(kept, box).right();
            Object captured = new WritePaths().new Inner().outer();
            last = () -> captured;
            kept = last.get() == null ? kept : box;
            try {
                kept = new Throws(captured);
            } catch (IllegalStateException expected) {
                kept = captured;
            }
        }
        int color = switch (Color.valueOf("RED")) {
            case RED -> 1;
            case GREEN -> 2;
        };
        expect("Box.content", TIMES);
        expect("Pair.left", TIMES);
        expect("Pair.right", TIMES);
        expect("Inner.this$0", TIMES);
        expect("Inner.own", TIMES);
        expect("Throws.value", TIMES);
        expect("Constants.MADE", 1);
        expect("Color.RED", 1);
        expect("Color.GREEN", 1);
        expect("Color.$VALUES", color);
        expect("Color[]", 2);
    }

    private static void arrays() {
        A1[] stored = new A1[10];
        A3[] copied = new A3[10];
        A4[] partly = new A4[4];
        Object[] mixed = {new A4(), new A4(), "none", new A4()};
        for (int i = 0; i < copied.length; i++) {
            copied[i] = new A3();
        }
        for (int i = 0; i < TIMES; i++) {
            stored[i % 10] = new A1();
            A2[][] nested = new A2[2][3];
            nested[1][i % 3] = new A2();
            nested[0] = nested[1];
            System.arraycopy(copied, 0, copied, 1, 5);
            try {
                System.arraycopy(mixed, 0, partly, 0, 4);
            } catch (ArrayStoreException expected) {
                partly[3] = partly[0];
            }
            A5[] ofClone = {new A5()};
            ofClone = ofClone.clone();
        }
        expect("A1[]", TIMES);
        expect("A2[]", TIMES);
        expect("A2[][]", TIMES);
        expect("A3[]", 10 + 5 * TIMES);
        expect("A4[]", 3 * TIMES);
        expect("A5[]", TIMES);
    }

    private static void reflection(Fields fields) throws ReflectiveOperationException {
        Field field = Fields.class.getDeclaredField("setByReflection");
        Field ofClass = Fields.class.getDeclaredField("staticSetByReflection");
        Constructor<Made> constructor = Made.class.getDeclaredConstructor();
        Object array = Array.newInstance(A6.class, 3);
        for (int i = 0; i < TIMES; i++) {
            field.set(fields, new Object());
            ofClass.set(null, new Object());
            Array.set(array, i % 3, new A6());
            Array.set(new int[1], 0, i);
            constructor.newInstance();
        }
        expect("Fields.setByReflection", TIMES);
        expect("Fields.staticSetByReflection", TIMES);
        expect("A6[]", TIMES);
        expect("Made.value", TIMES);
    }

    private static void handles(Fields fields) throws Throwable {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        MethodHandle field = lookup.findSetter(Fields.class, "setByHandle", Object.class);
        MethodHandle ofClass = lookup.findStaticSetter(Fields.class, "staticSetByHandle", Object.class);
        MethodHandle element = MethodHandles.arrayElementSetter(A7[].class)
                .asType(MethodType.methodType(void.class, A7[].class, int.class, A7.class));
        A7[] array = new A7[3];
        var updater = AtomicReferenceFieldUpdater.newUpdater(Fields.class, Object.class, "updated");
        for (int i = 0; i < TIMES; i++) {
            field.invokeExact(fields, new Object());
            ofClass.invokeExact(new Object());
            element.invokeExact(array, i % 3, new A7());
            updater.set(fields, new Object());
            updater.lazySet(fields, new Object());
            updater.getAndSet(fields, new Object());
            updater.compareAndSet(fields, fields.updated, new Object());
        }
        expect("Fields.setByHandle", TIMES);
        expect("Fields.staticSetByHandle", TIMES);
        expect("A7[]", TIMES);
        expect("Fields.updated", 4 * TIMES);
    }

    private static VarHandle handle(String field) throws ReflectiveOperationException {
        return MethodHandles.lookup().findVarHandle(Fields.class, field, Object.class);
    }

    private static void varHandles(Fields fields) throws ReflectiveOperationException {
        VarHandle ofClass =
                MethodHandles.lookup().findStaticVarHandle(Fields.class, "staticVarHandleSet", Object.class);
        VarHandle set = handle("varHandleSet");
        VarHandle setOpaque = handle("varHandleSetOpaque");
        VarHandle setRelease = handle("varHandleSetRelease");
        VarHandle setVolatile = handle("varHandleSetVolatile");
        VarHandle getAndSet = handle("varHandleGetAndSet");
        VarHandle getAndSetAcquire = handle("varHandleGetAndSetAcquire");
        VarHandle getAndSetRelease = handle("varHandleGetAndSetRelease");
        VarHandle element = MethodHandles.arrayElementVarHandle(Fields[].class);
        Fields[] array = new Fields[4];
        for (int i = 0; i < TIMES; i++) {
            ofClass.set(new Object());
            set.set(fields, new Object());
            setOpaque.setOpaque(fields, new Object());
            setRelease.setRelease(fields, new Object());
            setVolatile.setVolatile(fields, new Object());
            getAndSet.getAndSet(fields, new Object());
            getAndSetAcquire.getAndSetAcquire(fields, new Object());
            getAndSetRelease.getAndSetRelease(fields, new Object());
            element.setVolatile(array, i % 4, fields);
            element.getAndSet(array, i % 4, null);
            element.compareAndSet(array, i % 4, null, fields);
        }
        expect("Fields.staticVarHandleSet", TIMES);
        expect("Fields.varHandleSet", TIMES);
        expect("Fields.varHandleSetOpaque", TIMES);
        expect("Fields.varHandleSetRelease", TIMES);
        expect("Fields.varHandleSetVolatile", TIMES);
        expect("Fields.varHandleGetAndSet", TIMES);
        expect("Fields.varHandleGetAndSetAcquire", TIMES);
        expect("Fields.varHandleGetAndSetRelease", TIMES);
        expect("Fields[]", 3 * TIMES);
        compareAndSet(fields);
    }

    private static void compareAndSet(Fields fields) throws ReflectiveOperationException {
        VarHandle set = handle("varHandleCompareAndSet");
        VarHandle exchange = handle("varHandleCompareAndExchange");
        VarHandle exchangeAcquire = handle("varHandleCompareAndExchangeAcquire");
        VarHandle exchangeRelease = handle("varHandleCompareAndExchangeRelease");
        VarHandle weak = handle("varHandleWeakCompareAndSet");
        VarHandle weakPlain = handle("varHandleWeakCompareAndSetPlain");
        VarHandle weakAcquire = handle("varHandleWeakCompareAndSetAcquire");
        VarHandle weakRelease = handle("varHandleWeakCompareAndSetRelease");
        VarHandle failed = handle("failedCompareAndSet");
        int weakly = 0;
        for (int i = 0; i < TIMES; i++) {
            Object next = new Object();
            set.compareAndSet(fields, fields.varHandleCompareAndSet, next);
            exchange.compareAndExchange(fields, fields.varHandleCompareAndExchange, next);
            exchangeAcquire.compareAndExchangeAcquire(fields, fields.varHandleCompareAndExchangeAcquire, next);
            exchangeRelease.compareAndExchangeRelease(fields, fields.varHandleCompareAndExchangeRelease, next);
            failed.compareAndSet(fields, next, next);
            failed.compareAndExchange(fields, next, next);
            while (!weak.weakCompareAndSet(fields, fields.varHandleWeakCompareAndSet, next)) {
                weakly++;
            }
            while (!weakPlain.weakCompareAndSetPlain(fields, fields.varHandleWeakCompareAndSetPlain, next)) {
                weakly++;
            }
            while (!weakAcquire.weakCompareAndSetAcquire(fields, fields.varHandleWeakCompareAndSetAcquire, next)) {
                weakly++;
            }
            while (!weakRelease.weakCompareAndSetRelease(fields, fields.varHandleWeakCompareAndSetRelease, next)) {
                weakly++;
            }
        }
        if (weakly > TIMES) {
            throw new IllegalStateException("failed more often than not: failures=" + weakly);
        }
        expect("Fields.varHandleCompareAndSet", TIMES);
        expect("Fields.varHandleCompareAndExchange", TIMES);
        expect("Fields.varHandleCompareAndExchangeAcquire", TIMES);
        expect("Fields.varHandleCompareAndExchangeRelease", TIMES);
        expect("Fields.varHandleWeakCompareAndSet", TIMES);
        expect("Fields.varHandleWeakCompareAndSetPlain", TIMES);
        expect("Fields.varHandleWeakCompareAndSetAcquire", TIMES);
        expect("Fields.varHandleWeakCompareAndSetRelease", TIMES);
        expect("Fields.failedCompareAndSet", 0);
    }

    private static void serialization() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Bean());
        }
        for (int i = 0; i < TIMES; i++) {
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                in.readObject();
            }
        }
        // Once by the constructor of the one that was written.
        expect("Bean.value", TIMES + 1);
    }
}
