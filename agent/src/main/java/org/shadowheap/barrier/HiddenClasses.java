package org.shadowheap.barrier;

import org.jspecify.annotations.Nullable;

/**
 * Where the JDK hands the bytes of a hidden class (a lambda, a {@code LambdaForm}, what {@code Lookup.defineHiddenClass} is
 * given) to the JVM: no transformer sees them, so they are rewritten here.
 *
 * <p>Called on the thread that defines the class, by the instrumented access object of {@code java.lang.System}. Nothing is
 * thrown: what goes wrong leaves the class as it is, and is counted as a lost event.
 */
public final class HiddenClasses {

    /** Rewrites. Called while the thread is quiet. */
    public interface Rewriter {

        /**
         * The bytes to define instead.
         *
         * @param lookup class whose nest or package the hidden one will belong to
         */
        byte[] rewrite(@Nullable ClassLoader loader, Class<?> lookup, byte[] bytes);

        /** A class was defined from bytes that {@link #rewrite} returned. */
        void defined(Class<?> type, byte[] bytes);
    }

    private static final String HANDLES = "java.lang.invoke.";

    private static volatile @Nullable Rewriter rewriter;

    private HiddenClasses() {}

    /** From now on classes are rewritten; null for no longer. */
    public static void rewriteWith(@Nullable Rewriter by) {
        rewriter = by;
    }

    /**
     * The bytes to define; the agent's own lambdas, which are linked while it works, stay as they are. The forms that the JDK makes for handles do
     * not: it keeps them for everybody, and what they hold in static fields would be missing.
     */
    static byte[] bytes(@Nullable ClassLoader loader, @Nullable Class<?> lookup, byte[] bytes) {
        Rewriter by = rewriter;
        if (by == null || lookup == null || bytes == null) {
            return bytes;
        }
        if (AgentCode.isEntered() && !(AgentCode.isQuiet() && lookup.getName().startsWith(HANDLES))) {
            return bytes;
        }
        long entered = Cells.NONE;
        try {
            entered = AgentCode.enterForLong();
            return by.rewrite(loader, lookup, bytes);
        } catch (Throwable failure) {
            Cells.countLost(entered);
            return bytes;
        } finally {
            AgentCode.exit(entered);
        }
    }

    static void defined(@Nullable Class<?> type, byte[] bytes) {
        Rewriter by = rewriter;
        if (by == null || type == null || AgentCode.isEntered() && !AgentCode.isQuiet()) {
            return;
        }
        long entered = Cells.NONE;
        try {
            entered = AgentCode.enter();
            by.defined(type, bytes);
        } catch (Throwable failure) {
            // Its instances are met instead of born.
            Cells.countLost(entered);
        } finally {
            AgentCode.exit(entered);
        }
    }
}
