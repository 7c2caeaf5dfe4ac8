package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shadowheap.collect.ScriptedMutator.BYTES;
import static org.shadowheap.collect.ScriptedMutator.CLASS;
import static org.shadowheap.collect.ScriptedMutator.LEFT;
import static org.shadowheap.collect.ScriptedMutator.LOADER;
import static org.shadowheap.collect.ScriptedMutator.MIDDLE;
import static org.shadowheap.collect.ScriptedMutator.NODE;
import static org.shadowheap.collect.ScriptedMutator.REFERENCES;
import static org.shadowheap.collect.ScriptedMutator.RIGHT;
import static org.shadowheap.collect.ScriptedMutator.STATIC;
import static org.shadowheap.collect.ScriptedMutator.configuration;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.heap.Generation;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.HeapFullException;
import org.shadowheap.heap.ShadowHeap;

class EventsThatDoNotFitTest {

    private final ScriptedMutator mutator = new ScriptedMutator(configuration(1));
    private final ShadowHeap heap = mutator.heap;

    @AfterEach
    void closeHeap() {
        mutator.close();
    }

    private void assertContradictions(long expected) {
        assertEquals(expected, heap.figures().contradictions());
    }

    @Test
    void snapshotNeverOverridesAStoreThatCameAfterTheContact() {
        int object = mutator.reserveId();
        int stored = mutator.node();
        int found = mutator.oldNode();
        heap.contact(object, NODE, 0);
        heap.fieldStore(object, LEFT, stored, 1);
        heap.snapshotSlot(object, LEFT, found);
        heap.snapshotSlot(object, RIGHT, found);
        heap.snapshotEnd(object);
        assertEquals(stored, heap.reference(object, LEFT));
        assertEquals(found, heap.reference(object, RIGHT));
        assertContradictions(0);
    }

    @Test
    void snapshotNeverOverridesAStoreThatCameBeforeTheContact() {
        int object = mutator.reserveId();
        int stored = mutator.node();
        heap.fieldStore(object, LEFT, stored, 1);
        heap.contact(object, NODE, 0);
        heap.snapshotSlot(object, LEFT, 0);
        heap.snapshotEnd(object);
        assertEquals(stored, heap.reference(object, LEFT));
        assertTrue(mutator.stores.get(0).oldToYoung());
    }

    @Test
    void snapshotSlotWithAYoungValueIsRememberedButIsNoStore() {
        int object = mutator.reserveId();
        int young = mutator.node();
        heap.contact(object, NODE, 0);
        heap.snapshotSlot(object, LEFT, young);
        heap.snapshotEnd(object);
        assertEquals(List.of(), mutator.stores);
        mutator.collectWithoutEvidence();
        assertEquals(Generation.OLD, heap.generationOf(young));
    }

    @Test
    void snapshotOfAnObjectThatWasBornFilledIsApplied() {
        int clone = mutator.born(REFERENCES, 2);
        int young = mutator.node();
        heap.snapshotSlot(clone, 0, young);
        heap.snapshotSlot(clone, 1, clone);
        heap.snapshotEnd(clone);
        assertEquals(young, heap.reference(clone, 0));
        assertEquals(List.of(), mutator.stores);
        int large = mutator.born(REFERENCES, 10_000);
        heap.snapshotSlot(large, 9_999, clone);
        heap.snapshotEnd(large);
        mutator.collectWithoutEvidence();
        assertEquals(Generation.OLD, heap.generationOf(young));
        assertContradictions(0);
    }

    @Test
    void snapshotSlotThatDoesNotFitIsAContradiction() {
        heap.snapshotSlot(mutator.reserveId(), LEFT, 0);
        heap.snapshotSlot(mutator.oldNode(), MIDDLE, 0);
        heap.snapshotSlot(mutator.oldNode(), LEFT, -1);
        assertContradictions(3);
    }

    @Test
    void storeBeforeTheBirthOfItsHolderIsAppliedAtTheBirth() {
        int holder = mutator.reserveId();
        int first = mutator.node();
        int second = mutator.node();
        heap.fieldStore(holder, LEFT, first, 1);
        heap.fieldStore(holder, LEFT, second, 2);
        assertEquals(0, mutator.stores.size());
        heap.birth(holder, NODE, 0);
        assertEquals(second, heap.reference(holder, LEFT));
        assertEquals(List.of(1, 2), mutator.stores.stream().map(s -> s.site()).toList());
        heap.round();
        assertContradictions(0);
    }

    @Test
    void storeBeforeTheBirthOfItsValueIsJudgedAtTheBirth() {
        int holder = mutator.oldNode();
        int value = mutator.reserveId();
        heap.fieldStore(holder, LEFT, value, 1);
        assertEquals(0, mutator.stores.size());
        heap.birth(value, NODE, 0);
        assertEquals(List.of(new ScriptedMutator.Store(1, 0, true, true)), mutator.stores);
        mutator.collectWithoutEvidence();
        assertEquals(Generation.OLD, heap.generationOf(value));
    }

