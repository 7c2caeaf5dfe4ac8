package org.shadowheap.barrier;

/**
 * Where the references of a type lie, as the barrier needs it to read an object whole.
 *
 * <p>Made by the agent, read by any thread on slow paths.
 */
public final class Layout {

    /** Place of a referent that must not be read. */
    public static final long UNREADABLE = -1;

    /**
     * Offsets in bytes of all reference fields, inherited ones included; empty for arrays. Fields that the collector handles in
     * ways of its own are not among them: a referent that is read like other fields may be one that is being collected.
     */
    public final long[] fields;

    /** Offset in bytes of the referent that {@code Reference.get} tells, {@link #UNREADABLE} if there is none. */
    public final long referent;

    /** Offsets in bytes from the class mirror of the static reference fields that the class declares. */
    final long[] statics;

    /** Whether the elements of an instance are references. */
    final boolean referenceArray;

    /** Whether instances are arrays. */
    final boolean array;

    /** Whether every class from here to the root is instrumented, so that constructed instances are born there. */
    final boolean born;

    public Layout(long[] fields, long referent, long[] statics, boolean array, boolean referenceArray, boolean born) {
        this.fields = fields;
        this.referent = referent;
        this.statics = statics;
        this.array = array;
        this.referenceArray = referenceArray;
        this.born = born;
    }
}
