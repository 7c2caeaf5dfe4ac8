package org.shadowheap.exploration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Loads our own classes anew and rewrites them, so that what they do to shared state goes to the simulation. Everything
 * else, the simulation included, comes from the parent.
 */
public final class ExploringLoader extends ClassLoader {

    private static final String OURS = "org.shadowheap.";
    private static final String SIMULATION = ExploringLoader.class.getPackageName();

    /** Accounts with counters of its own, which are no part of what is explored. */
    private static final String NATIVE_MEMORY = OURS + "memory.NativeMemory";

    private final Map<String, String> renamedAccesses;

    static {
        registerAsParallelCapable();
    }

    /** Leaves accesses as they are. */
    public ExploringLoader() {
        this(Map.of());
    }

    /**
     * Exchanges accesses of native memory for others.
     *
     * @param renamedAccesses from the name of a method of {@code OffHeap} to one of {@link SimulatedOffHeap}
     */
    public ExploringLoader(Map<String, String> renamedAccesses) {
        super(ExploringLoader.class.getClassLoader());
        this.renamedAccesses = renamedAccesses;
    }

    /** Makes instances of a scenario with one constructor. Classes among the arguments are handed over rewritten. */
    public Supplier<Scenario> scenario(Class<? extends Scenario> scenario, Object... arguments) {
        try {
            Object[] rewritten = arguments.clone();
            for (int i = 0; i < arguments.length; i++) {
                if (arguments[i] instanceof Class<?> type) {
                    rewritten[i] = loadClass(type.getName());
                }
            }
            Constructor<?> constructor = loadClass(scenario.getName()).getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            return () -> newInstance(constructor, rewritten);
        } catch (ClassNotFoundException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static Scenario newInstance(Constructor<?> constructor, Object[] arguments) {
        try {
            return (Scenario) constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        boolean fromParent = !name.startsWith(OURS)
                || name.equals(NATIVE_MEMORY)
                || name.substring(0, name.lastIndexOf('.')).equals(SIMULATION);
        if (fromParent) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] rewritten = AccessRewriter.rewrite(in.readAllBytes(), getParent(), renamedAccesses);
            return defineClass(name, rewritten, 0, rewritten.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
