package org.shadowheap.agent;

import java.util.LinkedHashMap;
import java.util.Map;
import org.shadowheap.drain.Drain;
import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.selftest.SelfTestProgram;

/**
 * Takes out of a stream what {@link SelfTestProgram} does, and hands on the rest: the recording shall not know of it.
 *
 * <p>The drain calls; another thread asks whether the program is done, and then what was seen.
 */
final class SelfTestWatch implements EventSink, Drain.Awaited {

    private static final String PROGRAM = SelfTestProgram.class.getName();

    private final EventSink next;
    private final StringBuilder seen = new StringBuilder();
    private final Map<Integer, String> names = new LinkedHashMap<>();
    private int named;
    private int type;
    private int arrayType;
    private int shared = -1;
    private int field = -1;
    private volatile boolean done;

    SelfTestWatch(EventSink next) {
        this.next = next;
    }

    /** Whether the program's last store was seen; {@link #seen} is complete then. */
    @Override
    public boolean isDone() {
        return done;
    }

    /** What was seen, in the form of {@link SelfTestProgram#EVENTS}. */
    String seen() {
        return seen.toString();
    }

    private String name(int id) {
        return id == 0 ? "0" : names.getOrDefault(id, "another object");
    }

    /** Most of what comes is what existed before the program, and comes before it. */
    private boolean isOfProgram(int object) {
        return named > 0 && names.containsKey(object);
    }

    private void see(String event) {
        seen.append(event).append('\n');
    }

    @Override
    public void type(TypeDefinition definition) {
        if (definition.name().equals(PROGRAM)) {
            type = definition.id();
            shared = offset(definition.statics(), "shared");
            field = offset(definition.fields(), "field");
        } else if (definition.name().equals(PROGRAM + "[]")) {
            arrayType = definition.id();
        }
        next.type(definition);
    }

    private static int offset(Iterable<FieldDefinition> fields, String name) {
        for (FieldDefinition each : fields) {
            if (each.name().equals(name)) {
                return each.offset();
            }
        }
        return -1;
    }

    @Override
    public void site(SiteDefinition site) {
        next.site(site);
    }

    @Override
    public void caller(CallerDefinition caller) {
        next.caller(caller);
    }

    @Override
    public void birth(int object, int itsType, int extent) {
        if (itsType != 0 && (itsType == type || itsType == arrayType) && !done) {
            named++;
            names.put(object, "#" + named);
            see("birth " + name(object) + (itsType == arrayType ? " length " + extent : ""));
        } else {
            next.birth(object, itsType, extent);
        }
    }

    @Override
    public void contact(int object, int itsType, int extent) {
        next.contact(object, itsType, extent);
    }

    @Override
    public void snapshotSlot(int object, int slot, int value) {
        if (isOfProgram(object)) {
            see("found " + name(object) + ' ' + slot + ' ' + name(value));
        } else {
            next.snapshotSlot(object, slot, value);
        }
    }

    @Override
    public void snapshotEnd(int object) {
        if (isOfProgram(object)) {
            see("read " + name(object));
        } else {
            next.snapshotEnd(object);
        }
    }

    @Override
    public void fieldStore(int object, int offset, int value, int site) {
        if (isOfProgram(object)) {
            see((offset == field ? "field " : "volatile ") + name(object) + ' ' + name(value));
        } else {
            next.fieldStore(object, offset, value, site);
        }
    }

    @Override
    public void arrayStore(int array, int index, int value, int site) {
        if (isOfProgram(array)) {
            see("element " + name(array) + ' ' + index + ' ' + name(value));
        } else {
            next.arrayStore(array, index, value, site);
        }
    }

    @Override
    public void staticStore(int mirror, int offset, int value, int site) {
        if (mirror == type && mirror != 0 && offset == shared && !done) {
            see("static " + name(value));
            done = value == 0;
        } else {
            next.staticStore(mirror, offset, value, site);
        }
    }

    @Override
    public void arrayCopy(int array, int elements, int site) {
        if (isOfProgram(array)) {
            see("copy " + name(array) + ' ' + elements);
        } else {
            next.arrayCopy(array, elements, site);
        }
    }

    @Override
    public void copiedElement(int array, int index, int value, int site) {
        if (isOfProgram(array)) {
            see("copied " + name(array) + ' ' + index + ' ' + name(value));
        } else {
            next.copiedElement(array, index, value, site);
        }
    }

    @Override
    public void calledFrom(int site, int caller, int stores) {
        next.calledFrom(site, caller, stores);
    }

    @Override
    public void rootsRequested() {
        next.rootsRequested();
    }

    @Override
    public void roots(int thread) {
        next.roots(thread);
    }

    @Override
    public void root(int thread, int object) {
        if (!isOfProgram(object)) {
            next.root(thread, object);
        }
    }

    @Override
    public void threadEnd(int thread) {
        next.threadEnd(thread);
    }

    @Override
    public void realCollection(int kind, int wallMillis, int pauseMicros, int youngKiB) {
        next.realCollection(kind, wallMillis, pauseMicros, youngKiB);
    }

    @Override
    public void collectedHere(int kind, int number, int wallMillis, int pauseMicros) {
        next.collectedHere(kind, number, wallMillis, pauseMicros);
    }

    @Override
    public void collectionTold(int kind, int number, int pauseMicros, int youngKiB) {
        next.collectionTold(kind, number, pauseMicros, youngKiB);
    }

    @Override
    public void lost(long events) {
        next.lost(events);
    }

    @Override
    public void round() {
        next.round();
    }
}
