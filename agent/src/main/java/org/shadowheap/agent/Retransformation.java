package org.shadowheap.agent;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import org.shadowheap.instrument.Exclusion;
import org.shadowheap.instrument.OwnClasses;
import org.shadowheap.instrument.Uninstrumented;

/** Rewrites the classes that were loaded before the agent. */
final class Retransformation {

    private Retransformation() {}

    /** Retransforms all loaded classes that can be; the transformer is installed already. */
    static void run(Instrumentation instrumentation, Uninstrumented uninstrumented) throws UnmodifiableClassException {
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
        instrumentation.retransformClasses(classes.toArray(new Class<?>[0]));
    }
}
