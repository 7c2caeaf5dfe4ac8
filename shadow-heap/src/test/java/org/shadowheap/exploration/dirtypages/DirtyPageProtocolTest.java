package org.shadowheap.exploration.dirtypages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.shadowheap.exploration.Exploration;
import org.shadowheap.exploration.Scenario;

/** {@code DirtyPageList} and {@code PageTable}, as they are compiled, in every interleaving of small scenes. */
class DirtyPageProtocolTest {

    /** What becomes of the stores to the first object and to the second. */
    private static final Set<String> FOUR_WAYS = Set.of("seen, seen", "seen, kept", "kept, seen", "kept, kept");

    /** Every outcome that is named must be there, or the scene does not show what it is for. */
    private static void holds(Set<String> mustOccur, Class<? extends Scenario> scene, String... arguments) {
        holds(RealProtocol.class, mustOccur, scene, arguments);
    }

    private static void holds(
            Class<? extends Protocol> protocol,
            Set<String> mustOccur,
            Class<? extends Scenario> scene,
            String... arguments) {
        Exploration exploration = new Played(scene, arguments).by(protocol);
        assertNull(exploration.counterexample());
        assertTrue(exploration.outcomes().keySet().containsAll(mustOccur), "" + exploration);
    }

    @ParameterizedTest
    @CsvSource({"CLEAN,SAME_PAGE", "CLEAN,SAME_OBJECT", "SCANNED,SAME_PAGE", "SCANNED,SAME_OBJECT"})
    void mutatorsThatRaceForAPageListItOnce(String state, String objects) {
        holds(Set.of("first lists", "second lists"), Scenes.TwoMutators.class, state, objects);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CLEAN", "LISTED", "DIRTY", "SCANNED"})
    void storeThatRacesWithAScanIsSeenOrKept(String state) {
        holds(Set.of("seen", "kept"), Scenes.StoreAgainstScan.class, state);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CLEAN", "LISTED", "DIRTY", "SCANNED"})
    void scanVisitsWhatWasRememberedBefore(String state) {
        holds(Set.of("seen", "kept"), Scenes.StoreBeforeScan.class, state);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CLEAN", "LISTED", "DIRTY", "SCANNED"})
    void scanVisitsAnObjectThatWasRememberedBeforeWhoeverElseStoresToIt(String state) {
        holds(Set.of("seen"), Scenes.StoreToTheSameBeforeScan.class, state);
    }

    /** One mutator looks at a page's flag only where it has made an object dirty. */
    @ParameterizedTest
    @ValueSource(strings = {"CLEAN", "LISTED", "DIRTY", "SCANNED"})
    void storesOfOneMutatorThatRaceWithScansAreSeenOrKept(String state) {
        Class<RealProtocol.OfOneMutator> lone = RealProtocol.OfOneMutator.class;
        holds(lone, Set.of("seen", "kept"), Scenes.StoreAgainstScan.class, state);
        holds(lone, Set.of("seen", "kept", "seen and kept"), Scenes.TwoStoresAgainstTwoScans.class, state);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CLEAN", "LISTED", "DIRTY", "SCANNED"})
    void storesThatRaceWithScansAreSeenOrKept(String state) {
        holds(Set.of("seen", "kept", "seen and kept"), Scenes.TwoStoresAgainstTwoScans.class, state);
    }

    @ParameterizedTest
    @CsvSource({
        "CLEAN,SAME_PAGE",
        "CLEAN,SAME_OBJECT",
        "CLEAN,TWO_PAGES",
        "LISTED,SAME_PAGE",
        "LISTED,SAME_OBJECT",
        "LISTED,TWO_PAGES",
        "DIRTY,SAME_PAGE",
        "DIRTY,SAME_OBJECT",
        "DIRTY,TWO_PAGES",
    })
    void storesOfTwoMutatorsThatRaceWithAScanAreSeenOrKept(String state, String objects) {
        holds(Set.of("seen, seen", "kept, kept"), Scenes.TwoMutatorsAgainstScan.class, state, objects);
    }

    @ParameterizedTest
    @CsvSource({"CLEAN,SAME_PAGE", "CLEAN,TWO_PAGES"})
    void storesOfTwoMutatorsThatRaceWithTwoScansAreSeenOrKept(String state, String objects) {
        holds(FOUR_WAYS, Scenes.TwoMutatorsAgainstTwoScans.class, state, objects);
    }

    /** As above, and much more of it: half a minute. With {@code -Dshadowheap.exploration=all}. */
    @ParameterizedTest
    @EnabledIfSystemProperty(named = "shadowheap.exploration", matches = "all")
    @CsvSource({"DIRTY,SAME_PAGE", "DIRTY,TWO_PAGES"})
    void storesOfTwoMutatorsToDirtyObjectsThatRaceWithTwoScansAreSeenOrKept(String state, String objects) {
        holds(FOUR_WAYS, Scenes.TwoMutatorsAgainstTwoScans.class, state, objects);
    }

    @Test
    void listMayGrowWhileItIsScanned() {
        holds(Set.of("seen", "kept"), Scenes.ListGrowsUnderScan.class);
    }

    /** What the reduction leaves out must be repetitions and nothing else: here is all of it. */
    @ParameterizedTest
    @ValueSource(strings = {"CLEAN", "LISTED", "DIRTY"})
    void everyInterleavingEndsAsOneOfThoseExplored(String state) {
        Played scene = new Played(Scenes.StoreAgainstScan.class, state);
        Exploration all = scene.explore(RealProtocol.class, Map.of(), false);
        System.out.println("exploration: " + scene.scene().getSimpleName() + " " + state + " unreduced: " + all);
        assertNull(all.counterexample());
        Exploration reduced = scene.explore(RealProtocol.class, Map.of(), true);
        assertEquals(reduced.outcomes().keySet(), all.outcomes().keySet());
        assertTrue(all.executions() > reduced.executions());
    }
}
