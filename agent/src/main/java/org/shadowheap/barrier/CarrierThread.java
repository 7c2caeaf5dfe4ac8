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
     * Whether the frames of the calling thread may be looked at from a store outside the application: not those of a carrier,
     * nor of a virtual thread that it is about to leave or to take. Sites in the code that does that are none of those sites.
     */
    static boolean mayFindCaller() {
        Thread carrier = current();
        return carrier != Thread.currentThread() || carrier.getClass() != BarrierSetup.carrierThreadClass;
    }

    /** Whether the calling thread's stack may be walked: never that of a virtual thread, nor of its carrier. */
    static boolean mayWalk() {
        Thread carrier = current();
        return carrier == Thread.currentThread() && carrier.getClass() != BarrierSetup.carrierThreadClass;
    }
}
