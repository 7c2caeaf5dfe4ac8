/**
 * Native memory: the one place where it is taken, given back, read and written.
 *
 * <p>Flows in: requests of the heap for chunks, lists and reservations. Flows out: raw addresses. {@link
 * org.shadowheap.memory.OffHeap} wraps the internal Unsafe; the name of each access says its memory order, {@code Plain}
 * or {@code Volatile} (sequentially consistent), because the dirty-page protocol depends on it and a reader must see at
 * the call which one it is. {@link org.shadowheap.memory.NativeMemory} counts every byte, so that a test can assert that
 * closing a heap returns all of them. {@link
 * org.shadowheap.memory.CheckedMemory} is the net below, in tests and on demand. Used by the thread that applies events and the thread that collects; classes say
 * where they allow more. This package knows no other package of the project: it has no idea what an object is.
 *
 * <p>Unsafe is used because the heap needs absolute addresses without bounds checks that it has made already, atomic
 * read-modify-write on them, and regions larger than 2 GiB, on JDK 17 as on 25.
 */
@NullMarked
package org.shadowheap.memory;

import org.jspecify.annotations.NullMarked;
