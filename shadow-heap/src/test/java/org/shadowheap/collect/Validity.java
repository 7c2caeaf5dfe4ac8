package org.shadowheap.collect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which steps mean something: a program stores to what lives, or to what will have come when the round ends. Whatever steps
 * are left out of a program, those that are accepted make a program of which every event fits.
 */
final class Validity {

    private final NaiveHeap model;
    private final boolean mayBeRefused;
    private final Map<Integer, Operation> arrivals = new HashMap<>();
    private boolean anyEarly;

    /** @param mayBeRefused whether an arrival may not come after all: then nothing is mentioned before it is there */
    Validity(NaiveHeap model, boolean mayBeRefused) {
        this.model = model;
        this.mayBeRefused = mayBeRefused;
    }

    /** A round begins, of these steps. */
    void beginRound(List<Operation> round) {
        arrivals.clear();
        anyEarly = false;
        round.stream().filter(step -> step.kind().isArrival()).forEach(step -> arrivals.put(step.a(), step));
    }

    boolean accepts(Operation step) {
        return switch (step.kind()) {
            case BIRTH, FILLED, CONTACT, MIRROR -> !model.things.containsKey(step.a());
            case AGAIN -> model.lives(step.a()) && model.thing(step.a()).isOld();
            case SNAPSHOT -> canTellSlot(step.a(), step.b()) && canMention(step.c());
            case END -> model.lives(step.a());
            case STORE, RAW -> canStore(step.a(), step.b()) && canMention(step.c());
            case COPY -> canCopy(step.a(), step.b(), step.c(), step.d());
            case ROOT -> canMention(step.b());
            // Several mutators mention what they waited for when the round ends, the model when it comes.
            case REQUEST -> !anyEarly || model.configuration.mutators() == 1;
            case ROOTS, THREAD_END, ROUND, MINOR, MAJOR -> true;
        };
    }

    /** Type of an object that comes later in the round. */
    int typeOfArrival(int id) {
        return arrivals.get(id).b();
    }

    private boolean canMention(int id) {
        boolean early = isEarly(id);
        anyEarly |= early;
        return early || id == 0 || model.lives(id);
    }

    private boolean isEarly(int id) {
        return !mayBeRefused && arrivals.containsKey(id) && !model.things.containsKey(id);
    }

    private boolean canStore(int holder, int slot) {
        if (isEarly(holder)) {
            Operation arrival = arrivals.get(holder);
            anyEarly = true;
            return (arrival.kind() == Operation.Kind.BIRTH || arrival.kind() == Operation.Kind.CONTACT)
                    && slot < Thing.slots(arrival.b(), arrival.c());
        }
        return model.lives(holder)
                && slot < model.thing(holder).slots.length
                && model.thing(holder).snapshot != Thing.Snapshot.FILLING;
    }

    private boolean canTellSlot(int holder, int slot) {
        return model.lives(holder)
                && slot < model.thing(holder).slots.length
                && model.thing(holder).snapshot != Thing.Snapshot.NONE;
    }

    private boolean canCopy(int array, int slot, int source, int count) {
        return model.lives(array)
                && model.lives(source)
                && model.thing(array).type == ScriptedMutator.REFERENCES
                && model.thing(source).type == ScriptedMutator.REFERENCES
                && model.thing(array).snapshot != Thing.Snapshot.FILLING
                && slot + count <= model.thing(array).slots.length
                && count <= model.thing(source).slots.length;
    }
}
