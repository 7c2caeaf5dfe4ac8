package org.shadowheap.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.shadowheap.verify.TwoHeaps.MIRRORS;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.shadowheap.analysis.Difference;
import org.shadowheap.analysis.DifferingField;
import org.shadowheap.analysis.Verified;

class ComparisonTest {

    private final TwoHeaps heaps = new TwoHeaps();

    /** A ring with sharing, an array and class mirrors; ids are in another order than the dump's numbers. */
    @BeforeEach
    void sameOnBothSides() {
        heaps.roots(10, 13);
        heaps.dump.object(10, heaps.node, 11, 12);
        heaps.dump.object(11, heaps.node, 12, 10);
        heaps.dump.object(12, heaps.node, 0, MIRRORS + TwoHeaps.NODE);
        heaps.dump.array(13, heaps.nodes, 12, 0, 14);
        heaps.dump.object(14, heaps.node, 15, 0);
        heaps.dump.bytes(15, heaps.bytes, 5);

        heaps.shadowRoots(140, 110);
        heaps.shadowNode(140, 130, 120);
        heaps.shadowNode(130, 120, 140);
        heaps.shadowNode(120, 0, TwoHeaps.NODE);
        heaps.shadowArray(110, 120, 0, 100);
        heaps.shadowNode(100, 90, 0);
        heaps.events.birth(90, TwoHeaps.BYTES, 5);
    }

    @AfterEach
    void close() {
        heaps.close();
    }

    private static void assertOne(Verified verified, String path, Cause cause, String expected, String actual) {
        assertEquals(List.of(new Difference(path, cause.text, expected, actual)), verified.found());
        assertEquals(1, verified.differences());
        assertEquals(0, verified.explained());
    }

    @Test
    void isomorphicHeapsHaveNoDifference() {
        Verified verified = heaps.compare();
        assertEquals(List.of(), verified.found());
        assertEquals(new Verified(6 + 9 - 1, 2 + 8 + 3, 0, 0, 0, List.of(), List.of()), verified);
    }

    @Test
    void aMissingEdgeIsNamedByItsPathFromAStaticField() {
        heaps.events.arrayStore(110, 2, 0, 1);
        assertOne(heaps.compare(), "app.App.other[2]", Cause.UNSEEN_STORE, "app.Node", "null");
    }

    @Test
    void soIsOneThatIsThereNoMore() {
        heaps.events.arrayStore(110, 1, 100, 1);
        Verified verified = heaps.compare();
        assertOne(verified, "app.App.other[1]", Cause.UNSEEN_STORE, "null", "app.Node");
        assertEquals(List.of(new DifferingField("app.App.other[]", Cause.UNSEEN_STORE.text, 1)), verified.byField());
    }

    @Test
    void anObjectOfAnotherTypeIsADifference() {
        heaps.events.birth(99, TwoHeaps.LEAF, 0);
        heaps.events.arrayStore(110, 2, 99, 1);
        assertOne(heaps.compare(), "app.App.other[2]", Cause.UNSEEN_STORE, "app.Node", "app.Leaf");
    }

    @Test
    void anArrayOfAnotherLengthIsADifference() {
        heaps.events.birth(99, TwoHeaps.BYTES, 6);
        heaps.events.fieldStore(100, TwoHeaps.LEFT, 99, 1);
        assertOne(heaps.compare(), "app.App.other[2].left", Cause.UNSEEN_STORE, "byte[5]", "byte[6]");
    }

    @Test
    void theMirrorOfAnotherClassIsADifference() {
        heaps.events.fieldStore(120, TwoHeaps.RIGHT, TwoHeaps.LEAF, 1);
        assertOne(heaps.compare(), "app.App.root.right.right", Cause.UNSEEN_STORE, "class app.Node", "class app.Leaf");
    }

    /** Same types, same fields, but where the program shares one object the shadow has two. */
    @Test
    void aCopyInPlaceOfASharedObjectIsADifference() {
        heaps.shadowNode(99, 0, TwoHeaps.NODE);
        heaps.events.fieldStore(130, TwoHeaps.LEFT, 99, 1);
        assertOne(
                heaps.compare(), "app.App.root.left.left", Cause.UNKNOWN, "app.Node at app.App.root.right", "app.Node");
    }

    @Test
    void oneObjectInPlaceOfTwoLikeOnesIsADifference() {
        heaps.events.arrayStore(110, 2, 120, 1);
        assertOne(heaps.compare(), "app.App.other[2]", Cause.UNKNOWN, "app.Node", "app.Node at app.App.root.right");
    }

