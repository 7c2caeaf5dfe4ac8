/**
 * Compares the shadow heap with a heap dump of the same JVM: what it finds are stores that nobody told us of.
 *
 * <p>Flows in: the slots that are stored to while the dump is taken, on the drain ({@link org.shadowheap.verify.Witness}); a
 * dump in a file; the shadow heap, read only, when the drain has stopped. Flows out: an {@link
 * org.shadowheap.analysis.Verified}, on the thread that ends the JVM.
 *
 * <p>Of a JVM that goes on, another process compares: there flows in an image of the shadow heap in a file, too ({@link
 * org.shadowheap.verify.ImageWriter}), and out the outcome of several {@link org.shadowheap.verify.Passes}.
 *
 * <pre>
 *   static fields of every class ──▶ pairs (object of the dump, id), breadth first ──▶ slot by slot:
 *                                    same type, same length, same partner          ──▶ the next pairs
 * </pre>
 *
 * A dump names objects by address and knows nothing of ids, so identity is what the walk finds: each object of the dump
 * gets one id and each id one object. A slot that differs is counted once, and what lies behind it is not compared by this
 * way: a difference is a cause, not its consequences. Yet a stale slot whose value has the right type pairs two strangers,
 * and then their slots differ, too.
 *
 * <p>Nothing in here is loaded unless verification was asked for. This package knows neither the barrier nor the drain nor
 * the JVM's instrumentation.
 */
@NullMarked
package org.shadowheap.verify;

import org.jspecify.annotations.NullMarked;
