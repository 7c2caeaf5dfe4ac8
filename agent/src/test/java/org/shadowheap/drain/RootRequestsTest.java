package org.shadowheap.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.shadowheap.barrier.Stamps;

class RootRequestsTest {

    private static final long NURSERY = 3200;

    private long born;
    private int told;

    private final RootRequests requests = new RootRequests(() -> born, NURSERY);
    private final EventSinkStub sink = new EventSinkStub() {
        @Override
        public void rootsRequested() {
            told++;
        }
    };

    /** The drain is at {@code bytes} of the nursery and has delivered everything below {@code stamp}. */
    private int after(long bytes, long stamp) {
        born = bytes;
        int before = told;
        requests.roundEnded(sink, stamp);
        return told - before;
    }

    @Test
    void asksTwiceShortlyBeforeACollectionAndTellsTheSinkOnceItIsWhereTheAnswersBegin() {
        assertEquals(0, after(2800, Stamps.draw()));
        assertFalse(requests.isReachedBy(Long.MAX_VALUE), "nobody was asked yet");
        long before = Stamps.draw();
        assertEquals(0, after(2900, before), "what was recorded before is not delivered yet");
        assertFalse(requests.isReachedBy(before + 1));
        assertTrue(requests.isReachedBy(Stamps.draw()));
        assertEquals(1, after(2950, Stamps.draw()));
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
        assertFalse(requests.isReachedBy(Long.MAX_VALUE));
    }

    @Test
    void aDrainThatLagsAsksAllTheTime() {
        long before = Stamps.draw();
        after(2900, before);
        for (int part = 1; part <= 31; part++) {
            long stamp = Stamps.draw();
            after(part * NURSERY / 32, before);
            boolean asked = Stamps.draw() - stamp > 1L << 40; // the epoch is in the high bits
            assertEquals(
                    part >= 4 && (part % 4 == 0 && part <= 24 || part >= 29 && part % 2 == 1), asked, "part " + part);
        }
    }

    @Test
    void aDrainThatLagsByNurseriesAsksWhereTheMutatorsAre() {
        after(0, Stamps.draw());
        draw(80);
        after(1600, Stamps.readOpaque()); // half of a nursery: 160 draws are a whole one
        long behind = Stamps.readOpaque();
        int asked = 0;
        for (int part = 0; part < 16; part++) {
            draw(20); // an eighth
            long epoch = Stamps.readOpaque() >>> 40;
            after(1610, behind); // the drain hardly goes on
            asked += (int) ((Stamps.readOpaque() >>> 40) - epoch);
        }
        assertTrue(asked >= 14 && asked <= 17, "two nurseries in eighths: asked=" + asked);
    }

    private static void draw(int stamps) {
        for (int i = 0; i < stamps; i++) {
            Stamps.draw();
        }
    }
}