    @Test
    void whatLiesBehindADifferenceIsNotComparedThatWay() {
        heaps.events.staticStore(TwoHeaps.APP, TwoHeaps.OTHER, 0, 1);
        heaps.events.arrayStore(110, 1, 100, 1);
        assertOne(heaps.compare(), "app.App.other", Cause.UNSEEN_STORE, "app.Node[3]", "null");
    }

    @Test
    void fieldsOfAClassThatIsNotInstrumentedHaveThatCause() {
        heaps.events.fieldStore(100, TwoHeaps.LEFT, 0, 1);
        assertOne(heaps.compare("app.Node"), "app.App.other[2].left", Cause.UNINSTRUMENTED_CLASS, "byte[5]", "null");
    }

    @Test
    void whatAFrameMayHaveStoredThatBeganBeforeHasThatCause() {
        heaps.earlierFramesStore("app.Node.left", "app.Node.other");
        heaps.events.fieldStore(100, TwoHeaps.LEFT, 0, 1);
        assertOne(heaps.compare(), "app.App.other[2].left", Cause.EARLIER_FRAME, "byte[5]", "null");
    }

    @Test
    void whatItDoesNotStoreHasNot() {
        heaps.earlierFramesStore("app.Node.right", "app.Leaf.left", "java.lang.Object.left", Explanations.ELEMENTS);
        heaps.events.fieldStore(100, TwoHeaps.LEFT, 0, 1);
        assertOne(heaps.compare(), "app.App.other[2].left", Cause.UNSEEN_STORE, "byte[5]", "null");
    }

    @Test
    void itMayHaveStoredToAnyArray() {
        heaps.earlierFramesStore(Explanations.ELEMENTS);
        heaps.events.arrayStore(110, 2, 0, 1);
        assertOne(heaps.compare(), "app.App.other[2]", Cause.EARLIER_FRAME, "app.Node", "null");
    }

    @Test
    void itMayNameAClassThatInheritsTheField() {
        heaps.earlierFramesStore("app.Special.left");
        heaps.special();
        DumpedClass special =
                heaps.dump.type(MIRRORS + TwoHeaps.SPECIAL, "app.Special", 7, heaps.node, List.of(), List.of());
        heaps.dump.object(14, special, 15, 0);
        heaps.events.birth(99, TwoHeaps.SPECIAL, 0);
        heaps.events.arrayStore(110, 2, 99, 1);
        assertOne(heaps.compare(), "app.App.other[2].left", Cause.EARLIER_FRAME, "byte[5]", "null");
    }

    /** Its methods, that is: who else may store to the field tells of it. */
    @Test
    void whatDiffersInAClassWithNativeMethodsIsWrittenByThem() {
        heaps.haveNativeMethods("app.Node");
        heaps.events.fieldStore(100, TwoHeaps.LEFT, 0, 1);
        assertOne(heaps.compare(), "app.App.other[2].left", Cause.JNI, "byte[5]", "null");
    }

    @Test
    void nativeMethodsOfAnotherClassAreNotToBlame() {
        heaps.haveNativeMethods("app.App", "app.Leaf");
        heaps.events.fieldStore(100, TwoHeaps.LEFT, 0, 1);
        assertOne(heaps.compare(), "app.App.other[2].left", Cause.UNSEEN_STORE, "byte[5]", "null");
    }

    @Test
    void aSlotThatWasStoredToMeanwhileIsCountedApart() {
        heaps.events.round();
        heaps.witness.watch();
        heaps.events.arrayStore(110, 2, 0, 1);
        Verified verified = heaps.compare();
        assertEquals(0, verified.differences());
        assertEquals(1, verified.racing());
        assertEquals(List.of(new DifferingField("app.App.other[]", Cause.RACING_WRITE.text, 1)), verified.byField());
    }

    /** The virtual machine clears a referent, and does no more to it. Other slots are not blamed for what is wrong there. */
    @Test
    void aLookalikeBehindAReferenceIsADifferenceThereAndNowhereElse() {
        heaps.dump.object(16, heaps.reference, 12, 0);
        heaps.roots(16, 10);
        heaps.dump.object(10, heaps.node, 12, 0);
        heaps.events.birth(99, TwoHeaps.REFERENCE, 0);
        heaps.shadowNode(98, 0, TwoHeaps.NODE);
        heaps.events.fieldStore(99, TwoHeaps.LEFT, 98, 1);
        heaps.events.staticStore(TwoHeaps.APP, TwoHeaps.ROOT, 99, 1);
        heaps.events.staticStore(TwoHeaps.APP, TwoHeaps.OTHER, 140, 1);
        heaps.shadowNode(140, 120, 0);
        assertOne(
                heaps.compare(), "app.App.root.referent", Cause.UNKNOWN, "app.Node at app.App.other.left", "app.Node");
    }

