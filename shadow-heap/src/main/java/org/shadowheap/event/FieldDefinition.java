package org.shadowheap.event;

/**
 * A reference field.
 *
 * @param name simple name
 * @param offset in bytes from the instance, or from the class mirror if the field is static
 * @param weak whether the collector does not follow it ({@code Reference.referent})
 * @param array whether its declared type is an array of references: it gives such arrays their name
 */
public record FieldDefinition(String name, int offset, boolean weak, boolean array) {

    /** A field that is declared as something else than an array. */
    public FieldDefinition(String name, int offset, boolean weak) {
        this(name, offset, weak, false);
    }
}
