package org.shadowheap.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.Verified;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.heap.ShadowGraph;

/**
 * Walks a dump and the shadow heap in step, breadth first from the static fields of every class.
 *
 * <p>Two objects become a pair if a slot of a pair leads to them, their types and lengths agree, and neither has a partner
 * yet. One thread; memory beside the Java heap for each pair, see {@link Pairs}.
 */
final class Comparison implements AutoCloseable {

    /** Stands for the mirror of a class that has none. */
    private static final int OF_NOBODY = -1;

    /** Slots from here down stand for those that the shadow heap does not have. */
    private static final int NAMELESS = SlotSet.ALL - 1;

    private final DumpedHeap dump;
    private final ShadowGraph shadow;
    private final ClassPairs classes;
    private final SlotSet racing;
    private final Predicate<String> isOwn;

    private final Pairs pairs = new Pairs();
    private final Slots slots;
    private final Paths paths;
    private final List<Later> later = new ArrayList<>();
    private final Descriptions descriptions;
    private final Blame blame;
    private final Findings findings = new Findings();

    /**
     * @param racing slots that were stored to while the dump was taken
     * @param isOwn whether a class, by name, is the agent's own
     */
    Comparison(
            DumpedHeap dump, ShadowGraph shadow, SlotSet racing, Predicate<String> isOwn, Explanations explanations) {
        this.dump = dump;
        this.shadow = shadow;
        this.classes = new ClassPairs(dump.classes(), shadow.types());
        this.racing = racing;
        this.isOwn = isOwn;
        this.slots = new Slots(classes);
        this.paths = new Paths(dump, pairs, slots);
        this.descriptions = new Descriptions(dump, shadow, classes, pairs, paths);
        this.blame = new Blame(dump, shadow, pairs, descriptions, racing, isOwn, explanations);
    }

    /**
     * A slot that the virtual machine writes. Compared when all is paired that other slots lead to: two like objects might be
     * paired here that are none of each other.
     *
     * @param slot null for an element
     */
    private record Later(int holder, int place, Slots.@Nullable Slot slot, long expected, int actual, boolean raced) {}

    /** Compares; once. */
    Verified run() {
        // Mirrors have partners before anything else is compared: slots refer to them.
        List<DumpedClass> unmetOfApplication = roots(each -> each.loader() != 0);
        int application = pairs.size();
        List<DumpedClass> unmet = roots(each -> each.loader() == 0);
        int roots = pairs.size();
        // What the application holds is reached from there, and so first among what is found.
        visit(0, application);
        int visited = visitFrom(roots);
        unmetOfApplication.stream().filter(each -> !classes.isOpen(each)).forEach(this::withoutMirror);
        unmetOfApplication.removeIf(each -> !classes.isOpen(each));
        visit(application, roots);
        int reached = visitFrom(visited);
        blame.heldAre(reached);
        reached = visitLater(reached);
        unmetOfApplication.forEach(each -> classes.pairUnreached(each, this::isFilled));
        unmet.forEach(each -> classes.pairUnreached(each, this::isFilled));
        rootsLearned();
        visitLater(visitFrom(reached));
        unmetOfApplication.forEach(this::withoutMirror);
        unmet.forEach(this::withoutMirror);
        return findings.result(pairs.size());
    }

    /** The slots that differ, when it has {@link #run}. */
    SlotSet differing() {
        return findings.differing();
    }

    /** The slots that were stored to meanwhile and so not compared. */
    SlotSet changing() {
        return findings.changing();
    }

    /** Whether a static field of a type holds something in the shadow heap. */
    private boolean isFilled(TypeDefinition type) {
        return descriptions.isAlive(type.id())
                && type.statics().stream().anyMatch(field -> shadow.reference(type.id(), field.offset()) != 0);
    }

    /** Pairs the mirrors of some classes. Returns the classes that have none in the shadow heap. */
    private List<DumpedClass> roots(Predicate<DumpedClass> which) {
        List<DumpedClass> unmet = new ArrayList<>();
        for (DumpedClass each : dump.classes()) {
            int id = which.test(each) && !isOwn.test(each.name()) ? classes.idOf(each) : Pairs.NONE;
            if (id > 0 && descriptions.isAlive(id)) {
                pairs.add(each.mirror(), id, Pairs.NONE, 0);
            } else if (id != Pairs.NONE) {
                unmet.add(each);
            }
        }
        return unmet;
    }

    /** Mirrors that turn out to be partners while slots are compared: their statics are roots, too. */
    private void rootsLearned() {
        for (DumpedClass each = classes.nextLearned(); each != null; each = classes.nextLearned()) {
            int id = isOwn.test(each.name()) ? Pairs.NONE : classes.idOf(each);
            if (id > 0 && descriptions.isAlive(id) && pairs.ofDumped(each.mirror()) == Pairs.NONE) {
                pairs.add(each.mirror(), id, Pairs.NONE, 0);
            }
        }
    }

    private void withoutMirror(DumpedClass mirrored) {
        if (pairs.ofDumped(mirrored.mirror()) != Pairs.NONE) {
            return;
        }
        for (DumpedClass.StaticField field : mirrored.statics()) {
            if (field.value() != 0 && !blame.isOfTheAgent(field.value())) {
                String name = mirrored.name() + '.' + field.name();
                Cause cause = blame.withoutMirror(mirrored, name);
                findings.edge();
                boolean kept = findings.keeps(cause);
                findings.count(name, cause, OF_NOBODY, name.hashCode());
                if (kept) {
                    findings.keep(name, cause, descriptions.ofDumped(field.value()), "no mirror of the class");
                }
            }
        }
    }

