package org.shadowheap.instrument;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a loaded class: from its class file if that was seen, else from the JVM, without the filter of
 * reflection.
 */
final class FieldSource {

    private static final Unsafe U = Unsafe.getUnsafe();

    /** One for all sessions: of a new one the JDK makes a class when it has been called a few times. */
    private static final @Nullable Method DECLARED_FIELDS = declaredFields();

    private final ClassTable classes;

    FieldSource(ClassTable classes) {
        this.classes = classes;
    }

    private static @Nullable Method declaredFields() {
        try {
            Method method = Class.class.getDeclaredMethod("getDeclaredFields0", boolean.class);
            method.setAccessible(true);
            // What else Class has made to find it, two hundred methods, nobody needs; it would be mirrored.
            U.putReference(Class.class, U.objectFieldOffset(Class.class, "reflectionData"), null);
            return method;
        } catch (ReflectiveOperationException | RuntimeException | InternalError absent) {
            return null;
        }
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
            for (Field field : (Field[]) DECLARED_FIELDS.invoke(type, false)) {
                facts.fields.add(new ClassFacts.Field(
                        field.getName(),
                        ClassFacts.primitiveBytes(field.getType().descriptorString()),
                        ClassFacts.isReferenceArray(field.getType().descriptorString()),
                        Modifier.isStatic(field.getModifiers()),
                        Modifier.isVolatile(field.getModifiers())));
            }
        } catch (InvocationTargetException failure) {
            // For want of stack: the next who asks may know, so this must not be kept.
            if (failure.getCause() instanceof VirtualMachineError error) {
                throw error;
            }
        } catch (ReflectiveOperationException | RuntimeException | LinkageError unknowable) {
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
