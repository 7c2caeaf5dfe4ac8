package org.shadowheap.verify;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A dump that a test makes by hand: objects by number, each with its class and what it refers to. */
final class HandMadeHeap implements DumpedHeap {

    /**
     * An object.
     *
     * @param length of an array, else -1
     */
    private record Thing(DumpedClass type, int length, List<Long> references) {}

    private final Map<Long, DumpedClass> classes = new LinkedHashMap<>();
    private final Map<Long, Thing> things = new LinkedHashMap<>();
    private final Map<Long, String> threads = new LinkedHashMap<>();

    /** Adds a class of the boot loader without static fields. */
    DumpedClass type(long mirror, String name, @Nullable DumpedClass parent, List<String> fields) {
        return type(mirror, name, 0, parent, fields, List.of());
    }

    DumpedClass type(
            long mirror,
            String name,
            long loader,
            @Nullable DumpedClass parent,
            List<String> fields,
            List<DumpedClass.StaticField> statics) {
        DumpedClass added = new DumpedClass(mirror, name, loader, parent, fields, statics);
        classes.put(mirror, added);
        return added;
    }

    void object(long number, DumpedClass type, long... fields) {
        things.put(number, new Thing(type, -1, listOf(fields)));
    }

    void array(long number, DumpedClass type, long... elements) {
        things.put(number, new Thing(type, elements.length, listOf(elements)));
    }

    void bytes(long number, DumpedClass type, int length) {
        things.put(number, new Thing(type, length, List.of()));
    }

    void named(long thread, String name) {
        threads.put(thread, name);
    }

    private static List<Long> listOf(long... references) {
        return Arrays.stream(references).boxed().toList();
    }

    private Thing thing(long object) {
        return Objects.requireNonNull(things.get(object), () -> "no object " + object);
    }

    @Override
    public Collection<DumpedClass> classes() {
        return classes.values();
    }

    @Override
    public @Nullable DumpedClass mirrored(long object) {
        return classes.get(object);
    }

    @Override
    public DumpedClass classOf(long object) {
        return thing(object).type;
    }

    @Override
    public int lengthOf(long object) {
        return thing(object).length;
    }

    @Override
    public void forEachReference(long object, ReferenceVisitor visitor) {
        int place = 0;
        for (long reference : thing(object).references) {
            visitor.reference(place++, reference);
        }
    }

    @Override
    public @Nullable String threadName(long object) {
        return threads.get(object);
    }

    @Override
    public void close() {}
}