    private void visit(int first, int end) {
        for (int pair = first; pair < end; pair++) {
            visit(pair);
        }
    }

    /** Visits a pair and all behind it, those included that are made meanwhile. Returns where the next one will be. */
    private int visitFrom(int first) {
        int pair = first;
        while (pair < pairs.size()) {
            visit(pair++);
        }
        return pair;
    }

    private int visitLater(int first) {
        int reached = first;
        while (!later.isEmpty()) {
            List<Later> now = List.copyOf(later);
            later.clear();
            now.forEach(this::compareLater);
            reached = visitFrom(reached);
        }
        return reached;
    }

    private void visit(int pair) {
        long object = pairs.dumped(pair);
        DumpedClass mirrored = dump.mirrored(object);
        if (mirrored != null) {
            List<Slots.Slot> statics = slots.ofMirror(mirrored);
            for (int i = 0; i < statics.size(); i++) {
                field(pair, i, statics.get(i), mirrored.statics().get(i).value());
            }
        } else if (dump.lengthOf(object) >= 0) {
            TypeDefinition type = classes.typeOf(dump.classOf(object));
            boolean byVm = blame.isWrittenByVm(paths.field(pair, 0));
            dump.forEachReference(object, (index, value) -> element(pair, index, value, type, byVm));
        } else if (!blame.isThreadOfTheAgent(object)) {
            List<Slots.Slot> fields = slots.ofInstance(dump.classOf(object));
            dump.forEachReference(object, (place, value) -> field(pair, place, fields.get(place), value));
        }
    }

    private void field(int holder, int place, Slots.Slot slot, long expected) {
        findings.edge();
        if (slot.offset() == Slots.ABSENT) {
            if (expected != 0) {
                differs(holder, place, slot, expected, 0, Cause.UNSEEN_SLOT);
            }
            return;
        }
        int actual = shadow.reference(pairs.id(holder), slot.offset());
        boolean raced = racing.contains(pairs.id(holder), slot.offset());
        if (blame.isWrittenByVm(slot.field())) {
            later.add(new Later(holder, place, slot, expected, actual, raced));
        } else {
            compareNow(holder, place, slot, expected, actual, raced);
        }
    }

    private void element(int holder, int index, long expected, @Nullable TypeDefinition type, boolean byVm) {
        findings.edge();
        int id = pairs.id(holder);
        int actual = shadow.reference(id, index);
        // A store through a raw offset is known by that.
        boolean raced = racing.contains(id, index)
                || type != null && racing.contains(id, type.bytes() + index * type.elementBytes());
        if (byVm) {
            later.add(new Later(holder, index, null, expected, actual, raced));
        } else {
            compareNow(holder, index, null, expected, actual, raced);
        }
    }

    private void compareLater(Later each) {
        compareNow(each.holder, each.place, each.slot, each.expected, each.actual, each.raced);
    }

    private void compareNow(
            int holder, int place, Slots.@Nullable Slot slot, long expected, int actual, boolean raced) {
        Cause cause = compare(holder, place, expected, actual, raced);
        if (cause != null) {
            String field = slot == null ? paths.field(holder, place) : slot.field();
            differs(
                    holder,
                    place,
                    slot,
                    expected,
                    actual,
                    blame.of(cause, holder, expected, actual, field, slot, raced));
        }
    }

    /**
     * Compares what a slot holds on both sides, and pairs it if it agrees; else says what is wrong with it. What only a slot
     * leads to that was stored to meanwhile may be another object: such a way is not taken.
     */
    private @Nullable Cause compare(int holder, int place, long expected, int actual, boolean raced) {
        if (expected == 0 || actual == 0) {
            return expected == 0 && actual == 0 ? null : Cause.UNSEEN_STORE;
        }
        int pair = pairs.ofDumped(expected);
        if (pair != Pairs.NONE && pairs.id(pair) == actual) {
            return null;
        }
        if (raced) {
            return Cause.RACING_WRITE;
        }
        if (!descriptions.isAlive(actual)) {
            return Cause.JUDGED_DEAD;
        }
        DumpedClass mirrored = dump.mirrored(expected);
        if (mirrored != null) {
            boolean agree = classes.agree(mirrored, actual);
            rootsLearned();
            return agree && pairs.ofDumped(expected) != Pairs.NONE ? null : Cause.UNSEEN_STORE;
        }
        DumpedClass type = dump.classOf(expected);
        boolean agree = classes.agree(type, shadow.typeOf(actual));
        rootsLearned();
        if (!agree || dump.lengthOf(expected) != shadow.lengthOf(actual)) {
            return Cause.UNSEEN_STORE;
        }
        if (pair != Pairs.NONE || pairs.ofId(actual) != Pairs.NONE) {
            // The types agree; one of two like objects is meant, and either this slot or an earlier one is wrong.
            return Cause.UNKNOWN;
        }
        pairs.add(expected, actual, holder, place);
        return null;
    }

    private void differs(int holder, int place, Slots.@Nullable Slot slot, long expected, int actual, Cause cause) {
        boolean kept = findings.keeps(cause);
        boolean isAbsent = slot != null && slot.offset() == Slots.ABSENT;
        int known = slot == null ? place : isAbsent ? NAMELESS - place : slot.offset();
        findings.count(slot == null ? paths.field(holder, place) : slot.field(), cause, pairs.id(holder), known);
        if (kept) {
            String found = isAbsent ? "no such slot" : descriptions.of(actual);
            findings.keep(paths.to(holder, place), cause, descriptions.ofDumped(expected), found);
        }
    }

    @Override
    public void close() {
        pairs.close();
    }
}
