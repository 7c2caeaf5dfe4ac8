/** What the simulated memory allows and forbids, and that the explorer finds faults that are there. */
@NullMarked
package org.shadowheap.exploration.litmus;

import org.jspecify.annotations.NullMarked;
