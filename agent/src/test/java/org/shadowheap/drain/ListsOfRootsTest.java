package org.shadowheap.drain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.shadowheap.drain.BarrierCopy.Mistake;

/** What threads list as roots, and what the merge lists for those that are silent; by barrier and merge as they are compiled. */
class ListsOfRootsTest {

    private static long[] run(String name, long size) throws Exception {
        return new BarrierCopy(Mistake.NONE).run(ListsOfRoots.class, name, size);
    }

    /** In one chunk of its log, and in dozens. */
    @Test
    void whatASilentThreadHasMadeIsListedInItsPlaceOnceItIsNoEvidenceAnyMore() throws Exception {
        for (int objects : new int[] {5, 3_000}) {
            long[] result = run("silent", objects);
            assertEquals(objects, result[0], "births");
            assertEquals(0, result[1], "after one request it still is evidence");
            assertEquals(objects, result[2], "after two");
            assertEquals(objects, result[3], "and not again");
            assertEquals(0, result[4], "the thread's own list is what counts");
        }
    }

    /** It may be old: evidence of the young does not count for it. */
    @Test
    void soItIsBeforeAMajorCollection() throws Exception {
        for (int objects : new int[] {5, 3_000}) {
            assertArrayEquals(new long[] {objects, 0, 0, objects}, run("silentBeforeMajor", objects));
        }
    }

    /** What it has made since is evidence for whatever is old by then: it became so when that was due already. */
    @Test
    void whoHasListedSinceTheCollectionBeforeIsNotListedForAgain() throws Exception {
        assertArrayEquals(new long[] {100, 0}, run("answersBeforeMajor", 100));
    }

    /** The thread's first list is the other one: there it begins to record. */
    @Test
    void whoEntersAgentCodeAgainAndAgainListsOnceAnEpoch() throws Exception {
        assertArrayEquals(new long[] {1 + 1, 1}, run("agentCode", 100));
    }

    @Test
    void noRoundEndsWithinAList() throws Exception {
        long[] result = run("whileMerged", 2_000);
        assertTrue(result[0] > 1_000, "lists=" + result[0]);
        assertEquals(0, result[1], "rounds that ended within one");
    }
}
