package org.shadowheap.selftest;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** Stores in a known order, in each of the ways that the barrier has an entry for. {@link #EVENTS} says what must be seen. */
public final class SelfTestProgram implements Runnable {

    /**
     * What must be seen, a line each. Objects of this class and of arrays of it are numbered as they are born; {@code
     * shared} and {@code field} are the fields below.
     */
    public static final String EVENTS = """
            birth #1
            birth #2
            field #1 #2
            static #1
            birth #3 length 4
            element #3 1 #2
            copy #3 1
            copied #3 2 #2
            birth #4 length 4
            found #4 1 #2
            found #4 2 #2
            read #4
            volatile #2 #1
            volatile #2 0
            static 0
            """;

    /** The one of {@link #EVENTS} that a class of the JDK causes. */
    public static final String BY_THE_JDK = "volatile #2 0\n";

    private static final AtomicReferenceFieldUpdater<SelfTestProgram, Object> UPDATER =
            AtomicReferenceFieldUpdater.newUpdater(SelfTestProgram.class, Object.class, "shownToAll");

    @Nullable
    static Object shared;

    @Nullable
    Object field;

    @Nullable
    volatile Object shownToAll;

    /** Runs, on a thread that does nothing else. */
    @Override
    public void run() {
        SelfTestProgram first = new SelfTestProgram();
        SelfTestProgram second = new SelfTestProgram();
        first.field = second;
        shared = first;
        SelfTestProgram[] array = new SelfTestProgram[4];
        array[1] = second;
        System.arraycopy(array, 1, array, 2, 1);
        SelfTestProgram[] twin = array.clone();
        twin[1].shownToAll = first;
        UPDATER.compareAndSet(second, first, null);
        shared = null;
    }
}
