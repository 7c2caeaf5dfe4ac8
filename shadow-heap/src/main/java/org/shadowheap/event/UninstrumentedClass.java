package org.shadowheap.event;

/**
 * A class whose stores are not seen.
 *
 * @param name binary name
 * @param reason why it was left as it is, a few words
 */
public record UninstrumentedClass(String name, String reason) {}
