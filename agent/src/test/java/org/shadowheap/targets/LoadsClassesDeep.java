package org.shadowheap.targets;

import java.io.InputStream;

/**
 * Lesson: a class may be loaded with hardly any stack left. Loads one class again and again, in a loader of its own each time,
 * nearer and nearer to the end of the stack; then lets each that was loaded store.
 */
public final class LoadsClassesDeep {

    /** Stores of each instance to its field. */
    public static final int STORES = 10;

    /** How many classes are loaded. */
    public static final int CLASSES = 40;

    /** Is loaded deep down. */
    public static final class Part implements Runnable {

        private Object value;

        @Override
        public void run() {
            for (int i = 0; i < STORES; i++) {
                value = new int[] {i};
            }
        }

        @Override
        public String toString() {
            return "part " + (value instanceof int[] array ? array[0] : -1);
        }
    }

    private static final class Loader extends ClassLoader {

        private final byte[] bytes;

        Loader(byte[] bytes) {
            this.bytes = bytes;
        }

        Class<?> define() {
            return defineClass(Part.class.getName(), bytes, 0, bytes.length);
        }
    }

    private static final Object[] PARTS = new Object[CLASSES];

    private final byte[] bytes;
    private Class<?> loaded;
    private int overflows;

    private LoadsClassesDeep(byte[] bytes) {
        this.bytes = bytes;
    }

    public static void main(String[] args) throws Exception {
        try (InputStream in = LoadsClassesDeep.class.getResourceAsStream("LoadsClassesDeep$Part.class")) {
            LoadsClassesDeep loads = new LoadsClassesDeep(in.readAllBytes());
            Thread thread = new Thread(null, loads::loadAll, "deep", 512 << 10);
            thread.start();
            thread.join();
        }
    }

    private void loadAll() {
        boolean whole = true;
        for (int i = 0; i < CLASSES; i++) {
            loaded = null;
            try {
                descend(i);
            } catch (StackOverflowError expected) {
                overflows++;
            }
            whole &= loaded != null && stores(loaded, i);
        }
        System.out.println("whole=" + whole + " overflows=" + (overflows > 0));
    }

    private static boolean stores(Class<?> type, int number) {
        try {
            Runnable part = (Runnable) type.getConstructor().newInstance();
            PARTS[number] = part;
            part.run();
            return part.toString().equals("part " + (STORES - 1));
        } catch (ReflectiveOperationException unexpected) {
            return false;
        }
    }

    /** On the way back from the end of the stack it is tried in every frame, until it succeeds. */
    private int descend(int salt) {
        int result = 0;
        try {
            result = salt % 3 == 0 ? descend(salt + 1) : wide(salt, salt * 3L, salt * 5L);
        } catch (StackOverflowError end) {
            if (loaded == null) {
                loaded = new Loader(bytes).define();
            }
            throw end;
        }
        return result + salt;
    }

    private int wide(int salt, long one, long other) {
        return descend(salt + 1) + (int) (one ^ other);
    }
}
