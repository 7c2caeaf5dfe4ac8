package org.shadowheap.targets;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Lesson: writes by core reflection, method handles and proxies, a field for each way. */
public final class ReflectiveWrites {

    private static final int TIMES = 1000;
    private static final WriteCounts COUNTS = new WriteCounts(ReflectiveWrites.class);

    private ReflectiveWrites() {}

    static final class Fields {
        Object setByReflection;
        volatile Object setVolatileByReflection;
        final Object setThoughFinal = new Object();
        Object setByMethod;
        Object setByHandle;
        Object setByGuard;
        static Object staticSetByReflection;
        static Object staticSetByHandle;

        void set(Object value) {
            setByMethod = value;
        }
    }

    static final class Made {
        final Object value;

        Made(Object value) {
            this.value = value;
        }
    }

    static final class Element {}

    interface Sink {
        void take(Object value);
    }

    static final class Handler implements InvocationHandler {
        Object taken;

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            taken = arguments[0];
            return null;
        }
    }

    static final Fields FIELDS = new Fields();
    static final Handler HANDLER = new Handler();
    static final Element[] ARRAY = new Element[3];
    static final Object[] PROXIES = new Object[2];
    static Object made;
    static MethodHandle bound;

    public static void main(String[] args) throws Throwable {
        reflection();
        handles();
        proxies();
        COUNTS.print();
    }

    private static void reflection() throws ReflectiveOperationException {
        Field field = Fields.class.getDeclaredField("setByReflection");
        Field ofVolatile = Fields.class.getDeclaredField("setVolatileByReflection");
        Field ofFinal = Fields.class.getDeclaredField("setThoughFinal");
        ofFinal.setAccessible(true);
        Field ofClass = Fields.class.getDeclaredField("staticSetByReflection");
        Method setter = Fields.class.getDeclaredMethod("set", Object.class);
        Constructor<Made> constructor = Made.class.getDeclaredConstructor(Object.class);
        for (int i = 0; i < TIMES; i++) {
            field.set(FIELDS, new Object());
            ofVolatile.set(FIELDS, new Object());
            ofFinal.set(FIELDS, new Object());
            ofClass.set(null, new Object());
            setter.invoke(FIELDS, new Object());
            made = constructor.newInstance(new Object());
        }
        COUNTS.expect("Fields.setByReflection", TIMES);
        COUNTS.expect("Fields.setVolatileByReflection", TIMES);
        // Once by the constructor.
        COUNTS.expect("Fields.setThoughFinal", TIMES + 1);
        COUNTS.expect("Fields.staticSetByReflection", TIMES);
        COUNTS.expect("Fields.setByMethod", TIMES);
        COUNTS.expect("Made.value", TIMES);
    }

    private static void handles() throws Throwable {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        MethodHandle field = lookup.findSetter(Fields.class, "setByHandle", Object.class);
        MethodHandle ofClass = lookup.findStaticSetter(Fields.class, "staticSetByHandle", Object.class);
        MethodHandle element = MethodHandles.arrayElementSetter(Element[].class)
                .asType(MethodType.methodType(void.class, Element[].class, int.class, Element.class));
        MethodHandle guarded = lookup.findSetter(Fields.class, "setByGuard", Object.class);
        MethodHandle test = lookup.findStatic(
                ReflectiveWrites.class, "isText", MethodType.methodType(boolean.class, Fields.class, Object.class));
        bound = MethodHandles.guardWithTest(test, MethodHandles.empty(guarded.type()), guarded)
                .bindTo(FIELDS);
        for (int i = 0; i < TIMES; i++) {
            field.invokeExact(FIELDS, new Object());
            ofClass.invokeExact(new Object());
            element.invokeExact(ARRAY, i % 3, new Element());
            bound.invoke(i % 2 == 0 ? "text" : new Object());
        }
        COUNTS.expect("Fields.setByHandle", TIMES);
        COUNTS.expect("Fields.staticSetByHandle", TIMES);
        COUNTS.expectOwn("ARRAY[]", TIMES);
        COUNTS.expect("Fields.setByGuard", TIMES / 2);
    }

    static boolean isText(Fields fields, Object value) {
        return value instanceof String;
    }

    private static void proxies() throws ReflectiveOperationException {
        Sink proxy = (Sink) Proxy.newProxyInstance(Sink.class.getClassLoader(), new Class<?>[] {Sink.class}, HANDLER);
        MethodHandle setter = MethodHandles.lookup()
                .findVirtual(Fields.class, "set", MethodType.methodType(void.class, Object.class))
                .bindTo(FIELDS);
        PROXIES[0] = proxy;
        PROXIES[1] = setter;
        for (int i = 0; i < TIMES; i++) {
            proxy.take(new Object());
        }
        COUNTS.expect("Handler.taken", TIMES);
    }
}
