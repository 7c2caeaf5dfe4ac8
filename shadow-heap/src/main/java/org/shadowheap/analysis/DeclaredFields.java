package org.shadowheap.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.TypeDefinition;

/**
 * Names a field by the class that declares it. An instruction may name a subclass, and compilers do: one field would be several.
 *
 * <p>For one thread. The drain asks while it records: no lambda.
 */
final class DeclaredFields {

    private final Map<Integer, TypeDefinition> types = new HashMap<>();
    private final Map<String, List<TypeDefinition>> namesakes = new HashMap<>();

    void define(TypeDefinition type) {
        List<TypeDefinition> same = namesakes.get(type.name());
        if (same == null) {
            same = new ArrayList<>(1);
            namesakes.put(type.name(), same);
        }
        TypeDefinition before = types.put(type.id(), type);
        if (before != null) {
            same.remove(before);
        }
        same.add(type);
    }

    /** Name of a type, null if there is none of this number. */
    @Nullable
    String nameOfType(int type) {
        TypeDefinition definition = types.get(type);
        return definition == null ? null : definition.name();
    }

    /**
     * The field under its own name.
     *
     * @param field {@code pkg.Class.name}, of a class that declares or inherits it
     * @return the same if nothing better is known, or classes of one name inherit it from classes of different names
     */
    String nameOf(String field) {
        int dot = field.lastIndexOf('.');
        List<TypeDefinition> owners = namesakes.get(field.substring(0, Math.max(dot, 0)));
        String name = field.substring(dot + 1);
        String declaring = null;
        for (int i = 0; owners != null && i < owners.size(); i++) {
            String found = declaring(owners.get(i), name);
            if (found != null && declaring != null && !found.equals(declaring)) {
                return field;
            }
            declaring = found == null ? declaring : found;
        }
        return declaring == null ? field : declaring + '.' + name;
    }

    private @Nullable String declaring(TypeDefinition owner, String field) {
        TypeDefinition at = owner;
        while (at != null && !declares(at.fields(), field) && !declares(at.statics(), field)) {
            at = types.get(at.superType());
        }
        return at == null ? null : at.name();
    }

    private static boolean declares(List<FieldDefinition> fields, String name) {
        for (FieldDefinition field : fields) {
            if (field.name().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
