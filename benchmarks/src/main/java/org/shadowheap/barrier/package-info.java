/**
 * The barrier without an agent, for the benchmarks: in the barrier's own package, because its parts are nobody else's.
 */
package org.shadowheap.barrier;
