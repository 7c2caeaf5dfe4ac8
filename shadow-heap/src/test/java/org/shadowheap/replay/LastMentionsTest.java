package org.shadowheap.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.EventEncoder;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.layout.EventRecord;

class LastMentionsTest {

    private final LastMentions mentions = new LastMentions(8 << 10);

    @AfterEach
    void close() {
        mentions.close();
    }

    /** Hands events on as records. */
    private final EventSink events = new EventEncoder() {
        @Override
        public void type(TypeDefinition type) {}

        @Override
        public void site(SiteDefinition site) {}

        @Override
        public void caller(CallerDefinition caller) {}

        @Override
        protected void record(long word0, long word1) {
            mentions.records(new long[] {word0, word1, 0, 0}, 1);
        }
    };

    /** The number of rounds that must have ended so that an object is not mentioned any more. */
    private long last(int id) {
        long round = 0;
        while (mentions.isMentionedAfter(id, round)) {
            round++;
        }
        return round;
    }

    /** Chunks of 4 KiB. */
    @Test
    void theyTakeNoMoreThanTheyMay() {
        events.birth(1, 100, 0);
        events.birth(1 << 20, 100, 0);
        events.birth(2, 100, 0);
        assertThrows(OutOfMemoryError.class, () -> events.birth(1 << 21, 100, 0));
    }

    @Test
    void everyEventMentionsItsObjectsInItsRound() {
        List<Consumer<EventSink>> calls = List.of(
                sink -> sink.birth(1, 100, 0),
                sink -> sink.contact(2, 100, 0),
                sink -> sink.fieldStore(3, 12, 4, 1),
                sink -> sink.arrayStore(5, 12, 6, 1),
                sink -> sink.staticStore(7, 12, 8, 1),
                sink -> sink.snapshotSlot(9, 12, 10),
                sink -> sink.arrayCopy(11, 1, 1),
                sink -> sink.copiedElement(12, 0, 13, 1),
                sink -> sink.root(99, 14),
                sink -> sink.snapshotEnd(15));
        long[] expected = {0, 1, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 8, 8, 9, 10};
        for (Consumer<EventSink> each : calls) {
            each.accept(events);
            events.round();
        }
        for (int id = 1; id < expected.length; id++) {
            assertEquals(expected[id], last(id), "id=" + id);
        }
        assertEquals(0, last(99), "a thread");
        assertEquals(0, last(100), "a type");
    }

    @Test
    void theLastOneCounts() {
        int far = Integer.MAX_VALUE;
        events.birth(far, 1, 0);
        events.round();
        events.round();
        events.fieldStore(far, 12, 0, 1);
        assertEquals(3, last(far));
        assertEquals(0, last(far - 1));
    }

    @Test
    void oneObjectIsMentionedInEachRoundOfABatch() {
        long store = EventRecord.word1(EventRecord.FIELD_STORE, 12, 1);
        long round = EventRecord.word1(EventRecord.ROUND, 0, 0);
        long toOne = EventRecord.word0(1, 0);
        mentions.records(new long[] {toOne, store, toOne, store, 0, round, toOne, store}, 4);
        assertEquals(2, last(1));
    }
}
