/** What G1's barrier would do with the stores to a shadow heap, for the benchmarks: in the heap's own package, as addresses are nobody else's. */
package org.shadowheap.heap;
