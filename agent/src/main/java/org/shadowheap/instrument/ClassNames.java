package org.shadowheap.instrument;

/** Names of classes as reports show them. */
final class ClassNames {

    private ClassNames() {}

    /** Binary name; of an array its element's with brackets behind, {@code pkg.Type[]}. */
    static String of(Class<?> type) {
        int dimensions = 0;
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
            dimensions++;
        }
        return element.getName() + "[]".repeat(dimensions);
    }
}
