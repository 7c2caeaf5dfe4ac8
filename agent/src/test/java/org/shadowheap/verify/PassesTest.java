package org.shadowheap.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.shadowheap.analysis.RunningVerified;
import org.shadowheap.analysis.Verified;

class PassesTest {

    private final Passes passes = new Passes(name -> false);

    private static SlotSet slots(int... ids) {
        SlotSet slots = new SlotSet();
        for (int id : ids) {
            slots.add(id, 12);
        }
        return slots;
    }

    private void pass(SlotSet differing, SlotSet changing) {
        passes.add(new Verified(1, 2, differing.size(), 0, changing.size(), List.of(), List.of()), differing, changing);
    }

    private void assertFound(int count, long differences, long unsettled) {
        assertTrue(passes.areEnough());
        RunningVerified found = passes.result(List.of("a note"));
        assertEquals(List.of("a note"), found.notes());
        assertEquals(count, found.passes());
        assertEquals(differences, found.verified().differences());
        assertEquals(unsettled, found.unsettled());
    }

    @Test
    void oneIsEnoughWhereNothingChangesAndNothingDiffers() {
        assertFalse(passes.areEnough());
        pass(slots(), slots());
        assertFound(1, 0, 0);
    }

    @Test
    void whatDiffersTwiceDiffers() {
        pass(slots(1), slots());
        assertFalse(passes.areEnough());
        pass(slots(1), slots());
        assertFound(2, 1, 0);
    }

    @Test
    void whatDiffersOnceWasAboutToBeTold() {
        pass(slots(1), slots());
        pass(slots(), slots());
        assertFound(2, 0, 0);
    }

    @Test
    void whatIsStoredToNowAndThenIsComparedWhenItRests() {
        pass(slots(), slots(1, 2));
        assertFalse(passes.areEnough());
        pass(slots(), slots(2, 3));
        assertFalse(passes.areEnough());
        pass(slots(), slots(3, 4));
        assertFound(3, 0, 0);
    }

    @Test
    void whatNeverRestsIsCounted() {
        pass(slots(), slots(1, 2));
        pass(slots(), slots(1, 2, 3));
        pass(slots(), slots(2, 1, 4));
        assertFound(3, 0, 2);
    }

    /** Nobody looks a second time any more. */
    @Test
    void whatDiffersInTheLastOneDiffers() {
        pass(slots(), slots(1));
        pass(slots(), slots(1));
        pass(slots(7), slots());
        assertFound(3, 1, 0);
    }

    @Test
    void withoutAPassThereIsNoResult() {
        assertThrows(IllegalStateException.class, () -> passes.result(List.of()));
    }
}
