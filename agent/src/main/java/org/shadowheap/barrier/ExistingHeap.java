package org.shadowheap.barrier;

/** Mirrors the objects that exist before the recording: what the static fields of loaded classes lead to. */
public final class ExistingHeap {

    private ExistingHeap() {}

    /** Meets all these classes and reads everything that can be reached. The calling thread is quiet. */
    public static void mirror(Class<?>[] classes) {
        long cell = Cells.current();
        FirstContact.begin(cell);
        for (Class<?> type : classes) {
            FirstContact.idOf(cell, type);
        }
        PendingObjects.readAll();
    }
}
