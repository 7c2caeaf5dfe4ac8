package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.shadowheap.collect.ScriptedMutator.BYTES;
import static org.shadowheap.collect.ScriptedMutator.LEFT;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.shadowheap.heap.Generation;

class LivenessTest {

    private ScriptedMutator mutator = new ScriptedMutator(ScriptedMutator.configuration(1));

    @AfterEach
    void closeHeap() {
        mutator.close();
    }

    private void assertDies(int id) {
        mutator.collect();
        assertEquals(Generation.DEAD, mutator.heap.generationOf(id));
    }

    private void assertSurvives(int id) {
        mutator.collect();
        assertEquals(Generation.OLD, mutator.heap.generationOf(id));
    }

    @Test
    void objectOnAThreadsStackSurvives() {
        int local = mutator.node();
        mutator.forgetEvidence();
        mutator.heap.roots(5);
        mutator.heap.root(5, local);
        assertSurvives(local);
    }

    @Test
    void rootsThatAThreadListedBeforeItsLatestListNoLongerCount() {
        int local = mutator.node();
        mutator.heap.roots(5);
        mutator.heap.root(5, local);
        mutator.heap.roots(5);
        mutator.forgetEvidence();
        assertDies(local);
    }

    @Test
    void rootsOfAThreadThatEndedNoLongerCount() {
        int local = mutator.node();
        mutator.heap.roots(5);
        mutator.heap.root(5, local);
        mutator.heap.threadEnd(5);
        mutator.forgetEvidence();
        assertDies(local);
    }

    @Test
    void rootMayBeListedBeforeItsBirth() {
        int local = mutator.reserveId();
        mutator.heap.roots(5);
        mutator.heap.root(5, local);
        mutator.heap.birth(local, ScriptedMutator.NODE, 0);
        mutator.forgetEvidence();
        assertSurvives(local);
    }

    @Test
    void birthSinceTheRequestBeforeTheLatestIsEvidence() {
        mutator.heap.rootsRequested();
        int born = mutator.node();
        mutator.heap.rootsRequested();
        assertSurvives(born);
    }

    @Test
    void birthBeforeTheRequestBeforeTheLatestIsNone() {
        int born = mutator.node();
        mutator.heap.rootsRequested();
        mutator.heap.rootsRequested();
        assertDies(born);
    }

    @Test
    void holderValueAndOverwrittenValueOfAStoreAreEvidence() {
        int holder = mutator.node();
        int value = mutator.node();
        int overwritten = mutator.node();
        int old = mutator.oldNode();
        mutator.set(old, LEFT, overwritten);
        mutator.forgetEvidence();
        mutator.set(holder, LEFT, value);
        mutator.set(holder, LEFT, 0);
        mutator.set(old, LEFT, 0);
        mutator.collect();
        assertEquals(Generation.OLD, mutator.heap.generationOf(holder));
        assertEquals(Generation.OLD, mutator.heap.generationOf(value));
        assertEquals(Generation.OLD, mutator.heap.generationOf(overwritten));
    }

    @Test
    void evidenceOfAnAgeingObjectLastsForItsTwoWindows() {
        mutator.close();
        mutator = new ScriptedMutator(ScriptedMutator.configuration(15));
        mutator.heap.rootsRequested();
        int born = mutator.node();
        for (int i = 0; i < 3; i++) {
            mutator.collect();
            assertEquals(Generation.AGEING, mutator.heap.generationOf(born));
        }
        mutator.heap.rootsRequested();
        mutator.collect();
        assertEquals(Generation.AGEING, mutator.heap.generationOf(born));
        mutator.heap.rootsRequested();
        assertDies(born);
    }

    @Test
    void evidenceOfAnAgeingObjectThatWasBornBeforeTheLatestRequestLastsUntilTheNext() {
        mutator.close();
        mutator = new ScriptedMutator(ScriptedMutator.configuration(15));
        mutator.heap.rootsRequested();
        int born = mutator.node();
        mutator.heap.rootsRequested();
        for (int i = 0; i < 3; i++) {
            mutator.collect();
            assertEquals(Generation.AGEING, mutator.heap.generationOf(born));
        }
        mutator.heap.rootsRequested();
        assertDies(born);
    }

    @Test
    void mentionCountsInEveryWindowAlsoAfterWindowNumbersRepeat() {
        int object = mutator.node();
        for (int i = 0; i < 1023; i++) {
            mutator.heap.rootsRequested();
        }
        mutator.set(object, LEFT, 0);
        assertSurvives(object);
    }

    /** Else each mention would be listed, and there is no bound to how many there are between two collections. */
    @Test
    void anObjectIsListedOnceInEachWindowHoweverManyThereWere() {
        for (int i = 1; i <= 1100; i++) {
            mutator.heap.rootsRequested();
            if (i % 50 == 0) {
                mutator.collect();
            }
        }
        int object = mutator.node();
        mutator.heap.rootsRequested();
        mutator.set(object, LEFT, 0);
        long before = mutator.heap.nativeBytes();
        for (int i = 0; i < 100_000; i++) {
            mutator.set(object, LEFT, 0);
            mutator.set(object, LEFT, object);
        }
        assertEquals(before, mutator.heap.nativeBytes());
    }

    @Test
    void withoutRequestsEvidenceBeginsWithTheRoundAfterHalfOfTheNursery() {
        int early = mutator.node();
        mutator.born(BYTES, 1 << 15);
        mutator.heap.round();
        int late = mutator.node();
        mutator.collect();
        assertEquals(Generation.DEAD, mutator.heap.generationOf(early));
        assertEquals(Generation.OLD, mutator.heap.generationOf(late));
    }

    @Test
    void withoutRequestsEverythingOfAnEarlyCycleIsEvidence() {
        int early = mutator.node();
        assertSurvives(early);
        int next = mutator.node();
        assertSurvives(next);
    }

    @Test
    void withoutRequestsEvidenceOfAnAgeingObjectEndsWithItsCycle() {
        mutator.close();
        mutator = new ScriptedMutator(ScriptedMutator.configuration(15));
        int early = mutator.node();
        mutator.collect();
        assertEquals(Generation.AGEING, mutator.heap.generationOf(early));
        assertDies(early);
    }

    @Test
    void oldObjectMentionedWhileAMajorCollectionIsDueLivesAlsoIfItWasMentionedBeforeTheLastOneInTheSameWindow() {
        mutator.close();
        mutator = new ScriptedMutator(ScriptedMutator.configuration(1).withMajorBytes(1 << 10));
        mutator.heap.rootsRequested();
        int local = mutator.node();
        for (int major = 1; major <= 3; major++) {
            int kept = mutator.born(BYTES, 4000 << major);
            mutator.heap.staticStore(ScriptedMutator.NODE, ScriptedMutator.STATIC, kept, 1);
            mutator.collect(); // grows enough to make one due
            mutator.set(local, LEFT, 0);
            assertSurvives(local);
            assertEquals(major, mutator.majorCollections.size());
        }
    }
}
