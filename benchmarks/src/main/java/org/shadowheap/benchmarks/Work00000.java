package org.shadowheap.benchmarks;

import org.jspecify.annotations.Nullable;

/** A class of the usual size that stores references in some of its methods. {@link BusyProgram} defines it many times. */
public final class Work00000 implements BusyProgram.Work {

    private @Nullable Object first;
    private @Nullable Object second;
    private final Object[] some = new Object[4];
    private int calls;

    @Override
    public int work(Object value) {
        calls++;
        second = first;
        first = value;
        if ((calls & 7) == 0) {
            rotate();
        }
        return keep(value) + (second == null ? 0 : 1);
    }

    private void rotate() {
        Object last = some[some.length - 1];
        System.arraycopy(some, 0, some, 1, some.length - 1);
        some[0] = last;
    }

    private int keep(Object value) {
        some[calls & 3] = value;
        return calls;
    }

    @Override
    public String toString() {
        return first + " " + second;
    }
}
