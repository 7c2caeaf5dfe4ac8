package org.shadowheap.heap;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.memory.CheckedMemory;
import org.shadowheap.memory.OffHeap;

/**
 * Where the references of a type's instances lie, inherited ones included. A slot holds an id of 4 bytes at the offset of
 * the real reference. Class mirrors have a layout each, because each holds other statics. Immutable.
 */
final class Layout {

    private static final int SLOT_SHIFT = 2;
    private static final int[] NONE = {};
    private static final Set<String> PRIMITIVES =
            Set.of("boolean", "byte", "char", "short", "int", "long", "float", "double");

    final int typeId;
    final Shape shape;
    private final boolean isReferenceArray;
    private final ObjectModel model;
    private final long bytes;
    private final int elementBytes;
    private final int lengthOffset;
    private final int[] strong;
    private final int[] weak;
    private final long[] slotBits;

    /** The first of {@link #slotBits}: all there are of most types, and one look less. */
    private final long firstSlotBits;

    private final int dropped;

    /** Offsets in bytes of fields whose declared type is an array of references. */
    private final int[] arrayFields;

    /** Of an array of references how often it may be nested: 2 for {@code Node[][]}; else 0. */
    final int dimensions;

    /** Whether a slot of an instance may name the arrays that are stored to it. */
    final boolean namesArrays;

    /** Of an array, see {@link ArrayNames}: by which field it is known, and whether that has let go of it. */
    final int name;

    final boolean isLetGo;

    /** Of the instances of a type, whose fields, inherited ones included, are given. */
    static Layout of(TypeDefinition type, List<FieldDefinition> fields, ObjectModel model) {
        if (type.isArray()) {
            long base = Math.max(type.bytes(), Math.max(Header.BYTES, model.arrayLengthOffset() + Integer.BYTES));
            return new Layout(type.id(), type.shape(), base, type.elementBytes(), List.of(), model, dimensions(type));
        }
        long bytes = model.align(Math.max(type.bytes(), Header.BYTES));
        // Class mirrors have a layout each: fields count when a mirror is made.
        List<FieldDefinition> shared = type.shape() == Shape.MIRROR ? List.of() : fields;
        return new Layout(type.id(), type.shape(), bytes, 0, shared, model, 0);
    }

    /** Of one class mirror: fields of {@code java.lang.Class} and the statics of the class it stands for. */
    static Layout ofMirror(int classType, int bytes, List<FieldDefinition> fields, ObjectModel model) {
        long aligned = model.align(Math.max(bytes, Header.BYTES));
        return new Layout(classType, Shape.MIRROR, aligned, 0, fields, model, 0);
    }

    private static int dimensions(TypeDefinition type) {
        int brackets = type.name().indexOf('[');
        if (type.shape() != Shape.REFERENCE_ARRAY || brackets < 0) {
            return 0;
        }
        int all = (type.name().length() - brackets) / 2;
        return PRIMITIVES.contains(type.name().substring(0, brackets)) ? all - 1 : all;
    }

    /** The same layout, of arrays that are known by a name. */
    Layout named(int arrayName, boolean letGo) {
        return new Layout(this, arrayName, letGo);
    }

    private Layout(Layout array, int name, boolean isLetGo) {
        typeId = array.typeId;
        shape = array.shape;
        isReferenceArray = array.isReferenceArray;
        model = array.model;
        bytes = array.bytes;
        elementBytes = array.elementBytes;
        lengthOffset = array.lengthOffset;
        strong = array.strong;
        weak = array.weak;
        slotBits = array.slotBits;
        firstSlotBits = array.firstSlotBits;
        dropped = 0;
        arrayFields = array.arrayFields;
        dimensions = array.dimensions;
        namesArrays = array.namesArrays;
        this.name = name;
        this.isLetGo = isLetGo;
    }

