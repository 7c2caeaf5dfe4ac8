package org.shadowheap.event;

import org.jspecify.annotations.Nullable;

/**
 * A place in the program that stores references.
 *
 * @param id from 1 to {@link org.shadowheap.event.layout.EventRecord#MAX_SITE}
 * @param className binary name of the class that holds the instruction
 * @param method name of the method
 * @param line source line, or -1 if the class does not tell
 * @param field {@code pkg.Class.name} of the field that is stored to, of a class that declares or inherits it; null if it is an array
 *     element
 */
public record SiteDefinition(
        int id,
        String className,
        String method,
        int line,
        @Nullable String field) {

    /** {@code pkg.Class.method:line}, as reports name it; without a line {@code pkg.Class.method}. */
    public String location() {
        return line < 0 ? className + '.' + method : className + '.' + method + ':' + line;
    }
}
