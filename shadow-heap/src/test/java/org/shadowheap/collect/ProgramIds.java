package org.shadowheap.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.shadowheap.event.layout.IdOrder;

/**
 * Ids as a recording gives them: several threads draw blocks of 1,024 and take from them in their order. What they take
 * may arrive much later and in any order, if nothing mentions it before.
 */
final class ProgramIds {

    private final Random random;
    private final int[] next;
    private final int lateness;

    /** Taken, and still to arrive. */
    private final List<Integer> late = new ArrayList<>();

    private int nextBlock = 2 * IdOrder.BLOCK_IDS;

    ProgramIds(Random random) {
        this.random = random;
        next = new int[1 + random.nextInt(4)];
        lateness = random.nextInt(2) * random.nextInt(100);
    }

    /** Of an object that may be mentioned before it arrives: later than all of its block that have arrived. */
    int inOrder() {
        int thread = random.nextInt(next.length);
        if (next[thread] % IdOrder.BLOCK_IDS == 0) {
            next[thread] = nextBlock;
            nextBlock += IdOrder.BLOCK_IDS;
        }
        return IdOrder.scattered(next[thread]++);
    }

    /** Of an object that nothing mentions before it arrives. */
    int inAnyOrder() {
        if (random.nextInt(100) >= lateness) {
            return inOrder();
        }
        while (late.size() < lateness) {
            late.add(inOrder());
        }
        return late.remove(random.nextInt(late.size()));
    }
}