    @Test
    void storeThatNamesAnObjectThatNeverWasIsAContradictionAtTheEndOfTheRound() {
        int holder = mutator.oldNode();
        int never = mutator.reserveId();
        heap.fieldStore(holder, LEFT, never, 1);
        heap.fieldStore(never, LEFT, holder, 2);
        heap.round();
        assertContradictions(2);
        assertEquals(0, heap.reference(holder, LEFT));
        assertEquals(List.of(new ScriptedMutator.Store(1, 0, false, true)), mutator.stores);
        mutator.collect();
    }

    @Test
    void objectThatIsMentionedAfterItsDeathIsCountedAsResurrectedOnce() {
        int old = mutator.oldNode();
        int dead = mutator.node();
        mutator.collectWithoutEvidence();
        heap.fieldStore(dead, LEFT, old, 1);
        heap.fieldStore(old, LEFT, dead, 2);
        heap.fieldStore(old, RIGHT, dead, 3);
        assertEquals(1, heap.figures().resurrected());
        assertEquals(Generation.RESURRECTED, heap.generationOf(dead));
        assertEquals(dead, heap.reference(old, LEFT));
        assertEquals(3, mutator.stores.size(), "the store into the dead object was made, too");
        assertEquals(new ScriptedMutator.Store(1, 0, false, false), mutator.stores.get(0));
        mutator.collectWithoutEvidence();
        heap.fieldStore(old, RIGHT, dead, 3);
        assertEquals(1, heap.figures().resurrected());
        assertContradictions(0);
    }

    private int deadNode() {
        int dead = mutator.node();
        mutator.collectWithoutEvidence();
        assertEquals(Generation.DEAD, heap.generationOf(dead));
        return dead;
    }

    private void assertStores(List<Integer> sites) {
        heap.round();
        assertEquals(sites, mutator.stores.stream().map(store -> store.site()).toList());
        assertTrue(mutator.stores.stream().noneMatch(store -> store.oldToYoung() || store.pageListed()));
    }

    @Test
    void everyStoreToAnObjectThatWasJudgedDeadCountsWhateverIsStored() {
        int alsoDead = mutator.node();
        int dead = deadNode();
        heap.fieldStore(dead, LEFT, mutator.node(), 1);
        assertEquals(1, heap.figures().resurrected());
        heap.fieldStore(dead, LEFT, mutator.oldNode(), 2);
        heap.fieldStore(dead, LEFT, 0, 3);
        heap.fieldStore(dead, LEFT, dead, 4);
        assertEquals(1, heap.figures().resurrected());
        heap.fieldStore(dead, LEFT, alsoDead, 5);
        assertEquals(2, heap.figures().resurrected());
        int late = mutator.reserveId();
        heap.fieldStore(dead, LEFT, late, 6);
        heap.birth(late, NODE, 0);
        assertStores(List.of(1, 2, 3, 4, 5, 6));
        assertContradictions(0);
        assertEquals(Generation.RESURRECTED, heap.generationOf(dead), "nothing is written where nothing is");
        assertEquals(6, mutator.collect().stores());
    }

    @Test
    void whatIsStoredToAnObjectThatWasJudgedDeadLivesByThat() {
        int dead = deadNode();
        int value = mutator.node();
        int other = mutator.node();
        mutator.forgetEvidence();
        heap.fieldStore(dead, LEFT, value, 1);
        mutator.collect();
        assertEquals(Generation.OLD, heap.generationOf(value));
        assertEquals(Generation.DEAD, heap.generationOf(other));
    }

    @Test
    void objectThatNeverWasIsAContradictionAlsoWhereItIsStoredToADeadOne() {
        int dead = deadNode();
        heap.fieldStore(dead, LEFT, mutator.reserveId(), 1);
        assertContradictions(0);
        assertStores(List.of(1));
        assertContradictions(1);
    }

    @Test
    void idOfAFreedChunkIsResurrectedNotNeverSeen() {
        int first = mutator.node();
        for (int i = 0; i < 5000; i++) {
            mutator.node();
        }
        mutator.collectWithoutEvidence();
        int old = mutator.oldNode();
        heap.fieldStore(old, LEFT, first, 1);
        heap.fieldStore(old, LEFT, first + 3000, 1);
        assertEquals(2, heap.figures().resurrected());
    }

    @Test
    void storeThatDoesNotFitTheTypeOfItsHolderIsCountedAndNotApplied() {
        int node = mutator.node();
        int array = mutator.born(REFERENCES, 3);
        int bytes = mutator.born(BYTES, 30);
        heap.fieldStore(node, 8, node, 1);
        heap.fieldStore(node, LEFT + 1, node, 1);
        heap.fieldStore(node, MIDDLE, node, 1);
        heap.fieldStore(node, 4000, node, 1);
        heap.fieldStore(node, -4, node, 1);
        heap.arrayStore(node, LEFT, node, 1);
        heap.staticStore(node, LEFT, node, 1);
        heap.arrayStore(array, 3, node, 1);
        heap.arrayStore(array, -1, node, 1);
        heap.arrayStore(bytes, 1, node, 1);
        heap.fieldStore(bytes, 16, node, 1);
        heap.staticStore(NODE, STATIC + 4, node, 1);
        heap.fieldStore(0, LEFT, node, 1);
        heap.round();
        assertContradictions(13);
        assertEquals(0, mutator.stores.size());
        mutator.collect();
    }