    private Verified withNext(long next) {
        heaps.dump.object(16, heaps.reference, 0, next);
        heaps.dump.object(10, heaps.node, 0, 0);
        heaps.roots(16, 10);
        heaps.events.birth(99, TwoHeaps.REFERENCE, 0);
        heaps.shadowNode(98, 0, 0);
        heaps.events.staticStore(TwoHeaps.APP, TwoHeaps.ROOT, 99, 1);
        heaps.events.staticStore(TwoHeaps.APP, TwoHeaps.OTHER, 98, 1);
        return heaps.compare();
    }

    /** As the virtual machine makes it of references that finalizers come from. */
    @Test
    void aReferenceWhoseNextIsItselfIsExplained() {
        Verified verified = withNext(16);
        assertEquals(0, verified.differences());
        assertEquals(1, verified.explained());
    }

    @Test
    void aReferenceWhoseNextIsAnythingElseIsADifference() {
        assertOne(withNext(10), "app.App.root.next", Cause.UNSEEN_STORE, "app.Node at app.App.other", "null");
    }

    /** Nor does it excuse a slot that the program wrote. */
    @Test
    void anUnseenStoreOfWhatAReferentLeadsToIsADifference() {
        heaps.dump.object(16, heaps.reference, 12, 0);
        heaps.roots(16, 10);
        heaps.dump.object(10, heaps.node, 12, 0);
        heaps.events.birth(99, TwoHeaps.REFERENCE, 0);
        heaps.events.fieldStore(99, TwoHeaps.LEFT, 120, 1);
        heaps.events.staticStore(TwoHeaps.APP, TwoHeaps.ROOT, 99, 1);
        heaps.events.staticStore(TwoHeaps.APP, TwoHeaps.OTHER, 140, 1);
        heaps.shadowNode(98, 0, TwoHeaps.NODE);
        heaps.shadowNode(140, 120, 98);
        heaps.dump.object(10, heaps.node, 12, 12);
        assertOne(heaps.compare(), "app.App.other.right", Cause.UNKNOWN, "app.Node at app.App.other.left", "app.Node");
    }

    @Test
    void aReferentThatTheCollectorClearedIsExplained() {
        heaps.dump.object(16, heaps.reference, 0, 0);
        heaps.roots(10, 16);
        heaps.shadowNode(150, 0, 0);
        heaps.events.birth(99, TwoHeaps.REFERENCE, 0);
        heaps.events.fieldStore(99, TwoHeaps.LEFT, 150, 1);
        heaps.events.staticStore(TwoHeaps.APP, TwoHeaps.OTHER, 99, 1);
        Verified verified = heaps.compare();
        assertEquals(0, verified.differences());
        assertEquals(1, verified.explained());
    }

    /** A finalizer's does: other references were cleared before. */
    @Test
    void soIsOneOfAnObjectToWhichAnotherReferenceStillLeads() {
        heaps.dump.object(13, heaps.node, 0, 0);
        heaps.dump.object(16, heaps.reference, 0, 0);
        heaps.dump.object(17, heaps.reference, 13, 0);
        heaps.roots(17, 16);
        heaps.shadowNode(150, 0, 0);
        heaps.events.birth(98, TwoHeaps.REFERENCE, 0);
        heaps.events.birth(99, TwoHeaps.REFERENCE, 0);
        heaps.events.fieldStore(98, TwoHeaps.LEFT, 150, 1);
        heaps.events.fieldStore(99, TwoHeaps.LEFT, 150, 1);
        heaps.shadowRoots(98, 99);
        Verified verified = heaps.compare();
        assertEquals(0, verified.differences());
        assertEquals(1, verified.explained());
    }

    @Test
    void noCollectorClearedTheReferenceToWhatTheProgramHolds() {
        heaps.dump.object(16, heaps.reference, 0, 0);
        heaps.roots(10, 16);
        heaps.events.birth(99, TwoHeaps.REFERENCE, 0);
        heaps.events.fieldStore(99, TwoHeaps.LEFT, 140, 1);
        heaps.events.staticStore(TwoHeaps.APP, TwoHeaps.OTHER, 99, 1);
        assertOne(heaps.compare(), "app.App.other.referent", Cause.UNSEEN_STORE, "null", "app.Node at app.App.root");
    }

