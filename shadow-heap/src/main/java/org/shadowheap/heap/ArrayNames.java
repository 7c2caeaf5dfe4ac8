package org.shadowheap.heap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.TypeDefinition;

/**
 * Names of arrays, {@code pkg.Class.field[]}, numbered from 1, and the layouts that carry them.
 *
 * <p>The name of an array is part of its layout, so that it moves and dies with the array and costs no memory of its own: for
 * each type of array there is a layout without a name, and two for each name that occurred, one of which says that the array
 * was let go. Any thread, under this object's lock; makes garbage only for what is new.
 */
final class ArrayNames {

    /** No name. */
    static final int NONE = 0;

    /** In the key of a field: it is one of a class mirror. */
    private static final long OF_MIRROR = 1L << 31;

    private static final long LET_GO = 1L << 63;

    private final Types types;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>(List.of("(none)"));
    private final LongIndex byField = new LongIndex();
    private final LongIndex elements = new LongIndex();
    private final LongIndex layouts = new LongIndex();

    ArrayNames(Types types) {
        this.types = types;
    }

    synchronized String name(int number) {
        return names.get(number);
    }

    /** The name that a field of an object gives. */
    synchronized int ofField(int holder, Layout layout, int offset) {
        boolean mirror = layout.shape == TypeDefinition.Shape.MIRROR;
        long key = (long) (mirror ? holder : layout.typeId) << 32 | (mirror ? OF_MIRROR : 0) | offset;
        int known = byField.get(key);
        if (known != LongIndex.ABSENT) {
            return known;
        }
        String field = mirror ? field(types.definition(holder), offset, true) : null;
        TypeDefinition at = types.definition(layout.typeId);
        while (field == null && at != null) {
            field = field(at, offset, false);
            at = at.superType() == 0 ? null : types.definition(at.superType());
        }
        int number = field == null ? NONE : number(field + "[]");
        byField.put(key, number);
        return number;
    }

    private static @Nullable String field(@Nullable TypeDefinition type, int offset, boolean isStatic) {
        if (type != null) {
            for (FieldDefinition field : isStatic ? type.statics() : type.fields()) {
                if (field.offset() == offset && field.array()) {
                    return type.name() + '.' + field.name();
                }
            }
        }
        return null;
    }

    /** The name that an array of arrays gives its elements. */
    synchronized int ofElements(int name) {
        if (name == NONE) {
            return NONE;
        }
        int known = elements.get(name);
        if (known == LongIndex.ABSENT) {
            known = number(names.get(name) + "[]");
            elements.put(name, known);
        }
        return known;
    }

    private int number(String name) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        int number = names.size();
        names.add(name);
        numbers.put(name, number);
        return number;
    }

    /** Index of the layout of such an array under a name; {@link Types#UNKNOWN} if there can be no more layouts. */
    synchronized int layout(Layout array, int name, boolean letGo) {
        long key = (long) array.typeId << 32 | name | (letGo ? LET_GO : 0);
        int known = layouts.get(key);
        if (known == LongIndex.ABSENT) {
            if (types.isFull()) {
                return Types.UNKNOWN;
            }
            known = types.add(array.named(name, letGo));
            layouts.put(key, known);
        }
        return known;
    }
}
