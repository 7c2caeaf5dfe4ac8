package org.shadowheap.replay;

import java.util.Map;
import org.shadowheap.event.TypeDefinition;

/** Names of types as in class files: {@code Lpkg/Outer$Inner;}, {@code [I}. */
final class Descriptors {

    private static final String ARRAY = "[]";
    private static final Map<String, String> PRIMITIVES = Map.of(
            "boolean", "Z", "byte", "B", "char", "C", "short", "S", "int", "I", "long", "J", "float", "F", "double",
            "D");

    private Descriptors() {}

    /** Without blanks, whatever the name is. */
    static String of(TypeDefinition type) {
        String name = type.name();
        StringBuilder descriptor = new StringBuilder();
        while (name.endsWith(ARRAY)) {
            name = name.substring(0, name.length() - ARRAY.length());
            descriptor.append('[');
        }
        String primitive = descriptor.isEmpty() ? null : PRIMITIVES.get(name);
        descriptor.append(primitive != null ? primitive : 'L' + name.replace('.', '/') + ';');
        return descriptor.toString().replaceAll("\\s", "_");
    }
}
