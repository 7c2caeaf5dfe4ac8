package org.shadowheap.targets;

import java.io.IOException;
import java.io.InputStream;

/** A class loader of a module system lets only {@code java.*} through: its classes must still reach the barrier. */
public final class IsolatedLoader {

    private IsolatedLoader() {}

    /** What the loader defines for itself. */
    public static final class Inside implements Runnable {

        private Object[] stored = {};

        @Override
        public void run() {
            stored = new Object[] {new Object(), this};
            System.out.println("inside, stored " + stored.length);
        }
    }

    private static final class Bundle extends ClassLoader {

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
            String file = name.replace('.', '/') + ".class";
            try (InputStream in = IsolatedLoader.class.getClassLoader().getResourceAsStream(file)) {
                if (in == null || !name.startsWith("org.shadowheap.targets.")) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }

    public static void main(String[] args) throws ReflectiveOperationException {
        Class<?> inside = new Bundle().loadClass(Inside.class.getName());
        System.out.println("another class: " + (inside != Inside.class));
        ((Runnable) inside.getDeclaredConstructor().newInstance()).run();
    }
}