    @Test
    void theAgentsObjectsAndTheContentsOfItsThreadsAreExplained() {
        heaps.dump.object(17, heaps.own);
        heaps.dump.object(16, heaps.thread, 17);
        heaps.dump.named(16, "shadowheap-drain");
        heaps.dump.object(14, heaps.node, 17, 16);
        heaps.events.birth(99, TwoHeaps.THREAD, 0);
        heaps.events.fieldStore(99, TwoHeaps.LEFT, 140, 1);
        heaps.events.fieldStore(100, TwoHeaps.LEFT, 0, 1);
        heaps.events.fieldStore(100, TwoHeaps.RIGHT, 99, 1);
        Verified verified = heaps.compare();
        assertEquals(0, verified.differences());
        assertEquals(List.of(new DifferingField("app.Node.left", Cause.OF_THE_AGENT.text, 1)), verified.byField());
    }

    @Test
    void theStaticsOfAClassWithoutAMirrorAreDifferences() {
        heaps.dump.type(
                1100,
                "app.Never",
                7,
                heaps.object,
                List.of(),
                List.of(new DumpedClass.StaticField("some", 12), new DumpedClass.StaticField("none", 0)));
        assertOne(
                heaps.compare(),
                "app.Never.some",
                Cause.NEVER_MET,
                "app.Node at app.App.root.right",
                "no mirror of the class");
    }

    @Test
    void aFieldThatTheShadowHeapDoesNotKnowIsOneIfItHoldsSomething() {
        DumpedClass wider = heaps.dump.type(
                MIRRORS + TwoHeaps.LEAF, "app.Leaf", 7, heaps.object, List.of("left", "hidden", "empty"), List.of());
        heaps.dump.object(16, wider, 0, 12, 0);
        heaps.roots(10, 16);
        heaps.events.birth(99, TwoHeaps.LEAF, 0);
        heaps.events.staticStore(TwoHeaps.APP, TwoHeaps.OTHER, 99, 1);
        assertOne(
                heaps.compare(),
                "app.App.other.hidden",
                Cause.UNSEEN_SLOT,
                "app.Node at app.App.root.right",
                "no such slot");
    }

    @Test
    void onlyTheFirstTwentyAreKeptWhole() {
        long[] elements = new long[30];
        Arrays.fill(elements, 12);
        heaps.dump.array(16, heaps.nodes, elements);
        heaps.roots(10, 16);
        heaps.shadowArray(99, new int[30]);
        heaps.events.staticStore(TwoHeaps.APP, TwoHeaps.OTHER, 99, 1);
        Verified verified = heaps.compare();
        assertEquals(30, verified.differences());
        assertEquals(20, verified.found().size());
        assertEquals("app.App.other[0]", verified.found().get(0).path());
        assertEquals(List.of(new DifferingField("app.App.other[]", Cause.UNSEEN_STORE.text, 30)), verified.byField());
    }

    /** The JVM may let equal strings share an array; one of another length nobody but the program has stored. */
    @Test
    void aStringMayHaveAnotherArrayIfThatIsAsLong() {
        heaps.roots(10, 20);
        heaps.dump.object(20, heaps.string, 15);
        heaps.shadowRoots(140, 200);
        heaps.events.birth(200, TwoHeaps.STRING, 0);
        heaps.events.birth(210, TwoHeaps.BYTES, 5);
        heaps.events.fieldStore(200, TwoHeaps.LEFT, 210, 1);
        heaps.dump.array(13, heaps.nodes, 12, 0, 14);
        heaps.dump.object(12, heaps.node, 13, MIRRORS + TwoHeaps.NODE);
        heaps.events.fieldStore(120, TwoHeaps.LEFT, 110, 1);
        Verified shared = heaps.compare();
        assertEquals(0, shared.differences(), () -> "" + shared.found());
        assertEquals(1, shared.explained());

        heaps.events.birth(211, TwoHeaps.BYTES, 6);
        heaps.events.fieldStore(200, TwoHeaps.LEFT, 211, 1);
        assertOne(
                heaps.compare(),
                "app.App.other.value",
                Cause.UNSEEN_STORE,
                "byte[5] at app.App.root.right.left[2].left",
                "byte[6]");
    }
}
