package org.shadowheap.exploration.litmus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shadowheap.exploration.Exploration;
import org.shadowheap.exploration.Explorer;
import org.shadowheap.exploration.ExploringLoader;
import org.shadowheap.exploration.Scenario;

/** Which outcomes the simulated memory allows: the litmus tests of the literature. */
class MemoryModelTest {

    private static Set<String> outcomes(Class<? extends Scenario> test, String order, boolean isReduced) {
        Exploration exploration = new Explorer(isReduced).explore(new ExploringLoader().scenario(test, order));
        assertNull(exploration.counterexample());
        return exploration.outcomes().keySet();
    }

    private static Set<String> outcomes(Class<? extends Scenario> test, String order) {
        return outcomes(test, order, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "acquire"})
    void storesMayBeDelayedPastLaterLoads(String order) {
        assertEquals(Set.of("00", "01", "10", "11"), outcomes(Litmus.StoreBuffering.class, order));
    }

    @Test
    void volatileStoresAreNotDelayedPastVolatileLoads() {
        assertEquals(Set.of("01", "10", "11"), outcomes(Litmus.StoreBuffering.class, "volatile"));
    }

    @Test
    void plainStoresMayArriveInAnyOrder() {
        assertEquals(Set.of("00", "01", "10", "11"), outcomes(Litmus.MessagePassing.class, "plain"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"acquire", "volatile"})
    void releaseArrivesAfterWhatCameBefore(String order) {
        assertEquals(Set.of("00", "01", "11"), outcomes(Litmus.MessagePassing.class, order));
    }

    @Test
    void threadsMayDisagreeOnTheOrderOfReleases() {
        assertEquals(16, outcomes(Litmus.IndependentReads.class, "acquire").size());
    }

    @Test
    void allThreadsAgreeOnTheOrderOfVolatileStores() {
        Set<String> outcomes = outcomes(Litmus.IndependentReads.class, "volatile");
        assertEquals(15, outcomes.size());
        assertEquals(false, outcomes.contains("10 10"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "acquire"})
    void bothFirstStoresMayWin(String order) {
        assertEquals(Set.of("11", "12", "21", "22"), outcomes(Litmus.OppositeStores.class, order));
    }

    @Test
    void bothFirstVolatileStoresNeverWin() {
        assertEquals(Set.of("12", "21", "22"), outcomes(Litmus.OppositeStores.class, "volatile"));
    }

    /** As on x86, where a volatile load is an ordinary one and waits for no store buffer. */
    @Test
    void volatileLoadDoesNotHoldBackAnEarlierPlainStore() {
        assertEquals(Set.of("00", "01", "10", "11"), outcomes(Litmus.PlainStoreVolatileLoad.class, "volatile"));
    }

    /** A limit of the model: no load sees a store that its own thread's later stores brought about. */
    @Test
    void loadsAreNeverDelayedPastLaterStores() {
        assertEquals(Set.of("00", "01", "10"), outcomes(Litmus.LoadBuffering.class, "plain"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "acquire", "volatile"})
    void reductionLosesNoOutcome(String order) {
        for (Class<? extends Scenario> test : Set.of(
                Litmus.StoreBuffering.class,
                Litmus.MessagePassing.class,
                Litmus.LoadBuffering.class,
                Litmus.IndependentReads.class,
                Litmus.OppositeStores.class,
                Litmus.PlainStoreVolatileLoad.class)) {
            assertEquals(outcomes(test, order, false), outcomes(test, order, true), test.getSimpleName());
        }
    }
}
