package org.shadowheap.exploration.litmus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shadowheap.exploration.Exploration;
import org.shadowheap.exploration.Exploration.Counterexample;
import org.shadowheap.exploration.Explorer;
import org.shadowheap.exploration.ExploringLoader;
import org.shadowheap.exploration.Scenario;

/** The explorer finds each kind of fault, and nothing where there is none. */
class ExplorerTest {

    private static Exploration explore(boolean isReduced, Class<? extends Scenario> scenario, Object... arguments) {
        return new Explorer(isReduced).explore(new ExploringLoader().scenario(scenario, arguments));
    }

    private static Counterexample counterexample(Class<? extends Scenario> scenario, Object... arguments) {
        Counterexample found = explore(true, scenario, arguments).counterexample();
        assertNotNull(found);
        return found;
    }

    @Test
    void monitorsTakenInOppositeOrderDeadlock() {
        assertEquals("DEADLOCK", counterexample(Faults.OppositeMonitors.class).kind());
    }

    @Test
    void countingWithoutAMonitorIsARace() {
        Counterexample found = counterexample(Faults.Counter.class, false);
        assertEquals("DATA_RACE", found.kind());
        assertTrue(found.message().endsWith("Counter#0.count"), found.message());
    }

    /** Reduced, only one order of the two is explored. */
    @Test
    void plainStoreAfterAVolatileLoadIsARaceToo() {
        Counterexample found = counterexample(Faults.MixedOrders.class);
        assertEquals("DATA_RACE", found.kind());
        assertTrue(found.message().startsWith("data race with an earlier load"), found.message());
    }

    @Test
    void countingUnderAMonitorLosesNothing() {
        Exploration exploration = explore(true, Faults.Counter.class, true);
        assertNull(exploration.counterexample());
        assertEquals(Set.of("count=2"), exploration.outcomes().keySet());
        assertEquals(2, exploration.executions());
    }

    @Test
    void readOfFreedMemoryIsFound() {
        assertEquals("BAD_ACCESS", counterexample(Faults.FreedTooEarly.class).kind());
    }

    @Test
    void exceptionOfAThreadIsFound() {
        Counterexample found = counterexample(Faults.Thrower.class);
        assertEquals("EXCEPTION", found.kind());
        assertEquals("thrower: java.lang.ArithmeticException: on purpose", found.message());
    }

    @Test
    void noBitIsLostToAnAtomicUpdate() {
        Exploration exploration = explore(true, Faults.Bits.class);
        assertEquals(Set.of("all=3"), exploration.outcomes().keySet());
        assertEquals(6, exploration.executions());
    }

    @Test
    void independentOperationsAreExploredInOneOrder() {
        Exploration all = explore(false, Faults.Strangers.class);
        assertEquals(924, all.executions(), "ways to interleave six with six");
        Exploration reduced = explore(true, Faults.Strangers.class);
        assertEquals(1, reduced.executions());
    }

    @Test
    void scheduleNamesThreadOperationLocationValueAndLine() {
        String schedule = counterexample(Faults.Counter.class, false).schedule();
        assertTrue(schedule.matches("(?s).*first +get +Counter#0.count +-> 0 +Faults.java:[0-9]+.*"), schedule);
    }
}
