package org.shadowheap.analysis;

/**
 * Slots of one field that differ for one cause, see {@link Verified}.
 *
 * @param field {@code pkg.Class.field}; {@code pkg.Class.field[]} for elements of the arrays it holds
 */
public record DifferingField(String field, String cause, long slots) {}