    @Test
    void rawOffsetIntoAnArrayIsItsElement() {
        int array = mutator.born(REFERENCES, 3);
        int node = mutator.node();
        heap.fieldStore(array, 16 + 2 * 4, node, 1);
        assertEquals(node, heap.reference(array, 2));
        heap.round();
        assertEquals(REFERENCES, mutator.stores.get(0).arrayType());
        heap.fieldStore(array, 16 + 3 * 4, node, 1);
        heap.fieldStore(array, 12, node, 1);
        heap.fieldStore(array, 18, node, 1);
        assertContradictions(3);
    }

    @Test
    void inheritedFieldIsAField() {
        int big = mutator.born(ScriptedMutator.BIG_NODE, 0);
        int node = mutator.node();
        heap.fieldStore(big, LEFT, node, 1);
        heap.fieldStore(big, MIDDLE, node, 1);
        assertContradictions(0);
        assertEquals(2, mutator.stores.size());
    }

    @Test
    void theSameContactTwiceChangesNothing() {
        int object = mutator.reserveId();
        int node = mutator.node();
        heap.contact(object, NODE, 0);
        heap.snapshotEnd(object);
        heap.fieldStore(object, LEFT, node, 1);
        heap.contact(object, NODE, 0);
        assertContradictions(0);
        assertEquals(node, heap.reference(object, LEFT));
        heap.contact(object, CLASS, 112);
        assertContradictions(1);
    }

    @Test
    void staticsOfATypeThatIsDefinedAfterItsMirrorWasMetAreSlots() {
        heap.contact(50, CLASS, 112);
        heap.snapshotEnd(50);
        int node = mutator.node();
        heap.fieldStore(50, LOADER, node, 1); // goes to the mirror, as the stores after the definition do
        heap.type(new TypeDefinition(
                50,
                "Late",
                0,
                0,
                Shape.INSTANCE,
                16,
                0,
                List.of(),
                List.of(ScriptedMutator.field("fits", 108), ScriptedMutator.field("doesNot", 112))));
        heap.staticStore(50, 108, node, 1);
        assertContradictions(1);
        heap.staticStore(50, 112, node, 1);
        assertContradictions(2);
        assertEquals(node, heap.reference(50, 108));
    }

    @Test
    void fieldsOfClassMirrorsFitWhateverTheAlignment() {
        for (int alignment = 8; alignment <= 256; alignment *= 2) {
            ObjectModel model = new ObjectModel(4, alignment, 12);
            HeapConfiguration aligned = new HeapConfiguration(1 << 16, 4096, 1, 64 << 20, model);
            try (ScriptedMutator other = new ScriptedMutator(aligned)) {
                int node = other.node();
                other.heap.fieldStore(NODE, LOADER, node, 1);
                other.heap.staticStore(NODE, STATIC, node, 1);
                other.heap.round();
                assertEquals(node, other.heap.reference(NODE, LOADER));
                assertEquals(node, other.heap.reference(NODE, STATIC));
                assertEquals(0, other.heap.figures().contradictions(), "alignment " + alignment);
            }
        }
    }

    @Test
    void secondBirthAndUnknownTypeAreContradictions() {
        int node = mutator.node();
        heap.birth(node, NODE, 0);
        heap.contact(node, NODE, 0);
        heap.birth(mutator.reserveId(), 999, 0);
        heap.birth(mutator.reserveId(), REFERENCES, -1);
        heap.birth(-5, NODE, 0);
        assertContradictions(5);
        assertEquals(24, heap.figures().clockBytes());
    }

    @Test
    void fullHeapRefusesTheEventAndStaysAsItWas() {
        HeapConfiguration small = new HeapConfiguration(1 << 14, 512, 2, 1 << 20, ObjectModel.DEFAULT);
        try (ScriptedMutator full = new ScriptedMutator(small)) {
            int array = full.met(REFERENCES, 10_000);
            int count = 0;
            while (count < 10_000) {
                int node = full.node();
                full.heap.arrayStore(array, count++, node, 1);
                full.heap.round();
            }
            long before = full.heap.figures().oldBytes();
            HeapFullException thrown =
                    assertThrows(HeapFullException.class, () -> full.heap.birth(1 << 20, REFERENCES, 1 << 20));
            assertTrue(thrown.getMessage().contains("boundBytes=1048576"), thrown.getMessage());
            assertEquals(Generation.NEVER_SEEN, full.heap.generationOf(1 << 20));
            assertEquals(before, full.heap.figures().oldBytes());
            assertThrows(HeapFullException.class, () -> {
                while (true) {
                    full.heap.contact(full.reserveId(), REFERENCES, 100);
                }
            });
            full.collect();
            assertEquals(Generation.OLD, full.heap.generationOf(full.heap.reference(array, 0)));
        }
    }
}
