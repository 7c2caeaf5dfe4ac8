package org.shadowheap.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.shadowheap.drain.BarrierCopy.Mistake;

/** Whatever fails where the program does not see it is counted. */
class FailingAgentTest {

    private static final long TIMES = 5;

    @Test
    void aHiddenClassThatIsNotRewrittenOrNotHeardOfIsALostEvent() throws Exception {
        assertEquals(2 * TIMES, run("definesHiddenClasses", TIMES));
    }

    @Test
    void aStackThatCannotBeWalkedIsALostEvent() throws Exception {
        assertEquals(TIMES, run("cannotWalk", TIMES));
    }

    @Test
    void aFrameThatCannotBeReadIsALostEvent() throws Exception {
        assertEquals(3 * TIMES, run("cannotReadFrames", TIMES));
    }

    private static long run(String name, long times) throws Exception {
        return new BarrierCopy(Mistake.NONE).run(FailingAgent.class, name, times)[0];
    }
}
