package org.shadowheap.verify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.TypeDefinition;

/**
 * Which class of the dump is which type of the shadow heap.
 *
 * <p>By name. Where several classes have one name their loaders decide: a dump names loaders by their objects, a recording
 * numbers them; the classes whose name is theirs alone tell which number is which object.
 */
final class ClassPairs {

    private final Map<Integer, TypeDefinition> types;
    private final Map<DumpedClass, TypeDefinition> pairs = new HashMap<>();
    private final Map<Integer, Long> loaders = new HashMap<>();

    ClassPairs(Collection<DumpedClass> classes, Map<Integer, TypeDefinition> types) {
        this.types = types;
        Map<String, List<TypeDefinition>> typesByName = new HashMap<>();
        types.values()
                .forEach(type -> typesByName
                        .computeIfAbsent(type.name(), name -> new ArrayList<>())
                        .add(type));
        Map<String, List<DumpedClass>> classesByName = new HashMap<>();
        classes.forEach(each -> classesByName
                .computeIfAbsent(each.name(), name -> new ArrayList<>())
                .add(each));
        loaders.put(0, 0L);
        classesByName.forEach((name, namesakes) -> {
            List<TypeDefinition> candidates = typesByName.getOrDefault(name, List.of());
            if (namesakes.size() == 1 && candidates.size() == 1) {
                pair(namesakes.get(0), candidates.get(0));
            }
        });
        classesByName.forEach((name, namesakes) -> {
            for (TypeDefinition candidate : typesByName.getOrDefault(name, List.of())) {
                pairByLoader(namesakes, candidate);
            }
        });
    }

    private void pair(DumpedClass dumped, TypeDefinition type) {
        pairs.put(dumped, type);
        if (!dumped.isArray()) {
            loaders.putIfAbsent(type.loader(), dumped.loader());
        }
    }

    private void pairByLoader(List<DumpedClass> namesakes, TypeDefinition type) {
        Long loader = loaders.get(type.loader());
        for (DumpedClass each : namesakes) {
            if (loader != null && loader == each.loader()) {
                pairs.putIfAbsent(each, type);
            }
        }
    }

    /** The type that a class of the dump is; null if no such type was ever met. */
    @Nullable
    TypeDefinition typeOf(DumpedClass dumped) {
        return pairs.get(dumped);
    }

    /** Id of the class's mirror in the shadow heap, which is also its type's; 0 if it was never met. */
    int idOf(DumpedClass dumped) {
        TypeDefinition type = pairs.get(dumped);
        return type == null ? 0 : type.id();
    }

    /** Name of a type. */
    String nameOf(int type) {
        TypeDefinition definition = types.get(type);
        return definition == null ? "(unknown type)" : definition.name();
    }

    /** Name of the class that a class mirror stands for, null if the id is no mirror of a type. */
    @Nullable
    String mirroredBy(int id) {
        TypeDefinition definition = types.get(id);
        return definition == null ? null : definition.name();
    }
}
