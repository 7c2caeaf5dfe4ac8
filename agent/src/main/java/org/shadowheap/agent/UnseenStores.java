package org.shadowheap.agent;

import java.lang.instrument.Instrumentation;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.shadowheap.instrument.ClassTable;
import org.shadowheap.verify.Explanations;

/** What excuses a slot that differs, by the classes that are loaded now and the frames that were there at the beginning. */
final class UnseenStores {

    private UnseenStores() {}

    /** @param attachment if the program ran before the session */
    static Explanations of(Instrumentation instrumentation, ClassTable classes, @Nullable Attachment attachment) {
        Set<String> uninstrumented = new HashSet<>();
        Set<String> natives = new HashSet<>();
        Set<String> constants = new HashSet<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (!classes.isInstrumented(type)) {
                uninstrumented.add(type.getName());
            }
            if (classes.declaresNative(type)) {
                natives.add(type.getName());
            }
            for (String field : classes.constants(type)) {
                constants.add(type.getName() + '.' + field);
            }
        }
        return new Explanations(
                uninstrumented, natives, constants, attachment == null ? Set.of() : attachment.storedByEarlierFrames());
    }
}
