package org.shadowheap.agent;

import java.lang.instrument.Instrumentation;
import java.util.HashSet;
import java.util.Set;
import org.shadowheap.instrument.ClassTable;

/**
 * What excuses a slot that differs, by the classes that are loaded now.
 *
 * @param uninstrumented names of classes whose stores are not seen
 * @param constants static fields, {@code pkg.Class.name}, that the JVM itself sets when it initializes their classes
 */
record UnseenClasses(Set<String> uninstrumented, Set<String> constants) {

    static UnseenClasses of(Instrumentation instrumentation, ClassTable classes) {
        Set<String> uninstrumented = new HashSet<>();
        Set<String> constants = new HashSet<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (!classes.isInstrumented(type)) {
                uninstrumented.add(type.getName());
            }
            for (String field : classes.constants(type)) {
                constants.add(type.getName() + '.' + field);
            }
        }
        return new UnseenClasses(uninstrumented, constants);
    }
}
