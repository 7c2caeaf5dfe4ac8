/** The first reading of a replay without the second, for the benchmarks: in the replay's own package, because it is nobody else's. */
package org.shadowheap.replay;
