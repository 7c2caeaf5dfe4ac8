/**
 * Remembered sets: which old objects may hold references to young ones.
 *
 * <p>Flows in: the address of each old object that was stored to, from the thread that applies events, after the slot
 * was written. Flows out: at a minor collection those objects, on the thread that collects. What it costs is a result of
 * the tool, so every policy counts what it visits. This package knows pages and bits ({@code memory}) and nothing of
 * types, ids or generations.
 */
@NullMarked
package org.shadowheap.remset;

import org.jspecify.annotations.NullMarked;
