package org.shadowheap.verify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.TypeDefinition;

/**
 * Which class of the dump is which type of the shadow heap.
 *
 * <p>By name. Where several classes have one name, or had, as one of them was unloaded, their loaders decide: a dump names
 * loaders by their objects, a recording numbers them. A class whose name is its alone tells which number is which object;
 * so does a slot that leads to a class or to an instance, see {@link #agree}.
 */
final class ClassPairs {

    private final Map<Integer, TypeDefinition> types = new HashMap<>();
    private final Map<String, List<TypeDefinition>> typesByName = new HashMap<>();
    private final Map<Long, List<DumpedClass>> classesByLoader = new HashMap<>();
    private final Map<DumpedClass, TypeDefinition> pairs = new HashMap<>();
    private final Set<Integer> taken = new HashSet<>();
    private final Map<Integer, Long> loaders = new HashMap<>();
    private final Map<Long, Integer> numbers = new HashMap<>();
    private final Queue<DumpedClass> learned = new ArrayDeque<>();

    /** @param types in the order in which they were defined */
    ClassPairs(Collection<DumpedClass> classes, Collection<TypeDefinition> types) {
        types.forEach(type -> {
            this.types.put(type.id(), type);
            typesByName.computeIfAbsent(type.name(), name -> new ArrayList<>()).add(type);
        });
        Map<String, Integer> namesakes = new HashMap<>();
        classes.forEach(each -> {
            namesakes.merge(each.name(), 1, Integer::sum);
            classesByLoader
                    .computeIfAbsent(each.loader(), loader -> new ArrayList<>())
                    .add(each);
        });
        loaders.put(0, 0L);
        numbers.put(0L, 0);
        for (DumpedClass each : classes) {
            List<TypeDefinition> candidates = typesByName.getOrDefault(each.name(), List.of());
            if (namesakes.getOrDefault(each.name(), 0) == 1 && candidates.size() == 1) {
                pair(each, candidates.get(0));
            }
        }
        for (DumpedClass each : classes) {
            pairByLoader(each);
        }
        learned.clear();
    }

    private void pair(DumpedClass dumped, TypeDefinition type) {
        pairs.put(dumped, type);
        taken.add(type.id());
        learned.add(dumped);
        if (!dumped.isArray()) {
            loaders.putIfAbsent(type.loader(), dumped.loader());
            numbers.putIfAbsent(dumped.loader(), type.loader());
        }
    }

    private void pairByLoader(DumpedClass dumped) {
        if (pairs.containsKey(dumped)) {
            return;
        }
        TypeDefinition only = null;
        for (TypeDefinition candidate : typesByName.getOrDefault(dumped.name(), List.of())) {
            if (isOfLoader(candidate, dumped.loader()) && !taken.contains(candidate.id())) {
                if (only != null) {
                    return; // see pairUnreached
                }
                only = candidate;
            }
        }
        if (only != null) {
            pair(dumped, only);
        }
    }

    /**
     * Whether a class is a type. A slot leads to both, or to an instance of each: if either has no partner yet, names agree and
     * loaders may, they become a pair, and with them what else these loaders have loaded. See {@link #nextLearned}.
     */
    boolean agree(DumpedClass dumped, int type) {
        TypeDefinition known = pairs.get(dumped);
        if (known != null) {
            return known.id() == type;
        }
        TypeDefinition definition = types.get(type);
        if (definition == null || taken.contains(type) || !definition.name().equals(dumped.name())) {
            return false;
        }
        Long loader = loaders.get(definition.loader());
        Integer number = numbers.get(dumped.loader());
        boolean unknown = loader == null && number == null;
        boolean same = loader != null && loader == dumped.loader();
        if (!dumped.isArray() && !unknown && !same) {
            return false;
        }
        pair(dumped, definition);
        if (!dumped.isArray()) {
            classesByLoader.getOrDefault(dumped.loader(), List.of()).forEach(this::pairByLoader);
        }
        DumpedClass parent = dumped.parent();
        if (parent != null) {
            agree(parent, definition.superType());
        }
        return true;
    }

    /** A class that became part of a pair since the last call, null if there is none. */
    @Nullable
    DumpedClass nextLearned() {
        return learned.poll();
    }

    /** Whether a class without a type may yet turn out to be one of several of its name. */
    boolean isOpen(DumpedClass dumped) {
        return !pairs.containsKey(dumped)
                && typesByName.getOrDefault(dumped.name(), List.of()).stream()
                        .anyMatch(each -> !taken.contains(each.id()));
    }

    /**
     * A class to which no slot has led, nor to an instance of it.
     *
     * <p>A hidden one is taken for the latest of those that had its name. That ends with the address of the class: who had it before
     * was unloaded.
     *
     * <p>Any other has its name alone among those of its loader. Where there are several types, several threads met the class at the same time, and
     * all but one have told of a type that nobody has: nobody stores to its static fields.
     *
     * @param isFilled whether a static field of a type, by its definition, holds something
     */
    void pairUnreached(DumpedClass dumped, Predicate<TypeDefinition> isFilled) {
        if (!isOpen(dumped)) {
            return;
        }
        boolean isHidden = dumped.name().indexOf('/') >= 0;
        List<TypeDefinition> candidates = typesByName.getOrDefault(dumped.name(), List.of());
        for (int i = candidates.size() - 1; i >= 0; i--) {
            TypeDefinition candidate = candidates.get(i);
            if (!taken.contains(candidate.id())
                    && (isHidden || isOfLoader(candidate, dumped.loader()) && isFilled.test(candidate))) {
                pair(dumped, candidate);
                return;
            }
        }
    }

    private boolean isOfLoader(TypeDefinition type, long loader) {
        Long known = loaders.get(type.loader());
        return known != null && known == loader;
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
