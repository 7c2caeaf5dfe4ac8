package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.HeapFullException;
import org.shadowheap.heap.ShadowHeap;

/**
 * A heap and its model take the same program, one step after the other, and are compared.
 *
 * <p>After every step each old-to-young edge of the model is remembered by the heap; after every collection everything
 * that the model knows equals what the heap says. The heap is opened where {@link ScriptedMutator} does, and its events are
 * shared out over its mutators by object.
 */
final class SideBySide implements AutoCloseable {

    /** No program is long enough to fill it. */
    private static final long PLENTY_BYTES = 64 << 20;

    final NaiveHeap model;
    private final ScriptedMutator mutator;
    private final ShadowHeap heap;
    private final Validity validity;
    private final Comparison comparison;

    /** Whether events may be refused, and major collections come that the model does not foresee. */
    private final boolean nearTheBound;

    SideBySide(HeapConfiguration configuration, ScriptedMutator.Opener opener) {
        mutator = new ScriptedMutator(configuration, opener);
        heap = mutator.heap;
        model = new NaiveHeap(configuration);
        nearTheBound = configuration.boundBytes() < PLENTY_BYTES;
        validity = new Validity(model, nearTheBound);
        comparison = new Comparison(mutator, model);
        model.contact(ScriptedMutator.NODE, ScriptedMutator.CLASS, 1);
        model.snapshotEnd(ScriptedMutator.NODE);
    }

    /** Takes a whole program, or what is left of one. */
    void takeRounds(List<Operation> program) {
        int begin = 0;
        for (int i = 0; i < program.size(); i++) {
            if (program.get(i).kind().endsRound() || i == program.size() - 1) {
                takeRound(program.subList(begin, i + 1));
                begin = i + 1;
            }
        }
    }

    /** Bytes that survived and were promoted, by collection, and what lives now, as the heap told them. */
    String survivors() {
        StringBuilder text = new StringBuilder();
        mutator.collections.forEach(each -> text.append(each.survivedBytes())
                .append('/')
                .append(each.promotedBytes())
                .append('\n'));
        TreeMap<Integer, String> living = new TreeMap<>();
        heap.forEachObject(id -> living.put(id, heap.generationOf(id).toString()));
        return text.append(living).toString();
    }

    /** How much was compared so far. */
    Tally tally() {
        return comparison.tally;
    }

    /** Takes the steps up to the end of a round. */
    void takeRound(List<Operation> steps) {
        validity.beginRound(steps);
        steps.forEach(this::take);
    }

    /** Everything that the heap has told, times excepted. */
    List<Object> told() {
        List<Object> told = new ArrayList<>(mutator.stores);
        mutator.collections.forEach(result -> told.add(result.toString().replaceAll("nanos=\\d+", "")));
        mutator.majorCollections.forEach(result -> told.add(result.toString().replaceAll("nanos=\\d+", "")));
        told.add(heap.figures());
        return told;
    }

    private void take(Operation step) {
        if (!validity.accepts(step)) {
            return;
        }
        switch (step.kind()) {
            case BIRTH, FILLED -> {
                if (isTaken(step.a(), () -> to(step.a()).birth(step.a(), step.b(), step.c()))) {
                    model.birth(step.a(), step.b(), step.c(), step.kind() == Operation.Kind.FILLED);
                }
            }
            case CONTACT -> {
                if (isTaken(step.a(), () -> to(step.a()).contact(step.a(), step.b(), step.c()))) {
                    model.contact(step.a(), step.b(), step.c());
                }
            }
            case AGAIN -> again(model.thing(step.a()));
            case MIRROR -> mirror(step.a(), step.b(), step.c() != 0, step.d() != 0);
            case SNAPSHOT -> {
                int place = model.thing(step.a()).place(step.b());
                to(step.a()).snapshotSlot(step.a(), place, step.c());
                model.snapshotSlot(step.a(), step.b(), step.c());
            }
            case END -> {
                to(step.a()).snapshotEnd(step.a());
                model.snapshotEnd(step.a());
            }
            case STORE -> store(step.a(), step.b(), step.c(), false);
            case RAW -> store(step.a(), step.b(), step.c(), true);
            case COPY -> copy(step.a(), step.b(), model.thing(step.c()), step.d());
            case ROOTS -> {
                to(step.a()).roots(step.a());
                model.roots(step.a());
            }
            case ROOT -> {
                if (isTaken(step.b(), () -> to(step.a()).root(step.a(), step.b()))) {
                    model.root(step.a(), step.b());
                }
            }
            case THREAD_END -> {
                to(step.a()).threadEnd(step.a());
                model.threadEnd(step.a());
            }
            case REQUEST -> {
                heap.rootsRequested();
                model.rootsRequested();
            }
            case ROUND -> round();
            case MINOR -> collect(false);
            case MAJOR -> collect(true);
        }
        comparison.tally.operations++;
        comparison.checkEdges();
    }

