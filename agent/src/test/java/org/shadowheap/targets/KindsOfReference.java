package org.shadowheap.targets;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** Weak references of a program's own. */
public final class KindsOfReference {

    private KindsOfReference() {}

    /** Tells its referent as the JDK does. */
    public static class Plain extends WeakReference<Object> {
        public Plain(Object referent) {
            super(referent);
        }
    }

    /** Runs code of the program to tell its referent. */
    public static final class WithGet extends Plain {
        public WithGet(Object referent) {
            super(referent);
        }

        @Override
        public @Nullable Object get() {
            throw new AssertionError("the agent must not run the program's code");
        }
    }

    /** Is in no class file that the agent has read. */
    public static final class NeverSeen extends WeakReference<Object> {
        public NeverSeen(Object referent) {
            super(referent);
        }
    }
}
