package org.shadowheap.agent;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import org.shadowheap.instrument.OwnClasses;

/** Rewrites the classes that were loaded before the agent. */
final class Retransformation {

    private Retransformation() {}

    /** Retransforms all loaded classes that can be; the transformer is installed already. */
    static void run(Instrumentation instrumentation) throws UnmodifiableClassException {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (instrumentation.isModifiableClass(type) && !type.isArray() && !OwnClasses.isOwn(type.getName())) {
                classes.add(type);
            }
        }
        instrumentation.retransformClasses(classes.toArray(new Class<?>[0]));
    }
}
