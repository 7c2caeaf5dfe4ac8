package org.shadowheap.samples;

/**
 * A number that a report must show of a sample.
 *
 * @param of what the report says it of
 * @param name of a site without its line, of a field, or of the type of dead holders; empty for a sum
 * @param key of the number in the JSON result
 * @param bounds between which it must be, also where nothing of that name is in the report, which is 0
 */
record Figure(Of of, String name, String key, Bounds bounds) {

    /** Where a number stands in the JSON result. */
    enum Of {
        SITE,
        FIELD,
        NEPOTISM,
        MINOR
    }

    /** Of all lines of a method. */
    static Figure site(Class<?> type, String method, String key, Bounds bounds) {
        return new Figure(Of.SITE, type.getName() + '.' + method, key, bounds);
    }

    static Figure field(String field, String key, Bounds bounds) {
        return new Figure(Of.FIELD, field, key, bounds);
    }

    static Figure field(Class<?> type, String field, String key, Bounds bounds) {
        return field(type.getName() + '.' + field, key, bounds);
    }

    /** Young bytes that only dead old objects of a type kept. */
    static Figure nepotismBytes(Class<?> holder, Bounds bounds) {
        return new Figure(Of.NEPOTISM, holder.getName(), "bytes", bounds);
    }

    /** Of the sum over all minor collections. */
    static Figure minor(String key, Bounds bounds) {
        return new Figure(Of.MINOR, "", key, bounds);
    }
}
