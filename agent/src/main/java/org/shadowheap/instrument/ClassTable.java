package org.shadowheap.instrument;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.shadowheap.barrier.BarrierSetup;
import org.shadowheap.event.DefinitionSink;

/** The facts of every class file that was seen, by name and loader, and the sites in them. Any thread. */
public final class ClassTable {

    private static final Set<String> PRIMITIVES =
            Set.of("boolean", "byte", "char", "short", "int", "long", "float", "double", "void");

    private final LoadedClasses<ClassLoader, ClassFacts> facts;
    /** Of classes whose file was not seen, what the JVM says. */
    private final LoadedClasses<Class<?>, ClassFacts> unseen = new LoadedClasses<>();

    private final HiddenDefinitions hidden;
    private final Sites sites;

    private final Application application;

    public ClassTable(DefinitionSink definitions) {
        this(definitions, new Application(List.of()));
    }

    public ClassTable(DefinitionSink definitions, Application application) {
        this.application = application;
        this.facts = new LoadedClasses<>();
        this.hidden = new HiddenDefinitions();
        this.sites = new Sites(definitions);
    }

    /**
     * The table of another session in the same JVM: classes keep the numbers of their sites, since code with other constants would be other
     * code.
     */
    public ClassTable(ClassTable earlier, DefinitionSink definitions, Application application) {
        this.application = application;
        this.facts = earlier.facts;
        this.hidden = earlier.hidden;
        this.sites = earlier.sites;
        sites.tellFromNowOn(definitions);
    }

    /** The session has ended: what is still defined nobody is told of. */
    public void sessionEnds() {
        sites.tellNobody();
    }

    Application application() {
        return application;
    }

    Sites sites() {
        return sites;
    }

    HiddenDefinitions hidden() {
        return hidden;
    }

    LoadedClasses<Class<?>, ClassFacts> unseen() {
        return unseen;
    }

    /**
     * How many classes of each name were met although no transformer was told of them: the JVM leaves that out where there is
     * too little stack, or when a transformer itself makes it load a class. Hidden classes are told otherwise.
     */
    Map<String, Integer> untold() {
        Map<String, Integer> untold = new TreeMap<>();
        for (String name : unseen.names()) {
            if (name.indexOf('/') < 0 && !OwnClasses.isOwn(name) && !PRIMITIVES.contains(name)) {
                untold.put(name, untold.getOrDefault(name, 0) + 1);
            }
        }
        return untold;
    }

    void enter(String name, @Nullable ClassLoader loader, ClassFacts entry) {
        facts.put(name, loader, entry);
    }

    /** Names of the static fields that the JVM itself sets to a string when the class is initialized. */
    public List<String> constants(Class<?> type) {
        ClassFacts seen = type.isArray() || type.isPrimitive() ? null : find(type);
        return seen == null ? List.of() : seen.constants;
    }

    /** Whether a loaded class declares native methods. */
    public boolean declaresNative(Class<?> type) {
        ClassFacts seen = type.isArray() || type.isPrimitive() ? null : find(type);
        return seen != null && seen.declaresNative;
    }

    /** Whether stores in the methods of a loaded class are seen, as far as it has methods. */
    public boolean isInstrumented(Class<?> type) {
        if (type.isArray() || type.isPrimitive()) {
            return true;
        }
        ClassFacts seen = find(type);
        return seen != null && seen.instrumented;
    }

    /** Whether a loaded class has been given other code than it has in its file. */
    public boolean isRewritten(Class<?> type) {
        ClassFacts seen = find(type);
        return seen != null && seen.rewritten;
    }

    /** Whether a loaded class is known to have nothing that would have to be rewritten. */
    public boolean needsNothing(Class<?> type) {
        ClassFacts seen = find(type);
        return seen != null && seen.instrumented && !seen.rewritten;
    }

    /** A loaded class is linked, and the JVM lets it be transformed. */
    public void foundTransformable(Class<?> type) {
        ClassFacts seen = find(type);
        if (seen != null) {
            seen.transformable = true;
        }
    }

    /** Whether it is known that the JVM lets a loaded class be transformed, and that it is linked. */
    public boolean isTransformable(Class<?> type) {
        ClassFacts seen = find(type);
        return seen != null && seen.transformable;
    }

    @Nullable
    ClassFacts find(String name, @Nullable ClassLoader loader) {
        return facts.get(name, loader);
    }

    @Nullable
    ClassFacts find(Class<?> type) {
        String name = type.getName();
        return name.indexOf('/') < 0 ? facts.get(name, BarrierSetup.loaderOf(type)) : hidden.find(type);
    }
}
