package org.shadowheap.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.shadowheap.event.FieldDefinition;

/** Several classes of one name: which is which the slots tell that lead to them, or to their instances. */
class NamesakesTest {

    private static final String NAME = "app.Same";
    private static final List<FieldDefinition> FIELDS = List.of(new FieldDefinition("left", TwoHeaps.LEFT, false));
    private static final List<FieldDefinition> STATICS = List.of(new FieldDefinition("root", TwoHeaps.ROOT, false));

    private final TwoHeaps heaps = new TwoHeaps();

    @AfterEach
    void close() {
        heaps.close();
    }

    private DumpedClass dumped(long mirror, String name, long loader, long root) {
        return heaps.dump.type(
                mirror,
                name,
                loader,
                heaps.object,
                List.of("left"),
                List.of(new DumpedClass.StaticField("root", root)));
    }

    private void shadowed(int id, String name, int loader, int root) {
        heaps.shadowType(id, name, loader, FIELDS, STATICS);
        heaps.events.staticStore(id, TwoHeaps.ROOT, root, 1);
    }

    /** Two classes whose loaders are not known; an object of each is reached from a static field. */
    private void twoOfOneName() {
        DumpedClass first = dumped(1301, NAME, 71, 30);
        DumpedClass second = dumped(1302, NAME, 72, 0);
        heaps.dump.object(20, first, 0);
        heaps.dump.object(21, second, 20);
        heaps.dump.object(30, heaps.node, 0, 0);
        heaps.roots(20, 21);
        shadowed(301, NAME, 11, 60);
        shadowed(302, NAME, 12, 0);
        heaps.shadowNode(60, 0, 0);
        heaps.events.birth(40, 301, 0);
        heaps.events.birth(41, 302, 0);
        heaps.events.fieldStore(41, TwoHeaps.LEFT, 40, 1);
        heaps.shadowRoots(40, 41);
    }

    @Test
    void instancesTellWhichClassIsWhich() {
        twoOfOneName();
        assertEquals(List.of(), heaps.compare().byField());
    }

    @Test
    void theirStaticsAreComparedThen() {
        twoOfOneName();
        heaps.events.staticStore(301, TwoHeaps.ROOT, 0, 1);
        assertEquals(
                List.of("app.Same.root"),
                heaps.compare().found().stream().map(each -> each.path()).toList());
    }

    @Test
    void aLoaderThatOneClassTellsTellsItsOtherClasses() {
        twoOfOneName();
        dumped(1303, "app.Other", 71, 31);
        dumped(1304, "app.Other", 72, 0);
        heaps.dump.object(31, heaps.node, 0, 0);
        shadowed(303, "app.Other", 12, 0);
        shadowed(304, "app.Other", 11, 61);
        heaps.shadowNode(61, 0, 0);
        assertEquals(List.of(), heaps.compare().byField());
    }

    @Test
    void aMirrorTellsLikeAnInstance() {
        dumped(1301, NAME, 71, 30);
        dumped(1302, NAME, 72, 0);
        heaps.dump.object(30, heaps.node, 0, 0);
        heaps.roots(1301, 1302);
        shadowed(301, NAME, 11, 0);
        shadowed(302, NAME, 12, 60);
        heaps.shadowNode(60, 0, 0);
        heaps.shadowRoots(302, 301);
        assertEquals(List.of(), heaps.compare().byField());
    }

    /** The recording knows a class that was unloaded, the dump does not. */
    @Test
    void aClassThatWasUnloadedIsNotTakenForItsNamesake() {
        DumpedClass alive = dumped(1302, NAME, 72, 0);
        heaps.dump.object(20, alive, 20);
        heaps.roots(20, 0);
        shadowed(301, NAME, 11, 0);
        shadowed(302, NAME, 12, 0);
        heaps.events.birth(40, 302, 0);
        heaps.events.fieldStore(40, TwoHeaps.LEFT, 40, 1);
        heaps.shadowRoots(40, 0);
        assertEquals(List.of(), heaps.compare().byField());
    }

    private static final String HIDDEN = NAME + "/0x0000000089240400";

    /** Two classes of one loader were at the same address, one after the other: nothing leads to the second but that it is there. */
    @Test
    void ofHiddenClassesTheLatestIsAlive() {
        dumped(1302, HIDDEN, 0, 30);
        heaps.dump.object(30, heaps.node, 0, 0);
        heaps.roots(0, 0);
        shadowed(302, HIDDEN, 0, 61);
        shadowed(301, HIDDEN, 0, 60);
        heaps.shadowNode(60, 0, 0);
        heaps.events.birth(61, 301, 0);
        heaps.shadowRoots(0, 0);
        assertEquals(List.of(), heaps.compare().byField());
    }

    /** Of two threads that met it at the same time, one has told of a type that nobody has. */
    @Test
    void anInstanceTellsWhichTypeAHiddenClassIs() {
        DumpedClass alive = dumped(1302, HIDDEN, 0, 0);
        heaps.dump.object(20, alive, 20);
        heaps.roots(20, 0);
        shadowed(301, HIDDEN, 0, 0);
        shadowed(302, HIDDEN, 0, 0);
        heaps.events.birth(40, 301, 0);
        heaps.events.fieldStore(40, TwoHeaps.LEFT, 40, 1);
        heaps.shadowRoots(40, 0);
        assertEquals(List.of(), heaps.compare().byField());
    }

    @Test
    void soDoesAStaticFieldOfAnyOtherClass() {
        for (long mirror : new long[] {1301, 1302}) {
            dumped(mirror, NAME + mirror, 7, 30);
        }
        heaps.dump.object(30, heaps.node, 0, 0);
        heaps.roots(0, 0);
        shadowed(301, NAME + 1301, 1, 0);
        shadowed(302, NAME + 1301, 1, 60);
        shadowed(303, NAME + 1302, 1, 60);
        shadowed(304, NAME + 1302, 1, 0);
        heaps.shadowNode(60, 0, 0);
        heaps.shadowRoots(0, 0);
        assertEquals(List.of(), heaps.compare().byField());
    }

    @Test
    void whatItHoldsIsComparedThen() {
        dumped(1301, NAME, 7, 0);
        heaps.roots(0, 0);
        shadowed(301, NAME, 1, 0);
        shadowed(302, NAME, 1, 60);
        heaps.shadowNode(60, 0, 0);
        heaps.shadowRoots(0, 0);
        assertEquals(
                List.of("app.Same.root"),
                heaps.compare().found().stream().map(each -> each.path()).toList());
    }

    @Test
    void oneThatNothingTellsApartIsSaidToBeUnmet() {
        dumped(1301, NAME, 71, 30);
        dumped(1302, NAME, 72, 0);
        heaps.dump.object(30, heaps.node, 0, 0);
        heaps.roots(0, 0);
        shadowed(301, NAME, 11, 60);
        shadowed(302, NAME, 12, 0);
        heaps.shadowNode(60, 0, 0);
        heaps.shadowRoots(0, 0);
        assertEquals(
                List.of(Cause.NEVER_MET.text),
                heaps.compare().found().stream().map(each -> each.cause()).toList());
    }

    @Test
    void anObjectOfTheOtherClassIsADifference() {
        twoOfOneName();
        heaps.events.birth(43, 302, 0);
        heaps.events.fieldStore(41, TwoHeaps.LEFT, 43, 1);
        assertEquals(
                List.of(Cause.UNSEEN_STORE.text),
                heaps.compare().found().stream().map(each -> each.cause()).toList());
    }
}
