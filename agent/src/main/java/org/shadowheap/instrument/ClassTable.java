package org.shadowheap.instrument;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The facts of every class file that was seen, by name and loader, and the sites in them. Any thread. */
public final class ClassTable {

    private final LoadedClasses<ClassLoader, ClassFacts> facts = new LoadedClasses<>();
    private final HiddenDefinitions hidden = new HiddenDefinitions();
    private final Sites sites;

    public ClassTable(DefinitionSink definitions) {
        this.sites = new Sites(definitions);
    }

    Sites sites() {
        return sites;
    }

    HiddenDefinitions hidden() {
        return hidden;
    }

    void enter(String name, @Nullable ClassLoader loader, ClassFacts entry) {
        facts.put(name, loader, entry);
    }

    /** Names of the static fields that the JVM itself sets to a string when the class is initialized. */
    public List<String> constants(Class<?> type) {
        ClassFacts seen = type.isArray() || type.isPrimitive() ? null : find(type);
        return seen == null ? List.of() : seen.constants;
    }

    /** Whether stores in the methods of a loaded class are seen, as far as it has methods. */
    public boolean isInstrumented(Class<?> type) {
        if (type.isArray() || type.isPrimitive()) {
            return true;
        }
        ClassFacts seen = find(type);
        return seen != null && seen.instrumented;
    }

    @Nullable
    ClassFacts find(String name, @Nullable ClassLoader loader) {
        return facts.get(name, loader);
    }

    @Nullable
    ClassFacts find(Class<?> type) {
        return type.isHidden() ? hidden.find(type) : facts.get(type.getName(), type.getClassLoader());
    }
}
