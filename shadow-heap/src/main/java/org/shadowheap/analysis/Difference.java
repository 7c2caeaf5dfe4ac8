package org.shadowheap.analysis;

/**
 * A slot that differs, see {@link Verified}.
 *
 * @param path how the slot is reached from a static field: {@code pkg.Class.field.field[3].field}
 * @param expected what the dump holds there
 * @param actual what the shadow heap holds there
 */
public record Difference(String path, String cause, String expected, String actual) {}
