package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.shadowheap.collect.ScriptedMutator.LEFT;
import static org.shadowheap.collect.ScriptedMutator.NODE_BYTES;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.shadowheap.heap.Generation;

/** What the recorded program will mention is alive, and what that leads to; what was mentioned before is not. */
class ForesightTest {

    /** The round in which an object is mentioned last, counted from 1; each collection here ends one. */
    private final Map<Integer, Long> last = new HashMap<>();

    private ScriptedMutator mutator = mutator(1);

    private ScriptedMutator mutator(int tenure) {
        return new ScriptedMutator(
                ScriptedMutator.configuration(tenure).withForesight((id, round) -> last.getOrDefault(id, 0L) > round));
    }

    @AfterEach
    void closeHeap() {
        mutator.close();
    }

    private void assertGeneration(Generation expected, int id) {
        assertEquals(expected, mutator.heap.generationOf(id), "id=" + id);
    }

    private int nodeMentionedLastIn(long round) {
        int node = mutator.node();
        last.put(node, round);
        return node;
    }

    @Test
    void youngObjectsLiveWhileTheyWillBeMentioned() {
        int seenOnce = nodeMentionedLastIn(1);
        int seenAgain = nodeMentionedLastIn(2);
        mutator.collect();
        assertGeneration(Generation.DEAD, seenOnce);
        assertGeneration(Generation.OLD, seenAgain);
    }

    @Test
    void soDoesWhatTheyLeadTo() {
        int holder = nodeMentionedLastIn(2);
        int held = nodeMentionedLastIn(1);
        mutator.set(holder, LEFT, held);
        mutator.collect();
        assertGeneration(Generation.OLD, held);
    }

    @Test
    void ageingOnesDieOnceNothingMentionsThemAnyMore() {
        mutator.close();
        mutator = mutator(3);
        int node = nodeMentionedLastIn(2);
        int longer = nodeMentionedLastIn(4);
        mutator.collect();
        assertGeneration(Generation.AGEING, node);
        mutator.collect();
        assertGeneration(Generation.DEAD, node);
        mutator.collect();
        assertGeneration(Generation.OLD, longer);
    }

    @Test
    void oldOnesOutliveMajorCollectionsAsLong() {
        int node = nodeMentionedLastIn(3);
        mutator.collect();
        assertEquals(0, mutator.collectMajor().freedBytes());
        assertGeneration(Generation.OLD, node);
        assertEquals(NODE_BYTES, mutator.collectMajor().freedBytes());
        assertGeneration(Generation.DEAD, node);
    }
}
