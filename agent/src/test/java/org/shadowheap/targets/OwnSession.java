package org.shadowheap.targets;

import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The session that watches a program, as the program itself sees it. */
final class OwnSession {

    private static final int MOST_WAITS = 1_000;
    private static final int WAIT_MILLIS = 10;

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final ObjectName name;

    private OwnSession(ObjectName name) {
        this.name = name;
    }

    /** Waits until the agent shows it: it has loaded all classes of JMX that it needs then. */
    static OwnSession await() throws Exception {
        OwnSession session = new OwnSession(new ObjectName("org.shadowheap:type=Session"));
        for (int i = 0; i < MOST_WAITS && !session.server.isRegistered(session.name); i++) {
            Thread.sleep(WAIT_MILLIS);
        }
        return session;
    }

    /** The report as it stands, which the drain adds up. */
    String report() throws Exception {
        return (String) server.invoke(name, "report", null, null);
    }
}
