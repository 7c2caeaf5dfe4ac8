package org.shadowheap.exploration.dirtypages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shadowheap.exploration.Exploration;
import org.shadowheap.exploration.Exploration.Counterexample;

/** A protocol with one step changed fails in the scenes that the real one passes, and how. */
class MutantsTest {

    private static final Played TWO_MUTATORS = new Played(Scenes.TwoMutators.class, "CLEAN", "SAME_PAGE");
    private static final Played STORE_AGAINST_SCAN_OF_ITS_PAGE = new Played(Scenes.StoreAgainstScan.class, "LISTED");
    private static final Played STORE_TO_DIRTY_AGAINST_SCAN = new Played(Scenes.StoreAgainstScan.class, "DIRTY");
    private static final Played STORE_AGAINST_SCAN = new Played(Scenes.StoreAgainstScan.class, "CLEAN");
    private static final Played STORE_BEFORE_SCAN = new Played(Scenes.StoreBeforeScan.class, "CLEAN");
    private static final Played TWO_STORES_AGAINST_TWO_SCANS =
            new Played(Scenes.TwoStoresAgainstTwoScans.class, "CLEAN");

    private static final String LOST = "store is lost";
    private static final String NOT_LISTED = "dirty bit in a page that is not listed";

    private static final Map<String, String> ACQUIRE_RELEASE = Map.of(
            "getByteVolatile", "getByteAcquire",
            "putByteVolatile", "putByteRelease",
            "getLongVolatile", "getLongAcquire",
            "getAndSetLongVolatile", "getAndSetLongAcquire",
            "getAndBitwiseOrLongVolatile", "getAndBitwiseOrLongRelease");

    private static void fails(Class<? extends Protocol> mutant, Played scene, String how) {
        assertFails("BROKEN_CONDITION", how, scene.by(mutant));
    }

    private static void assertFails(String kind, String how, Exploration exploration) {
        Counterexample found = exploration.counterexample();
        assertNotNull(found);
        assertEquals(kind, found.kind());
        assertTrue(found.message().startsWith(how), found.message());
    }

    @Test
    void scanThenClearLosesAStore() {
        fails(Mutants.ScanThenClear.class, STORE_AGAINST_SCAN_OF_ITS_PAGE, LOST);
        fails(Mutants.ScanThenClear.class, STORE_TO_DIRTY_AGAINST_SCAN, LOST);
        fails(Mutants.ScanThenClear.class, TWO_STORES_AGAINST_TWO_SCANS, LOST);
    }

    @Test
    void bitsTakenBeforeTheFlagIsClearedLeaveADirtyObjectUnlisted() {
        fails(Mutants.BitsBeforeFlag.class, STORE_AGAINST_SCAN_OF_ITS_PAGE, NOT_LISTED);
        fails(Mutants.BitsBeforeFlag.class, TWO_STORES_AGAINST_TWO_SCANS, NOT_LISTED);
    }

    @Test
    void flagClearedAfterTheVisitsLeavesADirtyObjectUnlisted() {
        fails(Mutants.FlagClearedAfterVisits.class, STORE_AGAINST_SCAN_OF_ITS_PAGE, NOT_LISTED);
        fails(Mutants.FlagClearedAfterVisits.class, TWO_STORES_AGAINST_TWO_SCANS, NOT_LISTED);
    }

    @Test
    void flagSetBeforeTheAppendHidesARememberedObjectFromAScan() {
        fails(Mutants.FlagBeforeAppend.class, STORE_BEFORE_SCAN, "not visited, although remembered before");
    }

    /** The real thing in the wrong hands. */
    @Test
    void whatIsForOneMutatorHidesARememberedObjectFromAScanIfThereAreTwo() {
        Played scene = new Played(Scenes.StoreToTheSameBeforeScan.class, "CLEAN");
        fails(RealProtocol.OfOneMutator.class, scene, "not visited, although remembered before");
    }

    @Test
    void flagSetAfterUnlockingListsAPageTwiceOrMarksOneThatIsNotListed() {
        fails(Mutants.FlagAfterUnlocking.class, TWO_MUTATORS, "both say that they listed the page");
        fails(Mutants.FlagAfterUnlocking.class, STORE_AGAINST_SCAN, "flags and list disagree: flagged=1 listed=0");
    }

    @Test
    void withoutTheSecondCheckAPageIsListedTwice() {
        fails(Mutants.NoSecondCheck.class, TWO_MUTATORS, "both say that they listed the page");
        fails(
                Mutants.NoSecondCheck.class,
                new Played(Scenes.TwoMutatorsAgainstScan.class, "CLEAN", "SAME_PAGE"),
                "flags and list disagree: flagged=1 listed=2");
    }

    @Test
    void pageListedBeforeItsObjectIsDirtyMissesTheScan() {
        fails(Mutants.ListedBeforeDirty.class, STORE_AGAINST_SCAN, NOT_LISTED);
    }

    @Test
    void rememberedBeforeTheSlotIsWrittenLosesTheStore() {
        fails(Mutants.SlotWrittenLate.class, STORE_AGAINST_SCAN, LOST);
    }

    /** The slot's plain store may be delayed past volatile loads, on x86 as well. */
    @Test
    void dirtyBitThatIsSkippedWhenSetLosesAStore() {
        fails(Mutants.DirtyIsSkipped.class, STORE_TO_DIRTY_AGAINST_SCAN, LOST);
        fails(Mutants.DirtyIsSkipped.class, TWO_STORES_AGAINST_TWO_SCANS, LOST);
    }

    @Test
    void swapWithoutTheLockIsADataRace() {
        assertFails("DATA_RACE", "data race", STORE_AGAINST_SCAN.by(Mutants.SwapWithoutLock.class));
    }

    @Test
    void acquireAndReleaseLeaveADirtyObjectUnlisted() {
        for (Played scene : new Played[] {STORE_AGAINST_SCAN_OF_ITS_PAGE, TWO_STORES_AGAINST_TWO_SCANS}) {
            assertFails("BROKEN_CONDITION", NOT_LISTED, scene.by(RealProtocol.class, ACQUIRE_RELEASE));
        }
    }

    /** So that what a mutant does is its own fault. If this fails, the real protocol changed: follow it. */
    @ParameterizedTest
    @ValueSource(strings = {"CLEAN", "LISTED", "DIRTY", "SCANNED"})
    void unchangedProtocolTakesTheStepsOfTheRealOne(String state) {
        for (Played scene : new Played[] {
            new Played(Scenes.StoreAgainstScan.class, state),
            new Played(Scenes.StoreBeforeScan.class, state),
            new Played(Scenes.TwoStoresAgainstTwoScans.class, state),
            new Played(Scenes.TwoMutatorsAgainstScan.class, state, "SAME_PAGE"),
            new Played(Scenes.TwoMutatorsAgainstScan.class, state, "TWO_PAGES"),
        }) {
            Exploration real = scene.explore(RealProtocol.class, Map.of(), true);
            Exploration spelledOut = scene.explore(SpelledOutProtocol.class, Map.of(), true);
            assertNull(spelledOut.counterexample());
            assertEquals(real.outcomes(), spelledOut.outcomes());
            assertEquals(real.cut(), spelledOut.cut());
            assertEquals(real.steps(), spelledOut.steps());
        }
    }
}
