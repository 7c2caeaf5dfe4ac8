package org.shadowheap.instrument;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.function.Function;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a loaded class: from its class file if that was seen, else from the JVM, without the filter of
 * reflection.
 */
final class FieldSource {

    private static final Unsafe U = Unsafe.getUnsafe();

    /** One for all sessions. */
    private static final @Nullable Function<Class<?>, Field[]> DECLARED_FIELDS = UnfilteredFields.make();

    private final ClassTable classes;

    FieldSource(ClassTable classes) {
        this.classes = classes;
    }

    ClassFacts of(Class<?> type) {
        ClassFacts seen = classes.find(type);
        if (seen != null) {
            return seen;
        }
        ClassFacts asked = classes.unseen().get(type.getName(), type);
        return asked != null ? asked : classes.unseen().entered(type.getName(), type, ask(type));
    }

    private ClassFacts ask(Class<?> type) {
        ClassFacts facts = new ClassFacts(false);
        facts.declaresGet = true; // nobody has looked
        if (DECLARED_FIELDS == null || type.isPrimitive()) {
            return facts;
        }
        try {
            for (Field field : DECLARED_FIELDS.apply(type)) {
                facts.fields.add(new ClassFacts.Field(
                        field.getName(),
                        ClassFacts.primitiveBytes(field.getType().descriptorString()),
                        ClassFacts.isReferenceArray(field.getType().descriptorString()),
                        Modifier.isStatic(field.getModifiers()),
                        Modifier.isVolatile(field.getModifiers())));
            }
        } catch (RuntimeException | LinkageError unknowable) {
            // Without fields its instances are mirrored without edges; verification counts them.
        }
        return facts;
    }

    /** Offset in bytes of a field that the class declares, from the instance or from the mirror; -1 if unknown. */
    static long offset(Class<?> declaring, String name) {
        try {
            return U.objectFieldOffset(declaring, name);
        } catch (InternalError absent) {
            return -1;
        }
    }
}
