package org.shadowheap.agent;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import org.shadowheap.instrument.Exclusion;
import org.shadowheap.instrument.OwnClasses;
import org.shadowheap.instrument.Uninstrumented;

/**
 * Rewrites the classes that were loaded before the agent.
 *
 * <p>Each operation stops the program, 20 ms and 70 us for each class: in one while it has not begun, in batches while it runs. One
 * class that cannot be linked makes its whole batch fail, so those are looked for before.
 */
final class Retransformation {

    private static final int BATCH = 500;

    private Retransformation() {}

    /** Retransforms all loaded classes that can be; the transformer is installed already. */
    static void run(Instrumentation instrumentation, Uninstrumented uninstrumented, boolean whileTheProgramRuns)
            throws UnmodifiableClassException {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (instrumentation.isModifiableClass(type) && !type.isArray() && !OwnClasses.isOwn(type.getName())) {
                classes.add(type);
            } else if (type.isHidden() && !OwnClasses.isOwn(type.getName())) {
                String name = type.getName();
                uninstrumented.exclude(name.substring(0, name.indexOf('/')), Exclusion.HIDDEN_BEFORE);
            } else if (!type.isArray() && !type.isPrimitive() && !OwnClasses.isOwn(type.getName())) {
                uninstrumented.exclude(type.getName(), Exclusion.UNMODIFIABLE);
            }
        }
        if (!whileTheProgramRuns) {
            instrumentation.retransformClasses(classes.toArray(new Class<?>[0]));
            return;
        }
        classes.removeIf(type -> !isLinked(type));
        for (int from = 0; from < classes.size(); from += BATCH) {
            batch(instrumentation, classes.subList(from, Math.min(from + BATCH, classes.size())));
        }
    }

    /** Halves a batch that fails, until the class that makes it fail is alone, and stays as it is. */
    private static void batch(Instrumentation instrumentation, List<Class<?>> classes)
            throws UnmodifiableClassException {
        try {
            instrumentation.retransformClasses(classes.toArray(new Class<?>[0]));
        } catch (LinkageError | InternalError unlinkable) {
            int middle = classes.size() / 2;
            if (middle > 0) {
                batch(instrumentation, classes.subList(0, middle));
                batch(instrumentation, classes.subList(middle, classes.size()));
            }
        }
    }

    /** Asking for its members links a class without initializing it. */
    private static boolean isLinked(Class<?> type) {
        try {
            type.getDeclaredFields();
            type.getDeclaredMethods();
            return true;
        } catch (Throwable unlinkable) {
            return false;
        }
    }
}
