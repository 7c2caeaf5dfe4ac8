/**
 * What instrumented code calls: the write barrier, the identity of objects and the event log.
 *
 * <p>Flows in: an object, a slot and a value, on the application's own threads, right after the store. Flows out:
 * 16-byte records in the log of that thread, in native memory, read by the drain. The barrier is dumb: what is old, what
 * is dirty and what survives is decided behind {@code EventSink}.
 *
 * <p>What lives without a store is told of, too: what threads have on their stacks when they are asked ({@code RootList}),
 * and what the JVM keeps with the code that it links ({@code JvmRoots}). Now and then a record says who called a site outside the
 * application ({@code CallerSamples}), or that the JVM has collected ({@code CollectionPlaces}). {@code HiddenClasses} is the way in for classes that
 * no transformer is shown.
 *
 * <p>The classes of this package are defined in the boot loader, so that java.base can call them. They depend on
 * java.base alone and call nothing there that is instrumented, except on slow paths, where the thread is {@linkplain
 * org.shadowheap.barrier.LogCell#QUIET quiet}. No fast path allocates, locks, logs or throws; no path throws into the
 * application.
 *
 * <p>Naming by memory order: {@code peek} reads a header as it is now; {@code publish} ends with a release store that
 * the drain acquires; {@code draw} is an atomic add on the shared stamp counter.
 */
@NullMarked
package org.shadowheap.barrier;

import org.jspecify.annotations.NullMarked;
