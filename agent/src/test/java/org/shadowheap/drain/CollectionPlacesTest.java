package org.shadowheap.drain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.shadowheap.drain.BarrierCopy.Mistake;

/** Collections are marked where they were, by the barrier as it is compiled; the counter of the JVM is a fake. */
class CollectionPlacesTest {

    private static final long COLLECTIONS = 2_000;

    private static long[] run(String name, long size) throws Exception {
        return new BarrierCopy(Mistake.NONE).run(CountedCollections.class, name, size);
    }

    @Test
    void ofSeveralThreadsOneMarksEachCollectionWithinAChunkAndARoundEndsBehindIt() throws Exception {
        long[] result = run("severalThreads", COLLECTIONS);
        assertEquals(COLLECTIONS, result[0]);
        assertEquals(COLLECTIONS, result[1], "marks");
        assertEquals(0, result[2], "out of order");
        assertTrue(result[3] <= result[4], "stores on the wrong side: " + result[3] + " most=" + result[4]);
        assertEquals(0, result[5], "no round ended behind a mark");
    }

    @Test
    void whoeverLooksAtTheSameTimeMarksNoneTwice() throws Exception {
        long[] result = run("raced", 300_000);
        assertEquals(result[0], result[1], "marks");
        assertEquals(result[0], result[2], "numbers");
    }

    /** Of those before the last one only the number is known. */
    @Test
    void collectionsThatNobodyNoticedAreMarkedEach() throws Exception {
        assertArrayEquals(
                new long[] {1, 8, 2_000, 0, 1, 9, 2_000, 0, 1, 10, 2_000, 5_000, 2, 1, 2_000, 5_000},
                run("severalBetweenTwoChunks", 3));
    }

    @Test
    void aLargeArrayIsBornBehindTheCollectionThatMadeRoomForIt() throws Exception {
        assertArrayEquals(new long[] {1, 8, 2_000, 5_000}, run("largeArray", 1 << 12));
        assertEquals(0, run("largeArray", (1 << 12) - 1).length);
    }

    @Test
    void whoTellsOfACollectionMarksItFirstAndTellsNothingOfThoseBeforeTheRecording() throws Exception {
        assertArrayEquals(new long[] {1, 8, 2_000, 5_000, 1, 8, 4_000, 77}, run("toldBeforeItIsNoticed", 77));
    }
}
