package org.shadowheap.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.shadowheap.drain.BarrierCopy.Mistake;

/**
 * The order of the merged stream is, per object, the order of happens-before; and where a program races, the last record
 * is what memory holds. {@code -Dshadowheap.stress=6000000} merges so many stores, and has a race for each 25 of them.
 */
class MergeOrderTest {

    private static final long STORES = Long.getLong("shadowheap.stress", 750_000);
    private static final long RACES = STORES / 25;

    /** How long a mutant may hide: where threads have to take turns, few of them meet. */
    private static final long NANOS = 120_000_000_000L;

    @Test
    void writesThatALockOrdersAreMergedInThatOrder() throws Exception {
        long[] result = run(Mistake.NONE, LockOrderedWrites.class, "run", STORES);
        assertEquals(STORES, result[0], "stores merged");
        assertEquals(0, result[1], "stores out of order");
    }

    @Test
    void soTheyAreWhileItIsSampledWhoCalls() throws Exception {
        long[] result = run(Mistake.NONE, LockOrderedWrites.class, "sampled", STORES);
        assertEquals(STORES, result[0], "stores merged");
        assertEquals(0, result[1], "stores out of order");
        assertTrue(result[2] > STORES / 10_000, "samples=" + result[2]);
    }

    /** The maker's records and those behind the other's ticketed one have one stamp: a round must not end between them. */
    @Test
    void whatAnotherThreadMadeIsBornInTheRoundThatMentionsItOrBefore() throws Exception {
        long[] result = run(Mistake.NONE, HandedOver.class, "run", 50);
        assertEquals(0, result[1], "objects mentioned before their round");
    }

    /** A long copy reads elements that were born long after its ticket. */
    @Test
    void soIsWhatACopyFindsHoweverLongItTakes() throws Exception {
        long[] result = run(Mistake.NONE, CopiedWhileBorn.class, "run", STORES);
        assertEquals(0, result[1], "objects mentioned before their round");
    }

    @Test
    void whatTwoThreadsMeetAtOnceIsReadToItsEnd() throws Exception {
        long[] result = run(Mistake.NONE, MetByTwo.class, "run", RACES);
        assertTrue(result[0] > RACES, "no object was met by two: " + result[0]);
        assertEquals(0, result[1], "contacts without an end");
    }

    @Test
    void racesEndWithWhatMemoryHolds() throws Exception {
        long[] result = run(Mistake.NONE, Races.class, "run", RACES);
        assertEquals(0, result[1], "elements of " + result[0] + " whose last record is not what memory holds");
    }

    @Test
    void racesBesideRoundsEndWithWhatMemoryHolds() throws Exception {
        long[] result = run(Mistake.NONE, Races.class, "besideRounds", RACES);
        assertEquals(0, result[1], "elements of " + result[0] + " whose last record is not what memory holds");
    }

    @Test
    void copiesThatRaceBesideRoundsEndWithWhatMemoryHolds() throws Exception {
        long[] result = run(Mistake.NONE, Races.class, "copiesBesideRounds", RACES);
        assertEquals(0, result[1], "elements of " + result[0] + " whose last record is not what memory holds");
    }

    @ParameterizedTest
    @EnumSource(
            value = Mistake.class,
            names = {"TICKET_IS_READ", "ROUND_WITHOUT_STAMP"})
    void theOrderOfLocksIsLostWith(Mistake mistake) throws Exception {
        assertCaught(mistake, LockOrderedWrites.class, "run", STORES);
    }

    @ParameterizedTest
    @EnumSource(
            value = Mistake.class,
            names = {"TICKET_IS_READ", "TICKET_BEFORE_STORE", "NOT_READ_AGAIN"})
    void racesEndWithSomethingElseWith(Mistake mistake) throws Exception {
        assertCaught(mistake, Races.class, "run", RACES);
    }

    @Test
    void racesBesideRoundsEndWithSomethingElseWithoutAFence() throws Exception {
        assertCaught(Mistake.NOT_FENCED, Races.class, "besideRounds", RACES);
    }

    private static void assertCaught(Mistake mistake, Class<?> program, String name, long size) throws Exception {
        long deadline = System.nanoTime() + NANOS;
        long wrong = 0;
        while (wrong == 0 && System.nanoTime() < deadline) {
            wrong = run(mistake, program, name, size)[1];
        }
        assertTrue(wrong > 0, "the mutant was not caught");
    }

    private static long[] run(Mistake mistake, Class<?> program, String name, long size) throws Exception {
        long[] result = new BarrierCopy(mistake).run(program, name, size);
        System.out.println(program.getSimpleName() + "." + name + ", mistake " + mistake + ": " + result[1]
                + " wrong of " + result[0]);
        return result;
    }
}
