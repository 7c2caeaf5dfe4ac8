package org.shadowheap.instrument;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a class file says about the fields of its class. Immutable after the class was read, but for {@link #transformable}.
 *
 * <p>Taken from the bytes, never from reflection: that hides fields and loads classes.
 */
final class ClassFacts {

    /**
     * A field.
     *
     * @param name simple name
     * @param bytes size of a primitive value, 0 for a reference
     * @param isArray whether its declared type is an array of references
     */
    record Field(String name, int bytes, boolean isArray, boolean isStatic, boolean isVolatile) {

        boolean isReference() {
            return bytes == 0;
        }
    }

    final List<Field> fields = new ArrayList<>();

    /** Names of static fields that the JVM itself sets to a string when the class is initialized. */
    final List<String> constants = new ArrayList<>();

    /** Whether stores in its constructors, and in most of its methods, call the barrier (or there are none). */
    boolean instrumented;

    /** Whether it was given other code than it has in its file. */
    boolean rewritten;

    /** Whether its class is known to be linked, and the JVM to let it be transformed. Who has classes transformed writes and reads it. */
    boolean transformable;

    /** Whether it declares {@code Object get()}, or may do so. */
    boolean declaresGet;

    /** Whether it declares a native method, which may store what nobody sees. */
    boolean declaresNative;

    /** Whether nothing but its initializer needs a barrier. */
    boolean onlyInitializer;

    /** First of the consecutive site numbers of this class, and how many there are. */
    int firstSite;

    int sites;

    ClassFacts(boolean instrumented) {
        this.instrumented = instrumented;
    }

    /** The same class, left as it is, without the fields that cannot be told apart. */
    ClassFacts uninstrumented() {
        Set<String> namesakes = namesakes();
        ClassFacts plain = new ClassFacts(false);
        plain.constants.addAll(constants);
        plain.declaresGet = declaresGet;
        plain.declaresNative = declaresNative;
        for (Field field : fields) {
            if (!namesakes.contains(field.name)) {
                plain.fields.add(field);
            }
        }
        return plain;
    }

    /** Takes fields with these names for volatile. */
    void share(Set<String> names) {
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (names.contains(field.name())) {
                fields.set(i, new Field(field.name(), field.bytes(), field.isArray(), field.isStatic(), true));
            }
        }
    }

    /** Names that two fields have, as only bytecode tools make them. */
    Set<String> namesakes() {
        Set<String> seen = new HashSet<>();
        Set<String> twice = new HashSet<>();
        for (Field field : fields) {
            if (!seen.add(field.name)) {
                twice.add(field.name);
            }
        }
        return twice;
    }

    @Nullable
    Field find(String name, boolean isStatic) {
        for (Field field : fields) {
            if (field.isStatic == isStatic && field.isReference() && field.name.equals(name)) {
                return field;
            }
        }
        return null;
    }

    /** Whether the type with this descriptor is an array of references, of arrays above all. */
    static boolean isReferenceArray(String descriptor) {
        return descriptor.startsWith("[[") || descriptor.startsWith("[L");
    }

    /** Size in bytes of a value of the type with this descriptor, 0 for a reference. */
    static int primitiveBytes(String descriptor) {
        return switch (descriptor.charAt(0)) {
            case 'Z', 'B' -> 1;
            case 'C', 'S' -> 2;
            case 'I', 'F' -> 4;
            case 'J', 'D' -> 8;
            default -> 0;
        };
    }
}
