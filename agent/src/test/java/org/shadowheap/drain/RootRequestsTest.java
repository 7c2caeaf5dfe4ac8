package org.shadowheap.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.shadowheap.barrier.RootDemand;
import org.shadowheap.barrier.Stamps;
import org.shadowheap.event.NurseryClock;

class RootRequestsTest {

    private static final long NURSERY = 3200;

    private long born;
    private long total;
    private long delivered;
    private int told;

    private final RootRequests requests = new RootRequests(clock(), NURSERY);
    private final EventSinkStub sink = new EventSinkStub() {
        @Override
        public void rootsRequested() {
            told++;
        }
    };

    RootRequestsTest() {
        // The counter is one for the JVM: what other tests have asked is reached.
        requests.roundEnded(sink, Stamps.draw(), 0);
        told = 0;
    }

    private NurseryClock clock() {
        return new NurseryClock() {
            @Override
            public long bornSinceCollectionBytes() {
                return born;
            }

            @Override
            public long bornBytes() {
                return total;
            }

            @Override
            public boolean isMajorNext() {
                return false;
            }
        };
    }

    /** The drain is at {@code bytes} of the nursery and has delivered everything below {@code stamp}. */
    private int after(long bytes, long stamp) {
        total += bytes < born ? NURSERY - born + bytes : bytes - born;
        born = bytes;
        int before = told;
        requests.roundEnded(sink, stamp, delivered);
        return told - before;
    }

    @Test
    void asksTwiceShortlyBeforeACollectionAndTellsTheSinkOnceItIsWhereTheAnswersBegin() {
        assertEquals(0, after(2800, Stamps.draw()));
        assertFalse(requests.isReachedBy(Stamps.draw()), "nobody was asked yet");
        long before = Stamps.draw();
        assertEquals(0, after(2900, before), "what was recorded before is not delivered yet");
        assertFalse(requests.isReachedBy(before + 1));
        assertTrue(requests.isReachedBy(Stamps.draw()));
        assertEquals(1, after(2900, Stamps.draw()));
        assertEquals(0, after(3100, before));
        assertEquals(1, after(3150, Stamps.draw()));
        assertEquals(0, after(3190, Stamps.draw()), "twice");
        assertEquals(0, after(0, Stamps.draw()), "after the collection");
    }

    @Test
    void requestsThatAreReachedTogetherAreTheLastOfThem() {
        long before = Stamps.draw();
        after(2900, before);
        after(3100, before);
        assertEquals(1, after(3150, Stamps.draw()));
        assertFalse(requests.isReachedBy(Stamps.draw()));
    }

    @Test
    void requestsOfMutatorsAreToldUnlessTheyComeRightBehindAnother() {
        Stamps.raiseEpoch();
        assertTrue(requests.isReachedBy(Stamps.draw()));
        assertEquals(1, after(1000, Stamps.draw()));
        Stamps.raiseEpoch();
        assertTrue(requests.isReachedBy(Stamps.draw()), "a round ends there all the same");
        assertEquals(0, after(1100, Stamps.draw()), "the window would be too short");
        Stamps.raiseEpoch();
        assertEquals(1, after(1200, Stamps.draw()));
        Stamps.raiseEpoch();
        assertEquals(1, after(10, Stamps.draw()), "in the next cycle");
    }

    /** What was listed before a collection is no evidence for what that collection has made old. */
    @Test
    void theFirstReachedSinceACollectionIsTheOneFromWhichListsCountForAMajorOne() {
        Stamps.raiseEpoch();
        long first = Stamps.draw();
        after(1000, first);
        Stamps.raiseEpoch();
        after(2000, Stamps.draw());
        assertEquals(Stamps.epoch(first), requests.sinceCollection());
        after(0, Stamps.draw());
        assertEquals(Long.MAX_VALUE, requests.sinceCollection(), "nobody has listed since the collection");
        Stamps.raiseEpoch();
        long afterwards = Stamps.draw();
        after(0, afterwards);
        after(0, Stamps.draw());
        assertEquals(
                Stamps.epoch(afterwards), requests.sinceCollection(), "no other collection, though nothing is born");
    }

    @Test
    void mutatorsAskForEachQuarterOfANurseryInEventsAsMeasuredOrMoreOftenIfThatIsRare() {
        delivered = 1_000_000;
        after(0, Stamps.draw());
        delivered += 100_000;
        after(NURSERY / 8, Stamps.draw());
        assertEquals(64, RootDemand.step(), "less than a quarter, which is 196 groups");
        delivered += 4_000_000;
        after(NURSERY / 4, Stamps.draw());
        assertEquals(16_400_000 / 16 / RootDemand.GROUP_EVENTS, RootDemand.step(), "a sixteenth");
        delivered -= 4_000_000;
        delivered += 100;
        after(NURSERY, Stamps.draw());
        assertEquals(100_100 / 4 / RootDemand.GROUP_EVENTS, RootDemand.step());
        delivered += 100;
        after(0, Stamps.draw());
        delivered += 1_000;
        after(NURSERY / 2, Stamps.draw());
        assertEquals(8, RootDemand.step(), "a walk is not for nothing");
    }

    /** There may be fewer events in a nursery than in a round. */
    @Test
    void ofLargeObjectsTheyAskForEachQuarterTooHoweverFewEventsThatIs() {
        int nursery = 16 << 20;
        RootRequests large = new RootRequests(clock(), nursery);
        large.roundEnded(sink, Stamps.draw(), 0);
        for (int round = 1; round <= 3; round++) {
            total += nursery;
            large.roundEnded(sink, Stamps.draw(), round * 16_000L);
            assertEquals(16_000 / 4 / RootDemand.GROUP_EVENTS, RootDemand.step());
        }
    }
}
