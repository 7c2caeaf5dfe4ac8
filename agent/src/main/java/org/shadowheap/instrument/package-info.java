/**
 * Rewrites bytecode so that every reference write calls the barrier, and knows where the fields of each class lie.
 *
 * <p>Flows in: class files, on whatever thread loads a class. Flows out: class files with branch-free calls of {@link
 * org.shadowheap.barrier.WriteBarrier}; definitions of sites and types, through {@link
 * org.shadowheap.event.DefinitionSink}, which is called on any thread and has brought a definition before every later record when
 * it returns. The rewriter loads no class, adds no stack frame and never throws: a class
 * that it cannot rewrite stays as it is, is counted and named once. Two methods of the JDK are told apart from all others:
 * where hidden classes are handed to the JVM ({@code HiddenClassHook}) and where it links code ({@code LinkageHook}). One call
 * tells of several stores where nothing happens between them ({@code StoreGatherer}). What
 * the rewriter needs is loaded before it is installed ({@code TransformerRehearsal}). This package knows neither the drain
 * nor the heap.
 */
@NullMarked
package org.shadowheap.instrument;

import org.jspecify.annotations.NullMarked;
