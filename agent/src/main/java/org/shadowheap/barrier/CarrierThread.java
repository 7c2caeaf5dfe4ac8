package org.shadowheap.barrier;

import jdk.internal.access.JavaLangAccess;
import jdk.internal.access.SharedSecrets;
import jdk.internal.vm.annotation.ForceInline;

/**
 * The platform thread that executes right now, which a virtual thread may be mounted on.
 *
 * <p>Compiled for 17, which has no virtual threads. On 21 and later the agent replaces the call in {@link #current} by
 * {@code ACCESS.currentCarrierThread()} when it defines this class.
 */
final class CarrierThread {

    static final JavaLangAccess ACCESS = SharedSecrets.getJavaLangAccess();

    private CarrierThread() {}

    @ForceInline
    static Thread current() {
        return Thread.currentThread();
    }

    /**
     * Whether a store of a site outside the application may look at the frames below it: those of a carrier between two
     * virtual threads nobody may, nor those of a virtual thread that is half mounted. In the code that mounts no site counts as one of
     * those sites.
     */
    static boolean mayFindCaller() {
        Thread carrier = current();
        return carrier != Thread.currentThread() || carrier.getClass() != BarrierSetup.carrierThreadClass;
    }

    /** Whether the calling thread's stack may be walked: never that of a virtual thread, nor of its carrier. */
    static boolean mayWalk() {
        Thread carrier = current();
        return carrier == Thread.currentThread() && !isOfVirtualThreads(carrier);
    }

    /** Whether virtual threads are mounted on this one, and nothing else. */
    static boolean isOfVirtualThreads(Thread thread) {
        return thread.getClass() == BarrierSetup.carrierThreadClass;
    }
}