    private Layout(
            int typeId,
            Shape shape,
            long bytes,
            int elementBytes,
            List<FieldDefinition> fields,
            ObjectModel model,
            int dimensions) {
        this.typeId = typeId;
        this.shape = shape;
        isReferenceArray = shape == Shape.REFERENCE_ARRAY;
        this.bytes = bytes;
        this.elementBytes = elementBytes;
        this.model = model;
        lengthOffset = model.arrayLengthOffset();
        slotBits = new long[(int) (bytes >>> SLOT_SHIFT + 6) + 1];
        int[] strongSlots = new int[fields.size()];
        int[] weakSlots = new int[fields.size()];
        int strongCount = 0;
        int weakCount = 0;
        int[] arrays = new int[fields.size()];
        int arrayCount = 0;
        for (FieldDefinition field : fields) {
            int offset = field.offset();
            boolean fits = (offset & 3) == 0 && offset >= Header.BYTES && offset <= bytes - Integer.BYTES;
            int slot = offset >>> SLOT_SHIFT;
            if (!fits || isSet(slotBits, slot)) {
                continue;
            }
            slotBits[slot >>> 6] |= 1L << slot;
            if (field.array()) {
                arrays[arrayCount++] = offset;
            }
            if (field.weak()) {
                weakSlots[weakCount++] = offset;
            } else {
                strongSlots[strongCount++] = offset;
            }
        }
        firstSlotBits = slotBits[0];
        strong = strongCount == 0 ? NONE : Arrays.copyOf(strongSlots, strongCount);
        weak = weakCount == 0 ? NONE : Arrays.copyOf(weakSlots, weakCount);
        dropped = fields.size() - strongCount - weakCount;
        arrayFields = arrayCount == 0 ? NONE : Arrays.copyOf(arrays, arrayCount);
        this.dimensions = dimensions;
        namesArrays = dimensions > 1 || arrayCount > 0;
        name = ArrayNames.NONE;
        isLetGo = false;
    }

    /** Fields that were left out because they do not fit the instance, or another field lies there. */
    int dropped() {
        return dropped;
    }

    /** Whether arrays that are stored there get a name; at an offset in bytes, or at an index if this is an array. */
    boolean namesArrayAt(int place) {
        if (isReferenceArray) {
            return namesArrays;
        }
        for (int offset : arrayFields) {
            if (offset == place) {
                return true;
            }
        }
        return false;
    }

    /** What observers are told of a store to an instance, see {@link StoreObserver}. */
    int told() {
        return !isArray() ? 0 : name == ArrayNames.NONE ? typeId : -name;
    }

    boolean isArray() {
        return elementBytes > 0;
    }

    /** Whether instances may hold references that keep others alive. */
    boolean hasStrongSlots() {
        return isReferenceArray || strong.length > 0;
    }

    /** Size in bytes of an instance; {@code length} counts for arrays only. */
    long bytes(int length) {
        return isArray() ? model.align(bytes + (long) length * elementBytes) : bytes;
    }

    long bytesOf(long object) {
        return isArray() ? bytes(length(object)) : bytes;
    }

    int length(long array) {
        return OffHeap.getIntPlain(array + lengthOffset);
    }

    /** Whether the payload of instances is never touched. */
    boolean isVirtual() {
        return shape == Shape.PRIMITIVE_ARRAY;
    }

    /** Bytes that must be copied when an instance moves: the payload of a primitive array is never touched. */
    long bytesToCopy(long object) {
        return isVirtual() ? lengthOffset + Integer.BYTES + 7 & -8 : bytesOf(object);
    }

    /** An instance died whose neighbours will still be found by its size: of it {@link CheckedMemory} leaves only that. */
    void died(long object) {
        if (CheckedMemory.ON) {
            long sized = isArray() ? lengthOffset + Integer.BYTES : Header.BYTES;
            CheckedMemory.inaccessible(object + sized, bytesOf(object) - sized, "object died");
        }
    }

    /** Makes slots null and writes an array's length. */
    void initialize(long object, int length) {
        if (isArray()) {
            OffHeap.putIntPlain(object + lengthOffset, length);
            if (isReferenceArray) {
                OffHeap.zeroPlain(object + bytes, (long) length * elementBytes);
            }
        } else if (shape == Shape.MIRROR) {
            OffHeap.zeroPlain(object + Header.BYTES, bytes - Header.BYTES); // statics may be defined later
        } else {
            for (int offset : strong) {
                OffHeap.putIntPlain(object + offset, 0);
            }
            for (int offset : weak) {
                OffHeap.putIntPlain(object + offset, 0);
            }
        }
    }

