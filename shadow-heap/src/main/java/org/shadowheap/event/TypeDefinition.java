package org.shadowheap.event;

import java.util.List;

/**
 * A class as the heap sees it: its size and where its references lie.
 *
 * @param id id of its class mirror
 * @param name binary name, {@code pkg.Outer$Inner}; of an array {@code pkg.Type[]}
 * @param loader number of its class loader in this recording, 0 for the boot loader
 * @param superType id of the superclass's mirror, 0 if there is none
 * @param shape what its instances look like
 * @param bytes size of an instance in bytes; of an array the offset of its first element; 0 for {@link Shape#MIRROR}
 * @param elementBytes distance of two elements in bytes, 0 if not an array
 * @param fields reference fields declared by this class, by offset from the instance; and those of a superclass, under the
 *     same name and offset, that are weak there and not here, or the other way round
 * @param statics static reference fields declared by this class, by offset from its mirror
 */
public record TypeDefinition(
        int id,
        String name,
        int loader,
        int superType,
        Shape shape,
        int bytes,
        int elementBytes,
        List<FieldDefinition> fields,
        List<FieldDefinition> statics) {

    /** What the instances of a type look like. */
    public enum Shape {
        /** Fixed size, fields. */
        INSTANCE,
        /** Elements are references. */
        REFERENCE_ARRAY,
        /** Elements hold no references. */
        PRIMITIVE_ARRAY,
        /** {@code java.lang.Class}: fields, and behind them the statics of the class that the instance stands for. */
        MIRROR
    }

    public TypeDefinition {
        fields = List.copyOf(fields);
        statics = List.copyOf(statics);
    }

    /** Whether the instances of this type are arrays. */
    public boolean isArray() {
        return shape == Shape.REFERENCE_ARRAY || shape == Shape.PRIMITIVE_ARRAY;
    }
}
