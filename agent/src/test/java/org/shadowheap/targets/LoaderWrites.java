package org.shadowheap.targets;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Lesson: classes of loaders that see nothing but {@code java.*}, as those of OSGi do; of one name in several loaders; hidden
 * ones; and ones that are unloaded.
 */
public final class LoaderWrites {

    private static final int TIMES = 100;
    private static final int DROPPED = 20;
    private static final int INSTANCES = 5_000;
    private static final long PATIENCE_MILLIS = 20_000;
    private static final WriteCounts COUNTS = new WriteCounts(LoaderWrites.class);

    private LoaderWrites() {}

    /** What each loader defines for itself. */
    public static final class Inside implements Supplier<Object> {
        static Object last;
        static final List<Object> ALL = new ArrayList<>();
        private Object own;
        private Runnable lambda = () -> {};

        @Override
        public Object get() {
            for (int i = 0; i < TIMES; i++) {
                own = new Inside[] {this};
                last = own;
                ALL.add(new Object());
                Object captured = own;
                lambda = () -> own = captured;
                lambda.run();
            }
            return own;
        }
    }

    /** Has a name that no other loader knows. */
    public static final class Alone implements Supplier<Object> {
        private final Object[] values = {new Object(), this};

        @Override
        public Object get() {
            return values;
        }
    }

    /** Is defined again, without a name to be found by; and is needed before its definition has ended. */
    public static final class Hidden implements Supplier<Object> {
        static final Object FIRST = new Hidden();
        static Object last;
        private Object own = new Object();

        @Override
        public Object get() {
            for (int i = 0; i < INSTANCES; i++) {
                last = new Hidden();
            }
            last = own;
            own = new Object[] {this, last};
            return own;
        }
    }

    /** Lets only {@code java.*} through. */
    static final class Bundle extends ClassLoader {

        Bundle() {
            super(null);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("java.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            if (!name.startsWith(LoaderWrites.class.getName())) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = classFile(name);
            return defineClass(name, bytes, 0, bytes.length);
        }

        Object run(Class<?> type) throws ReflectiveOperationException {
            Object made =
                    loadClass(type.getName(), false).getDeclaredConstructor().newInstance();
            Object result = ((Supplier<?>) made).get();
            return new Object[] {made, result};
        }
    }

    static final List<Object> KEPT = new ArrayList<>();
    static final List<WeakReference<ClassLoader>> LOADERS = new ArrayList<>();
    static final ReferenceQueue<ClassLoader> QUEUE = new ReferenceQueue<>();
    static final List<PhantomReference<ClassLoader>> PHANTOMS = new ArrayList<>();

    static byte[] classFile(String name) {
        String file = name.replace('.', '/') + ".class";
        try (InputStream in = LoaderWrites.class.getClassLoader().getResourceAsStream(file)) {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    public static void main(String[] args) throws ReflectiveOperationException, InterruptedException, IOException {
        for (int i = 0; i < DROPPED; i++) {
            runAndDrop();
        }
        awaitUnloading();
        for (int i = 0; i < 3; i++) {
            Bundle bundle = new Bundle();
            KEPT.add(bundle.run(Inside.class));
            KEPT.add(bundle);
        }
        KEPT.add(new Bundle().run(Alone.class));
        KEPT.add(new Inside().get());
        for (int i = 0; i < 3; i++) {
            Class<?> hidden = MethodHandles.lookup()
                    .defineHiddenClass(classFile(Hidden.class.getName()), true)
                    .lookupClass();
            KEPT.add(((Supplier<?>) hidden.getDeclaredConstructor().newInstance()).get());
        }
        // Those that were dropped count too.
        int loaded = DROPPED + 4;
        COUNTS.expect("Inside.own", 2 * TIMES * loaded);
        COUNTS.expect("Inside.last", TIMES * loaded);
        COUNTS.expect("Inside[]", TIMES * loaded);
        COUNTS.expect("Inside.lambda", (TIMES + 1) * loaded);
        COUNTS.expect("Inside.ALL", loaded);
        COUNTS.expect("Alone.values", 1);
        COUNTS.print();
    }

    private static void runAndDrop() throws ReflectiveOperationException {
        Bundle bundle = new Bundle();
        bundle.run(Inside.class);
        LOADERS.add(new WeakReference<>(bundle));
        PHANTOMS.add(new PhantomReference<>(bundle, QUEUE));
    }

    private static void awaitUnloading() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        int unloaded = 0;
        while (unloaded < DROPPED) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("unloaded=" + unloaded);
            }
            System.gc();
            unloaded += QUEUE.remove(20) == null ? 0 : 1;
        }
        if (LOADERS.stream().anyMatch(each -> !each.refersTo(null))) {
            throw new IllegalStateException("loaders are alive");
        }
    }
}
