package org.shadowheap.agent;

import java.util.Properties;
import jdk.internal.access.SharedSecrets;
import org.jspecify.annotations.Nullable;
import org.shadowheap.attach.Exchange;
import org.shadowheap.barrier.AgentCode;

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
        showOthers();
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

    /** Others that list JVMs see it among what a JVM tells of its agents; the program does not. */
    private static void showOthers() {
        long token = AgentCode.enter();
        try {
            Properties told = (Properties) Class.forName("jdk.internal.vm.VMSupport")
                    .getMethod("getAgentProperties")
                    .invoke(null);
            told.setProperty(Exchange.SESSION, "");
        } catch (ReflectiveOperationException otherJvm) {
            // Then nobody sees it; it works all the same.
        } finally {
            AgentCode.exit(token);
        }
    }

    private static void end() {
        Session session = current;
        if (session != null) {
            session.end();
        }
    }
}
