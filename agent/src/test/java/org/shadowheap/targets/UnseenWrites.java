package org.shadowheap.targets;

import java.io.File;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Lesson: what is not seen, one static field for each blind spot; and what native code writes before anybody looks. */
public final class UnseenWrites {

    /** Gives itself away, and fails. */
    static class Fails {

        @SuppressWarnings("this-escape")
        Fails() {
            failed = this;
            throw new IllegalStateException("as it should");
        }
    }

    /** Its outer instance is stored before super() is called, which does not return. */
    final class Inner extends Fails {
        Object outer() {
            return UnseenWrites.this;
        }
    }

    static Object info;
    static Object listed;
    static Object failed;
    static final Object[] COPIED = new Object[2];
    static final Object[] COPIED_BY_REFLECTION = new Object[2];

    private UnseenWrites() {}

    public static void main(String[] args) throws Throwable {
        // Constructed in Java, and so met, before native code fills it.
        info = ProcessHandle.current().info();
        // Made and filled by native code before it is met.
        listed = new File(System.getProperty("java.home")).list();
        try {
            failed = new UnseenWrites().new Inner().outer();
        } catch (IllegalStateException expected) {
            System.out.println(((Inner) failed).outer() != null);
        }
        // Whoever calls this is rewritten; but nobody calls it by name.
        MethodType type =
                MethodType.methodType(void.class, Object.class, int.class, Object.class, int.class, int.class);
        MethodHandle copy = MethodHandles.lookup().findStatic(System.class, "arraycopy", type);
        Object[] source = {new Object(), "copied"};
        copy.invoke((Object) source, 0, (Object) COPIED, 0, 2);
        System.class.getMethod("arraycopy", type.parameterArray()).invoke(null, source, 0, COPIED_BY_REFLECTION, 0, 2);
    }
}
