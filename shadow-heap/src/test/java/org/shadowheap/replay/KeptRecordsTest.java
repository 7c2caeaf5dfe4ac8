package org.shadowheap.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.shadowheap.event.EventDecoder;
import org.shadowheap.event.EventSinkAdapter;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.layout.EventRecord;
import org.shadowheap.trace.TraceReader;

class KeptRecordsTest {

    private static final int BATCH = 1000;
    private static final long PIECE_BYTES = 1 << 20;

    private final List<String> heard = new ArrayList<>();
    private final EventSinkAdapter sink = new EventSinkAdapter() {
        @Override
        public void birth(int object, int type, int extent) {
            heard.add("birth " + object);
        }

        @Override
        public void site(SiteDefinition site) {
            heard.add("site " + site.id());
        }
    };
    private KeptRecords kept = new KeptRecords(3 * PIECE_BYTES);

    @AfterEach
    void close() {
        kept.close();
    }

    /** Adds a block of births with these ids. */
    private void block(int first, int end) {
        for (int id = first; id < end; id += BATCH) {
            long[] words = new long[2 * BATCH];
            int count = Math.min(BATCH, end - id);
            for (int i = 0; i < count; i++) {
                words[2 * i] = EventRecord.word0(id + i, 1);
                words[2 * i + 1] = EventRecord.word1(EventRecord.BIRTH, 0, 0);
            }
            kept.add(words, count);
        }
        kept.blockEnds(new TraceReader.Place(10L * end, end - 1, 0));
    }

    private TraceReader.Place play() throws Exception {
        return kept.play(sink, TraceReader.Progress.NONE);
    }

    private void expectBirths(int end) {
        assertEquals(end - 1, heard.size());
        for (int id = 1; id < end; id++) {
            assertEquals("birth " + id, heard.get(id - 1));
        }
    }

    @Test
    void whatIsKeptIsPlayedInItsOrderAsOftenAsAnybodyWants() throws Exception {
        block(1, 60_001);
        block(60_001, 100_001);
        for (int time = 0; time < 2; time++) {
            heard.clear();
            assertEquals(new TraceReader.Place(1_000_010, 100_000, 0), play());
            expectBirths(100_001);
        }
    }

    @Test
    void aBlockThatDoesNotFitIsNotPlayedAtAll() throws Exception {
        block(1, 60_001);
        block(60_001, 300_001);
        block(300_001, 300_002);
        assertEquals(new TraceReader.Place(600_010, 60_000, 0), play());
        expectBirths(60_001);
    }

    @Test
    void nothingIsKeptWithoutMemoryForIt() throws Exception {
        kept = new KeptRecords(PIECE_BYTES - 1);
        block(1, 10);
        assertNull(play());
        assertTrue(heard.isEmpty());
    }

    @Test
    void aDefinitionComesWhereItsRecordStands() throws Exception {
        kept.define(new SiteDefinition(7, "C", "m", 1, null));
        long[] words = {
            EventRecord.word0(1, 1),
            EventRecord.word1(EventRecord.BIRTH, 0, 0),
            0,
            EventRecord.word1(EventDecoder.DEFINITIONS + 2, 20, 0),
            EventRecord.word0(2, 1),
            EventRecord.word1(EventRecord.BIRTH, 0, 0)
        };
        kept.add(words, 3);
        kept.blockEnds(new TraceReader.Place(1, 2, 1));
        play();
        assertEquals(List.of("birth 1", "site 7", "birth 2"), heard);
    }

    @Test
    void anInterruptEndsItAsItEndsTheReadingOfAFile() {
        block(1, 10);
        Thread.currentThread().interrupt();
        try {
            assertThrows(ClosedByInterruptException.class, this::play);
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void nothingIsPlayedWhenItWasGivenUp() throws Exception {
        block(1, 10);
        kept.close();
        assertNull(play());
    }
}
