package org.shadowheap.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.TypeDefinition;

/** Where the shadow heap keeps what a dump lists by name: slots by their places in the dump. Made once for each class. */
final class Slots {

    /** Offset of a slot that the shadow heap does not have. */
    static final int ABSENT = -1;

    /**
     * A field.
     *
     * @param declaring class that declares it
     * @param offset in bytes in the shadow heap, {@link #ABSENT} if it has no such slot
     */
    record Slot(DumpedClass declaring, String name, int offset) {

        /** {@code pkg.Class.name}. */
        String field() {
            return declaring.name() + '.' + name;
        }
    }

    private final ClassPairs classes;
    private final Map<DumpedClass, List<Slot>> fields = new HashMap<>();
    private final Map<DumpedClass, List<Slot>> statics = new HashMap<>();

    Slots(ClassPairs classes) {
        this.classes = classes;
    }

    /** The fields of an instance, by their places in the dump. */
    List<Slot> ofInstance(DumpedClass type) {
        return fields.computeIfAbsent(type, this::instanceSlots);
    }

    /** The static fields that a class declares, by their places in the dump. */
    List<Slot> ofMirror(DumpedClass mirrored) {
        return statics.computeIfAbsent(mirrored, this::staticSlots);
    }

    private List<Slot> instanceSlots(DumpedClass type) {
        List<Slot> slots = new ArrayList<>();
        for (DumpedClass at = type; at != null; at = at.parent()) {
            TypeDefinition definition = classes.typeOf(at);
            for (String name : at.fields()) {
                slots.add(slot(at, name, definition == null ? List.of() : definition.fields()));
            }
        }
        return slots;
    }

    private List<Slot> staticSlots(DumpedClass mirrored) {
        TypeDefinition definition = classes.typeOf(mirrored);
        return mirrored.statics().stream()
                .map(each -> slot(mirrored, each.name(), definition == null ? List.of() : definition.statics()))
                .toList();
    }

    private static Slot slot(DumpedClass declaring, String name, List<FieldDefinition> definitions) {
        FieldDefinition found = find(definitions, name);
        return new Slot(declaring, name, found == null ? ABSENT : found.offset());
    }

    private static @Nullable FieldDefinition find(List<FieldDefinition> definitions, String name) {
        for (FieldDefinition each : definitions) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        return null;
    }
}
