/**
 * Remembered sets: which old objects may hold references to young ones.
 *
 * <p>Flows in: the address of each old object that was stored to and of the slot, from the threads that apply events,
 * after the slot was written. Flows out: at a minor collection the parts of objects to look at, on the threads that
 * collect. {@link org.shadowheap.remset.RememberedSetPolicy} names the policies. What one costs is a result of the tool,
 * so every policy counts what it visits. This package knows pages and bits ({@code memory}) and nothing of types, ids
 * and sizes of objects.
 */
@NullMarked
package org.shadowheap.remset;

import org.jspecify.annotations.NullMarked;
