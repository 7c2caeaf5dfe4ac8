package org.shadowheap.verify;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A class in a heap dump.
 *
 * @param mirror number of its class mirror
 * @param name binary name; of an array {@code pkg.Type[]}
 * @param loader number of its class loader, 0 for the boot loader
 * @param parent its superclass
 * @param fields names of the reference fields that it declares, in the dump's order
 * @param statics static reference fields that it declares
 */
record DumpedClass(
        long mirror,
        String name,
        long loader,
        @Nullable DumpedClass parent,
        List<String> fields,
        List<StaticField> statics) {

    /** A static reference field and what it holds. */
    record StaticField(String name, long value) {}

    DumpedClass {
        fields = List.copyOf(fields);
        statics = List.copyOf(statics);
    }

    boolean isArray() {
        return name.endsWith("[]");
    }

    /** Whether this is a class or one that extends it. */
    boolean extendsClass(String ancestor) {
        for (DumpedClass at = this; at != null; at = at.parent) {
            if (at.name.equals(ancestor)) {
                return true;
            }
        }
        return false;
    }

    /** Classes are the same if their mirrors are; comparing components would follow all superclasses. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DumpedClass that && mirror == that.mirror;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(mirror);
    }

    @Override
    public String toString() {
        return name;
    }
}
