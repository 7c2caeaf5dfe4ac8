package org.shadowheap.agent;

import java.util.Properties;
import jdk.internal.access.SharedSecrets;
import jdk.internal.vm.VMSupport;
import org.jspecify.annotations.Nullable;
import org.shadowheap.attach.Exchange;
import org.shadowheap.barrier.AgentCode;

/** The session that runs in this JVM, if one does; it ends with the JVM at the latest. Any thread. */
final class CurrentSession {

    /** After the application's own shutdown hooks (1) and the deletion of its temporary files (2). */
    private static final int SHUTDOWN_SLOT = 5;

    private static volatile @Nullable Session current;

    /** Whether the barrier has been left, so that another session may begin after one that has ended. */
    private static volatile boolean isFree = true;

    private static boolean endsWithTheJvm;

    private CurrentSession() {}

    /** Whether a session may begin: one at a time. */
    static boolean mayBegin() {
        return current == null && isFree;
    }

    /** Why none may begin. */
    static String whyNot() {
        return current != null
                ? "a session runs in this JVM already: see report and detach"
                : "a session has ended in this JVM that a thread did not leave: there can be no other";
    }

    /** A session has begun. One thread at a time calls. */
    static void is(Session session) {
        current = session;
        tellOthers(true);
        if (!endsWithTheJvm) {
            // A slot can be taken once.
            SharedSecrets.getJavaLangAccess().registerShutdownHook(SHUTDOWN_SLOT, true, new AtTheEnd());
            endsWithTheJvm = true;
        }
    }

    /** The session that runs, null if none does. */
    static @Nullable Session get() {
        return current;
    }

    /**
     * The session has ended before the JVM.
     *
     * @param mayBeginAgain whether another may begin
     */
    static void ended(boolean mayBeginAgain) {
        isFree = mayBeginAgain;
        current = null;
        tellOthers(false);
    }

    /** Others that list JVMs see it among what a JVM tells of its agents; the program does not. */
    private static void tellOthers(boolean runs) {
        long token = AgentCode.enter();
        try {
            Properties told = VMSupport.getAgentProperties();
            if (runs) {
                told.setProperty(Exchange.SESSION, "");
            } else {
                told.remove(Exchange.SESSION);
            }
        } catch (LinkageError otherJvm) {
            // Then nobody sees it; it works all the same.
        } finally {
            AgentCode.exit(token);
        }
    }

    /** The JVM ends. No method reference, which would be linked at every start. */
    private static final class AtTheEnd implements Runnable {
        @Override
        public void run() {
            Session session = current;
            if (session != null) {
                session.end();
            }
        }
    }
}
