package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a thread was kept from running, as it notes and as who asks sees. Times in milliseconds. */
class PauseWatchTest {

    private static final long MILLI = 1_000_000;
    private static final int TRIES = 20;
    private static final long ASLEEP_MILLIS = 200;

    private final Pauses pauses = new Pauses(0);

    private void ran(long... millis) {
        for (long each : millis) {
            pauses.ran(each * MILLI);
        }
    }

    private long longest(long atMillis) {
        return pauses.longest(atMillis * MILLI) / MILLI;
    }

    @Test
    void whoRunsEachMillisecondHasNoPause() {
        ran(1, 2, 3, 4);
        assertEquals(0, longest(5));
    }

    @Test
    void theLongestIsTold() {
        ran(1, 21, 22, 73, 74, 85);
        assertEquals(50, longest(86));
    }

    /** As where the watch gets no processor at all. */
    @Test
    void aWatchThatNeverRanHasPausedUntilNow() {
        assertEquals(99, longest(100));
        assertEquals(49, longest(150));
    }

    /** Who asks runs before the watch does. */
    @Test
    void aPauseThatIsNotNotedYetCounts() {
        ran(1, 11, 12);
        assertEquals(29, longest(42));
    }

    @Test
    void aShortPauseThatIsNotNotedYetHidesNoLongOne() {
        ran(1, 41);
        assertEquals(39, longest(47));
    }

    @Test
    void whatWasToldIsNotToldAgain() {
        ran(1, 41);
        assertEquals(39, longest(42));
        ran(43);
        assertEquals(0, longest(44));
    }

    /** The watch was kept after it had read the clock, and who asks has seen the pause. */
    @Test
    void whatIsNotedTooLateIsNotToldAgain() {
        ran(1);
        assertEquals(39, longest(41));
        ran(2);
        assertEquals(0, longest(42));
    }

    /** It sleeps longer than this program asks for only where the machine has no processor for it. */
    @Test
    void theThreadRunsWhileWhoAsksDoesNot() throws Exception {
        try (PauseWatch watch = PauseWatch.begin()) {
            long shortest = Long.MAX_VALUE;
            for (int i = 0; i < TRIES && shortest > ASLEEP_MILLIS / 2 * MILLI; i++) {
                watch.longestNanos();
                Thread.sleep(ASLEEP_MILLIS);
                shortest = Math.min(shortest, watch.longestNanos());
            }
            assertTrue(shortest <= ASLEEP_MILLIS / 2 * MILLI, "nanos=" + shortest);
            assertTrue(threads().contains("shadowheap-pauses"));
        }
        assertFalse(threads().contains("shadowheap-pauses"));
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }
}
