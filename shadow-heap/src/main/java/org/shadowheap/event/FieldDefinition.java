package org.shadowheap.event;

/**
 * A reference field.
 *
 * @param name simple name
 * @param offset in bytes from the instance, or from the class mirror if the field is static
 * @param weak whether the collector does not follow it ({@code Reference.referent})
 */
public record FieldDefinition(String name, int offset, boolean weak) {}
