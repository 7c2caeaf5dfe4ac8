package org.shadowheap.heap;

import java.util.List;
import org.shadowheap.event.TypeDefinition;

/**
 * The objects of a shadow heap as somebody reads them who changes nothing: a comparison with another heap.
 *
 * <p>For one thread at a time, and only while no event is applied.
 */
public interface ShadowGraph {

    /** All types that were defined. */
    List<TypeDefinition> types();

    /** Where an object is; ids from 1 up. */
    Generation generationOf(int id);

    /**
     * Id of the type of a living object.
     *
     * @throws IllegalArgumentException if no such object lives
     */
    int typeOf(int id);

    /**
     * Length of a living array, -1 if the object is none.
     *
     * @throws IllegalArgumentException if no such object lives
     */
    int lengthOf(int id);

    /**
     * The id in a slot, 0 for null; of a weak slot also if its referent is dead.
     *
     * @param slot offset in bytes, or index if it is an array; one that the object has
     * @throws IllegalArgumentException if no such object lives, or no such element
     */
    int reference(int id, int slot);
}
