/** Parts of a replay, and one that is watched, for the benchmarks: in the replay's own package, because they are nobody else's. */
package org.shadowheap.replay;
