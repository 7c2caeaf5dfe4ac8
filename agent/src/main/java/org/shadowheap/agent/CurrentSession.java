package org.shadowheap.agent;

import jdk.internal.access.SharedSecrets;
import org.jspecify.annotations.Nullable;

/** The session that runs in this JVM, if one does; it ends with the JVM at the latest. Any thread. */
final class CurrentSession {

    /** After the application's own shutdown hooks (1) and the deletion of its temporary files (2). */
    private static final int SHUTDOWN_SLOT = 5;

    private static volatile @Nullable Session current;
    private static boolean endsWithTheJvm;

    private CurrentSession() {}

    /** A session has begun. One thread at a time calls. */
    static void is(Session session) {
        current = session;
        if (!endsWithTheJvm) {
            // A slot can be taken once.
            SharedSecrets.getJavaLangAccess().registerShutdownHook(SHUTDOWN_SLOT, true, CurrentSession::end);
            endsWithTheJvm = true;
        }
    }

    /** The session that runs, null if none does. */
    static @Nullable Session get() {
        return current;
    }

    private static void end() {
        Session session = current;
        if (session != null) {
            session.end();
        }
    }
}
