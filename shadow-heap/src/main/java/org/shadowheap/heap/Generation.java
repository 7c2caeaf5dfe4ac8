package org.shadowheap.heap;

/** Where an object is. */
public enum Generation {
    /** No birth and no contact of this id was seen. */
    NEVER_SEEN,
    /** Born since the last minor collection. */
    NURSERY,
    /** Survived a minor collection, but fewer than {@link HeapConfiguration#tenure}. */
    AGEING,
    /** Promoted, met, a class mirror, or born large. */
    OLD,
    /** Judged dead by a minor collection. */
    DEAD,
    /** Judged dead, and then mentioned again. */
    RESURRECTED
}
