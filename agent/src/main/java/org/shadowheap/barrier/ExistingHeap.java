package org.shadowheap.barrier;

/** Mirrors the objects that exist before the recording: what the static fields of loaded classes lead to. */
public final class ExistingHeap {

    private static volatile boolean mirrored;

    private ExistingHeap() {}

    /** Whether births may be recorded: not before every object that has a hash from the JVM was met. */
    static boolean isMirrored() {
        return mirrored;
    }

    /** Nothing is mirrored. */
    static void clear() {
        mirrored = false;
    }

    /** Meets classes that were loaded since, with what they lead to. The calling thread is quiet. */
    public static void meet(Class<?>[] classes) {
        long cell = Cells.current();
        for (Class<?> type : classes) {
            FirstContact.idOf(cell, type);
        }
        PendingObjects.readAll();
    }

    /** Meets all these classes and reads everything that can be reached. The calling thread is quiet. */
    public static void mirror(Class<?>[] classes) {
        long cell = Cells.current();
        GivenIds.begin();
        PendingObjects.mirrorBegins(cell);
        try {
            FirstContact.begin(cell);
            Recording.open();
            for (Class<?> type : classes) {
                FirstContact.idOf(cell, type);
            }
            PendingObjects.readAll();
        } finally {
            PendingObjects.mirrorEnds();
            GivenIds.end();
        }
        mirrored = true;
    }

    /** As {@link #mirror}, and from these threads, beside a program that runs: what is born meanwhile is young. */
    public static void mirrorBesides(Class<?>[] classes, Thread[] threads) {
        long cell = Cells.current();
        GivenIds.begin();
        PendingObjects.mirrorBegins(cell);
        try {
            FirstContact.begin(cell);
            mirrored = true;
            Recording.open();
            for (Class<?> type : classes) {
                FirstContact.idOf(cell, type);
            }
            for (Thread thread : threads) {
                FirstContact.idOf(cell, thread);
            }
            PendingObjects.readAll();
        } finally {
            PendingObjects.mirrorEnds();
            GivenIds.end();
        }
    }
}
