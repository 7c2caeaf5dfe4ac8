package org.shadowheap.targets;

import java.lang.invoke.MethodHandles;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/**
 * Defines hidden classes, makes an instance of each and forgets them; then defines some that it keeps, whose names may be
 * those of the first. Prints how many of the first are still there.
 */
public final class UnloadedHiddenClasses {

    private static final int FORGOTTEN = 500;
    private static final int KEPT = 50;

    /** What the later ones made. */
    static final List<Object> INSTANCES = new ArrayList<>();

    /** What each hidden class is a copy of. */
    static final class Template {
        Object held = "held";
    }

    private UnloadedHiddenClasses() {}

    private static Object instance(byte[] bytes) throws ReflectiveOperationException {
        Class<?> hidden = MethodHandles.lookup().defineHiddenClass(bytes, true).lookupClass();
        return hidden.getDeclaredConstructor().newInstance();
    }

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        byte[] bytes = LoaderWrites.classFile(Template.class.getName());
        List<WeakReference<Class<?>>> forgotten = new ArrayList<>();
        for (int i = 0; i < FORGOTTEN; i++) {
            forgotten.add(new WeakReference<>(instance(bytes).getClass()));
        }
        int left = FORGOTTEN;
        for (int attempt = 0; attempt < 20 && left > 0; attempt++) {
            System.gc();
            Thread.sleep(50);
            left = 0;
            for (WeakReference<Class<?>> each : forgotten) {
                left += each.refersTo(null) ? 0 : 1;
            }
        }
        for (int i = 0; i < KEPT; i++) {
            INSTANCES.add(instance(bytes));
        }
        System.out.println("left " + left);
    }
}
