package org.shadowheap.heap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;

/**
 * Layouts by a dense index, which every shadow object carries in its header. An index stands for a type, or for one class
 * mirror.
 *
 * <p>Any thread may define, and look up: under this object's lock, which a {@link TypeCache} saves most of the time. The
 * layout of an object needs none: who has read an entry of the id table sees the layout that was there before it.
 */
final class Types {

    /** No such type. */
    static final int UNKNOWN = -1;

    private final ObjectModel model;
    private final LongIndex byType = new LongIndex();
    private final LongIndex mirrors = new LongIndex();
    private @Nullable TypeDefinition[] definitions = new @Nullable TypeDefinition[256];
    /** Replaced when it grows, while others look up: volatile, lest they see it without its elements. */
    private volatile @Nullable Layout[] layouts = new @Nullable Layout[256];

    private int[] mirrorBytes = new int[256];
    private int size;
    private long dropped;

    Types(ObjectModel model) {
        this.model = model;
    }

    /**
     * Takes a definition; statics reach the class mirror if it was met already.
     *
     * @return false if the type was defined before, differently, or cannot be
     */
    synchronized boolean define(TypeDefinition type) {
        boolean slotsAligned = type.shape() != Shape.REFERENCE_ARRAY || ((type.bytes() | type.elementBytes()) & 3) == 0;
        if (type.isArray() && type.elementBytes() <= 0 || !slotsAligned) {
            return false;
        }
        int known = byType.get(type.id());
        if (known != LongIndex.ABSENT) {
            return type.equals(definitions[known]);
        }
        if (isFull()) {
            return false;
        }
        int index = add();
        definitions[index] = type;
        byType.put(type.id(), index);
        int mirror = mirrors.get(type.id());
        if (mirror != LongIndex.ABSENT) {
            Layout old = layout(mirror);
            layouts[mirror] = mirrorLayout(type.id(), old.typeId, mirrorBytes[mirror]);
        }
        return true;
    }

    /** Index of a type, {@link #UNKNOWN} if it was not defined. */
    synchronized int index(int type) {
        int index = byType.get(type);
        if (index == LongIndex.ABSENT) {
            return UNKNOWN;
        }
        if (layouts[index] == null) {
            TypeDefinition definition = definitionAt(index);
            layouts[index] = note(Layout.of(definition, inherited(definition), model));
        }
        return index;
    }

    /** Gives a class mirror its own layout; the caller has asked whether this {@link #isFull}. */
    synchronized int mirrorIndex(int mirror, int classType, int bytes) {
        int index = add();
        mirrors.put(mirror, index);
        mirrorBytes[index] = bytes;
        layouts[index] = mirrorLayout(mirror, classType, bytes);
        return index;
    }

    /**
     * Whether no further type or class mirror shall be added. Somewhat early: every mutator may have asked before and be
     * about to call {@link #mirrorIndex}.
     */
    synchronized boolean isFull() {
        return size > Header.MAX_LAYOUT - HeapConfiguration.MAX_THREADS;
    }

    /** The layout of an index that {@link #index} or {@link #mirrorIndex} gave. */
    Layout layout(int index) {
        return Objects.requireNonNull(layouts[index]);
    }

    /** Whether {@link #layout} may be asked. */
    synchronized boolean isKnown(int index) {
        return index < size && layouts[index] != null;
    }

    /** Fields that were left out because they contradict the size of their instances. */
    synchronized long dropped() {
        return dropped;
    }

    private Layout mirrorLayout(int mirror, int classType, int bytes) {
        List<FieldDefinition> fields = new ArrayList<>();
        int classIndex = byType.get(classType);
        if (classIndex != LongIndex.ABSENT) {
            fields.addAll(inherited(definitionAt(classIndex)));
        }
        int own = byType.get(mirror);
        if (own != LongIndex.ABSENT) {
            fields.addAll(definitionAt(own).statics());
        }
        return note(Layout.ofMirror(classType, bytes, fields, model));
    }

    private Layout note(Layout layout) {
        dropped += layout.dropped();
        return layout;
    }

    private List<FieldDefinition> inherited(TypeDefinition type) {
        List<FieldDefinition> fields = new ArrayList<>(type.fields());
        TypeDefinition at = type;
        for (int depth = 0; at.superType() != 0 && depth < 1 << 16; depth++) {
            int index = byType.get(at.superType());
            if (index == LongIndex.ABSENT) {
                dropped++;
                break;
            }
            at = definitionAt(index);
            for (FieldDefinition field : at.fields()) {
                if (!isRedefined(field, fields)) {
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    private static boolean isRedefined(FieldDefinition field, List<FieldDefinition> bySubclasses) {
        for (FieldDefinition each : bySubclasses) {
            if (each.offset() == field.offset() && each.name().equals(field.name())) {
                return true;
            }
        }
        return false;
    }

    private TypeDefinition definitionAt(int index) {
        return Objects.requireNonNull(definitions[index]);
    }

    /** What is known of a type, null if nothing. */
    synchronized @Nullable TypeDefinition definition(int type) {
        int index = byType.get(type);
        return index == LongIndex.ABSENT ? null : definitions[index];
    }

    /** All that were defined. */
    synchronized List<TypeDefinition> definitions() {
        List<TypeDefinition> found = new ArrayList<>();
        for (TypeDefinition each : definitions) {
            if (each != null) {
                found.add(each);
            }
        }
        return found;
    }

    /** Gives a further layout of a type an index; the caller has asked whether this {@link #isFull}. */
    synchronized int add(Layout layout) {
        int index = add();
        layouts[index] = layout;
        return index;
    }

    private int add() {
        if (size == layouts.length) {
            definitions = Arrays.copyOf(definitions, size * 2);
            layouts = Arrays.copyOf(layouts, size * 2);
            mirrorBytes = Arrays.copyOf(mirrorBytes, size * 2);
        }
        return size++;
    }
}