    /** Whether the heap takes an event; if it refuses it, nothing may have changed. */
    private boolean isTaken(int id, Runnable event) {
        if (!nearTheBound) {
            event.run();
            return true;
        }
        String before = comparison.state(id);
        try {
            event.run();
            return true;
        } catch (HeapFullException e) {
            comparison.refused(id, before);
            return false;
        }
    }

    private EventSink to(int idOrThread) {
        return heap.mutator(idOrThread % heap.configuration().mutators());
    }

    private void again(Thing thing) {
        int extent = thing.type == ScriptedMutator.REFERENCES ? thing.slots.length : 0;
        to(thing.id).contact(thing.id, thing.type, extent);
    }

    private void mirror(int id, int statics, boolean met, boolean late) {
        List<FieldDefinition> fields = new ArrayList<>();
        for (int i = 0; i < statics; i++) {
            fields.add(ScriptedMutator.field("s" + i, ScriptedMutator.STATIC + 4 * i));
        }
        var definition = new TypeDefinition(id, "Class" + id, 0, 0, Shape.INSTANCE, 16, 0, List.of(), fields);
        int bytes = (int) Thing.bytes(ScriptedMutator.CLASS, statics);
        if (!late) {
            to(id).type(definition);
        }
        boolean taken = isTaken(id, () -> {
            if (met) {
                to(id).contact(id, ScriptedMutator.CLASS, bytes);
            } else {
                to(id).birth(id, ScriptedMutator.CLASS, bytes);
            }
        });
        if (taken && met) {
            model.contact(id, ScriptedMutator.CLASS, statics);
        } else if (taken) {
            model.birth(id, ScriptedMutator.CLASS, statics, false);
        }
        if (late) {
            to(id).type(definition);
        }
    }

    /** The event depends on the holder's type, which is known of those that are still to come, too. */
    private void store(int holder, int slot, int value, boolean raw) {
        Thing thing = model.thing(holder);
        int type = thing == null ? validity.typeOfArrival(holder) : thing.type;
        int place = Thing.place(type, slot);
        if (type == ScriptedMutator.REFERENCES && !raw) {
            to(holder).arrayStore(holder, place, value, 1);
        } else if (type == ScriptedMutator.CLASS && !raw) {
            to(holder).staticStore(holder, place, value, 2);
        } else if (type == ScriptedMutator.REFERENCES) {
            to(holder).fieldStore(holder, 16 + 4 * slot, value, 3);
        } else {
            to(holder).fieldStore(holder, place, value, 4);
        }
        model.store(holder, slot, value);
    }

    private void copy(int array, int slot, Thing source, int count) {
        to(array).arrayCopy(array, count, 5);
        int[] values = Arrays.copyOf(source.slots, count);
        for (int i = 0; i < count; i++) {
            to(array).copiedElement(array, slot + i, values[i], 5);
            model.store(array, slot + i, values[i]);
        }
    }

    private void round() {
        boolean collects = model.round();
        if (collects) {
            HeapVerifier.verify(heap);
        }
        boolean isMajorNext = heap.isMajorNext();
        int majorCollections = mutator.majorCollections.size();
        heap.round();
        if (!nearTheBound) { // there it depends on what the end of the round needs
            assertEquals(isMajorNext, mutator.majorCollections.size() > majorCollections, "isMajorNext");
        }
        if (collects) {
            collected(model.collect(false));
        } else {
            assertEquals(
                    comparison.tally.minorCollections,
                    mutator.collections.size(),
                    "collection at a round with room left");
        }
    }

    private void collect(boolean major) {
        HeapVerifier.verify(heap);
        if (major) {
            heap.collectMajorNow();
        } else {
            heap.collectNow();
        }
        collected(model.collect(major));
    }

    private void collected(NaiveCollection expected) {
        comparison.collected(expected);
        if (nearTheBound && heap.configuration().majorBytes() != HeapConfiguration.NEVER && heap.isMajorDue()) {
            model.majorDue = true; // what is left of the bound is nothing that it knows of
        }
        assertEquals(model.majorDue, heap.isMajorDue(), "isMajorDue");
    }

    @Override
    public void close() {
        mutator.close();
    }
}