    /** Whether a reference field lies at this offset in bytes. */
    boolean isField(int offset) {
        int slot = offset >>> SLOT_SHIFT;
        if ((offset & 3) != 0) {
            return false;
        }
        return slot < Long.SIZE ? (firstSlotBits >>> slot & 1) != 0 : isSet(slotBits, slot);
    }

    private static boolean isSet(long[] bits, int slot) {
        int word = slot >>> 6;
        return word < bits.length && (bits[word] >>> slot & 1) != 0;
    }

    /**
     * Address of the slot that a store of this kind means, or 0 if the object has no such slot. A store to a field of an
     * array is one of Unsafe or a VarHandle, at a raw offset.
     */
    long storeAddress(Deferred.Kind kind, long object, int slot) {
        if (isReferenceArray) {
            int index = kind == Deferred.Kind.ARRAY ? slot : kind == Deferred.Kind.FIELD ? indexAt(slot) : -1;
            return elementAddress(object, index);
        }
        boolean kindFits = kind == Deferred.Kind.FIELD || kind == Deferred.Kind.STATIC && shape == Shape.MIRROR;
        return kindFits && isField(slot) ? fieldAddress(object, slot) : 0;
    }

    private long elementAddress(long array, int index) {
        return Integer.compareUnsigned(index, length(array)) < 0
                ? CheckedMemory.insideObject(array, array + bytes + (long) index * elementBytes, Integer.BYTES)
                : 0;
    }

    private static long fieldAddress(long object, int offset) {
        return CheckedMemory.insideObject(object, object + offset, Integer.BYTES);
    }

    /** Offset in bytes, or index if it is an array, of the slot at an address. */
    int placeOf(long object, long address) {
        return (int) (isReferenceArray ? (address - object - bytes) / elementBytes : address - object);
    }

    /** Address of a slot (offset in bytes, or index if it is an array), or 0 if the object has no such slot. */
    long slotAddress(long object, int slot) {
        return isReferenceArray ? elementAddress(object, slot) : isField(slot) ? fieldAddress(object, slot) : 0;
    }

    /** Index of the element at an offset in bytes, or -1. */
    int indexAt(int offset) {
        long inside = (offset & 0xffff_ffffL) - bytes;
        return inside >= 0 && inside % elementBytes == 0 ? (int) (inside / elementBytes) : -1;
    }

    /**
     * Visits the strong slots that are not null and whose address is in a range, the last one first: so the first one is on top of a
     * stack.
     *
     * @return how many slots were read
     */
    long scanEdges(long object, long from, long to, EdgeVisitor visitor) {
        if (isReferenceArray) {
            return scanElements(object, from, to, visitor);
        }
        long read = 0;
        for (int i = strong.length - 1; i >= 0; i--) {
            long address = object + strong[i];
            if (address >= from && address < to) {
                CheckedMemory.insideObject(object, address, Integer.BYTES);
                read++;
                int value = OffHeap.getIntPlain(address);
                if (value != 0) {
                    visitor.edge(address, value);
                }
            }
        }
        return read;
    }

    private long scanElements(long array, long from, long to, EdgeVisitor visitor) {
        long first = array + bytes;
        long end = first + (long) length(array) * elementBytes;
        long low = from <= first ? first : first + (from - first + elementBytes - 1) / elementBytes * elementBytes;
        long high = Math.min(end, to);
        CheckedMemory.insideObject(array, low, high - low);
        long read = 0;
        long last = low + (high - low - 1) / elementBytes * elementBytes; // if there is one, it begins below high
        for (long address = last; address >= low && address < high; address -= elementBytes, read++) {
            int value = OffHeap.getIntPlain(address);
            if (value != 0) {
                visitor.edge(address, value);
            }
        }
        return read;
    }

    /** Visits every slot, null and weak ones included. */
    void forEachSlot(long object, SlotVisitor visitor) {
        if (isReferenceArray) {
            int length = length(object);
            for (int i = 0; i < length; i++) {
                visitor.slot(i, OffHeap.getIntPlain(object + bytes + (long) i * elementBytes), false);
            }
        }
        for (int offset : strong) {
            visitor.slot(offset, OffHeap.getIntPlain(object + offset), false);
        }
        for (int offset : weak) {
            visitor.slot(offset, OffHeap.getIntPlain(object + offset), true);
        }
    }
}
