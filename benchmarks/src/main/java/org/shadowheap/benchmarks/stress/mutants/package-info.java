/** Protocols with a mistake, which a stress test must notice. */
@NullMarked
package org.shadowheap.benchmarks.stress.mutants;

import org.jspecify.annotations.NullMarked;
