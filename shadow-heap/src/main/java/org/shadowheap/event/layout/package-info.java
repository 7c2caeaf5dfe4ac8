/**
 * The binary layout of an event, shared by the barrier that writes it and by whoever reads it.
 *
 * <p>The classes of this package are defined in the boot loader when the agent runs, because instrumented classes of
 * java.base reach them through the barrier. They know nothing but {@code java.lang}.
 */
@NullMarked
package org.shadowheap.event.layout;

import org.jspecify.annotations.NullMarked;
