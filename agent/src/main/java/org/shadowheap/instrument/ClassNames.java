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

    /** Whether the class file says this binary name: the JVM adds something to that of a hidden class. */
    static boolean isNamed(Class<?> type, String name) {
        String full = type.getName();
        return type.isHidden()
                ? full.length() > name.length() && full.startsWith(name) && full.charAt(name.length()) == '/'
                : full.equals(name);
    }
}
