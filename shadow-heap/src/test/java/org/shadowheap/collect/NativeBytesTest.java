package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shadowheap.collect.ScriptedMutator.NODE;
import static org.shadowheap.collect.ScriptedMutator.NODE_BYTES;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.shadowheap.analysis.Analysis;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.Recording;
import org.shadowheap.event.layout.IdOrder;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.Liveness;
import org.shadowheap.heap.ShadowHeap;

/**
 * How much native memory a whole analysis takes for an object that is alive, beside the object's own bytes: its id and the metadata of
 * its page. What a heap takes before there is any, chunks of the nursery above all, is not of the objects.
 */
@Tag("unchecked")
class NativeBytesTest {

    private static final int MOST_BYTES = 40;
    private static final int OBJECTS = 400_000;

    /** Fewer would share what is taken at once, such as a page. */
    private static final int FIRST_LOOK = 20_000;

    private static final int LOOKS = 1_000;
    private static final int FIRST_ID = 1 << 20;
    private static final int NURSERY_BYTES = 1 << 20;

    private final Analysis analysis = analysis();
    private long fixedBytes;
    private int alive;
    private int nextId = FIRST_ID;
    private double most;

    private static Analysis analysis() {
        HeapConfiguration shape = new HeapConfiguration(NURSERY_BYTES, 4096, 1, 1L << 30, ObjectModel.DEFAULT)
                .withLiveness(Liveness.ROOTS)
                .withMajorBytes(HeapConfiguration.NEVER);
        Recording recording = new Recording("app.Main", "Some VM 17", 0, ObjectModel.DEFAULT, Map.of());
        Analysis analysis = new Analysis(recording, shape);
        ScriptedMutator.defineTypes((ShadowHeap) analysis.graph());
        return analysis;
    }

    @AfterEach
    void close() {
        analysis.close();
    }

    private long usedBytes() {
        return ((ShadowHeap) analysis.graph()).usedBytes();
    }

    private void look() {
        if (alive >= FIRST_LOOK) {
            analysis.round(); // which gives up tables that were replaced in it
            most = Math.max(most, (double) (usedBytes() - fixedBytes) / alive - NODE_BYTES);
        }
    }

    private void expectFew() {
        assertTrue(alive >= OBJECTS, "alive=" + alive);
        assertTrue(most > 1, "most=" + most);
        assertTrue(most <= MOST_BYTES, "most=" + most);
    }

    private void meet(int id) {
        analysis.contact(id, NODE, 0);
        analysis.snapshotEnd(id);
        if (++alive % LOOKS == 0) {
            look();
        }
    }

    @Test
    void ofObjectsThatWereMet() {
        fixedBytes = usedBytes();
        for (int i = 0; i < OBJECTS; i++) {
            meet(FIRST_ID + i);
        }
        expectFew();
    }

    private void bear(int births, int eachThatSurvives) {
        for (int i = 1; i <= births; i++) {
            int id = IdOrder.scattered(nextId++);
            analysis.birth(id, NODE, 0);
            if (i % eachThatSurvives == 0) {
                analysis.root(1, id);
                alive++;
            }
            if (i % 20_000 == 0) {
                analysis.round();
            }
        }
    }

    private void expectFewOfBorn(int eachThatSurvives) {
        bear(200_000, Integer.MAX_VALUE);
        fixedBytes = usedBytes();
        bear(OBJECTS * eachThatSurvives, eachThatSurvives);
        ((ShadowHeap) analysis.graph()).collectNow();
        analysis.threadEnd(1);
        look();
        expectFew();
    }

    @Test
    void ofObjectsThatWereBornAndLiveOn() {
        expectFewOfBorn(1);
    }

    @Test
    void ofObjectsThatWereBornAndOfWhichOneInFourLivesOn() {
        expectFewOfBorn(4);
    }
}
