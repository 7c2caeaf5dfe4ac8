package org.shadowheap.barrier;

/**
 * Where the references of a type lie, as the barrier needs it to read an object whole.
 *
 * <p>Made by the agent, read by any thread on slow paths.
 */
public final class Layout {

    /** Offsets in bytes of all reference fields, inherited ones included; empty for arrays. */
    final long[] fields;

    /** Offsets in bytes from the class mirror of the static reference fields that the class declares. */
    final long[] statics;

    /** Whether the elements of an instance are references. */
    final boolean referenceArray;

    /** Whether instances are arrays. */
    final boolean array;

    /** Whether every class from here to the root is instrumented, so that constructed instances are born there. */
    final boolean born;

    public Layout(long[] fields, long[] statics, boolean array, boolean referenceArray, boolean born) {
        this.fields = fields;
        this.statics = statics;
        this.array = array;
        this.referenceArray = referenceArray;
        this.born = born;
    }
}
