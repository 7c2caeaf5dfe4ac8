/** Encoding and decoding without a file, for the benchmarks: in the trace's own package, because their parts are nobody else's. */
package org.shadowheap.trace;
