package org.shadowheap.barrier;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Makes the barrier ready for another session when one has ended before the JVM.
 *
 * <p>A thread may have been in the barrier when recording ended, and a frame whose method was given its code back calls it until it
 * ends. So first nobody finds a cell any more: who comes from now on records nothing and touches nothing. Then those who came before are
 * waited for, and then all that the session has left is cleared.
 */
public final class Leaving {

    private static final String PACKAGE = "org.shadowheap.barrier.";
    private static final int TRIES = 200;
    private static final long PAUSE_MILLIS = 10;

    private Leaving() {}

    /**
     * Clears all, after {@link Recording#end} and when the drain has finished. The calling thread is quiet no longer.
     *
     * @return false if a thread stays in the barrier: nothing can be recorded in this JVM any more
     */
    public static boolean clear() throws InterruptedException {
        Cells.forget();
        PendingObjects.clear();
        Set<Thread> inside = inside();
        for (int i = 0; !inside.isEmpty(); i++) {
            if (i == TRIES) {
                return false;
            }
            Thread.sleep(PAUSE_MILLIS);
            inside.retainAll(inside()); // who came later has no cell
        }
        Cells.forget(); // one that was found before may have been kept since
        PendingObjects.clear();
        ForeignHashes.clear();
        NamedSites.clear();
        TypeSet.clear();
        RootDemand.clear();
        JvmRoots.clear();
        ExistingHeap.clear();
        Recording.clear();
        Cells.clear();
        Chunks.clear();
        EarlierIds.clear();
        Identity.firstId = IdBlocks.beginAnew();
        return true;
    }

    private static Set<Thread> inside() {
        Set<Thread> inside = new HashSet<>();
        for (Map.Entry<Thread, StackTraceElement[]> each :
                Thread.getAllStackTraces().entrySet()) {
            if (each.getKey() == Thread.currentThread()) {
                continue;
            }
            for (StackTraceElement frame : each.getValue()) {
                if (frame.getClassName().startsWith(PACKAGE)) {
                    inside.add(each.getKey());
                    break;
                }
            }
        }
        return inside;
    }
}
