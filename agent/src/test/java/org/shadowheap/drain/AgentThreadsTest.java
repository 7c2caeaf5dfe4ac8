package org.shadowheap.drain;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A thread that rests has waited, whoever interrupts it. */
class AgentThreadsTest {

    private static final int TIMES = 20;

    @Test
    void whoIsInterruptedRestsTheNextTime() {
        Thread.currentThread().interrupt();
        AgentThreads.rest(1000);
        assertFalse(Thread.currentThread().isInterrupted());
        LockSupport.unpark(Thread.currentThread());
        AgentThreads.rest(1000); // takes the permit
        long begin = System.nanoTime();
        for (int i = 0; i < TIMES; i++) {
            AgentThreads.rest(2);
        }
        // A wait may end early, for no reason; not all of them do.
        assertTrue(System.nanoTime() - begin > TIMES * 1_000_000L);
    }
}
