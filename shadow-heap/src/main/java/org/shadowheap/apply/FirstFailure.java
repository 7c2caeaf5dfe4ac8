package org.shadowheap.apply;

import org.jspecify.annotations.Nullable;

/** What went wrong first in any lane. Written by the threads of the lanes, read by them and by the caller. */
final class FirstFailure {

    private volatile @Nullable Throwable first;

    /** Null as long as all goes well. */
    @Nullable
    Throwable get() {
        return first;
    }

    synchronized void note(Throwable e) {
        if (first == null) {
            first = e;
        } else if (first != e) {
            first.addSuppressed(e);
        }
    }
}
