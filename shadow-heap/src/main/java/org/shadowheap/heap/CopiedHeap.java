package org.shadowheap.heap;

import java.util.List;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.memory.NativeIntList;
import org.shadowheap.memory.NativeMemory;

/**
 * What a {@link HeapCopy} made, to be read. An object that was copied twice is as it was the second time. All objects count as
 * old, and those that are missing as dead.
 *
 * <p>One thread at a time. In native memory, and on the Java heap about 25 bytes for each object.
 */
public final class CopiedHeap implements ShadowGraph, AutoCloseable {

    private static final int HEADER = 4;
    private static final int TYPE = 1;
    private static final int LENGTH = 2;
    private static final int COUNT = 3;

    private final NativeMemory memory = new NativeMemory();
    private final NativeIntList content = new NativeIntList(memory);
    private final LongIndex places = new LongIndex();
    private List<TypeDefinition> types = List.of();

    /** What the ints of whole objects are added to, before {@link #index}. */
    public NativeIntList content() {
        return content;
    }

    /**
     * Finds the objects in what was added.
     *
     * @param definitions of their types
     * @throws IllegalArgumentException if it does not consist of whole objects
     */
    public void index(List<TypeDefinition> definitions) {
        types = List.copyOf(definitions);
        int at = 0;
        while (at < content.size()) {
            long end = at + HEADER <= content.size() ? end(at) : -1;
            if (end < at + HEADER || end > content.size()) {
                throw new IllegalArgumentException("no whole object of a copied heap: at=" + at);
            }
            places.put(content.get(at), at);
            at = (int) end;
        }
    }

    private long end(int at) {
        long count = content.get(at + COUNT);
        return at + HEADER + (content.get(at + LENGTH) >= 0 ? count : count * 2);
    }

    @Override
    public List<TypeDefinition> types() {
        return types;
    }

    @Override
    public Generation generationOf(int id) {
        return places.get(id) == LongIndex.ABSENT ? Generation.DEAD : Generation.OLD;
    }

    @Override
    public int typeOf(int id) {
        return content.get(placeOf(id) + TYPE);
    }

    @Override
    public int lengthOf(int id) {
        return content.get(placeOf(id) + LENGTH);
    }

    @Override
    public int reference(int id, int slot) {
        int at = placeOf(id);
        int count = content.get(at + COUNT);
        if (content.get(at + LENGTH) >= 0) {
            if (slot < 0 || slot >= count) {
                throw new IllegalArgumentException("object has no such slot: id=" + id + " slot=" + slot);
            }
            return content.get(at + HEADER + slot);
        }
        for (int i = 0; i < count; i++) {
            if (content.get(at + HEADER + 2 * i) == slot) {
                return content.get(at + HEADER + 2 * i + 1);
            }
        }
        return 0;
    }

    private int placeOf(int id) {
        int at = places.get(id);
        if (at == LongIndex.ABSENT) {
            throw new IllegalArgumentException("no such object lives: id=" + id);
        }
        return at;
    }

    @Override
    public void close() {
        content.close();
    }
}
