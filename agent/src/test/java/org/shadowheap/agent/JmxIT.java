package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.tools.attach.VirtualMachine;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.jmx.SessionMXBean;
import org.shadowheap.targets.StoresOnDemand;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/** A console that connects sees the session, and may end it. It has no class of ours. */
class JmxIT {

    private static final int STORES = 100_000;
    private static final long FRESH_MILLIS = 1_100;
    private static final String FIELD = StoresOnDemand.class.getName() + ".young";

    @TempDir
    private Path folder;

    private static ObjectName name() throws Exception {
        return new ObjectName(SessionMXBean.NAME);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void aSessionIsShownCollectedAndStopped(Jdk jdk) throws Exception {
        OnDemand program = new OnDemand(
                jdk, folder, List.of(TargetProgram.agent("trace=run.shtrace,verify=exit,report=end.json")));
        try (JMXConnector connector = connect(program.pid())) {
            MBeanServerConnection server = connector.getMBeanServerConnection();
            awaitBean(server);
            long before = number(server, "MinorCollections");
            server.invoke(name(), "collect", null, null);
            assertEquals(before + 1, number(server, "MinorCollections"), "a collection that was asked for");
            assertEquals("stored " + STORES, program.tell("store " + STORES)); // to an object that was promoted in it
            Thread.sleep(FRESH_MILLIS);
            assertEquals(0, number(server, "LostEvents"), "lost");
            assertEquals(STORES, storesTo(server));
            assertTrue(number(server, "OldToYoungStores") >= STORES, "old-to-young");
            assertTrue((double) server.getAttribute(name(), "IdsUsedShare") > 0, "ids");
            assertEquals(
                    StoresOnDemand.class.getName(),
                    String.valueOf(server.getAttribute(name(), "Program")).strip());
            String report = (String) server.invoke(name(), "report", null, null);
            assertTrue(report.contains(FIELD), report);
            String json = (String) server.invoke(name(), "reportAsJson", null, null);
            assertTrue(json.startsWith("{") && json.contains(FIELD), json);
            assertEquals("", server.invoke(name(), "stop", null, null), "the report goes to a file");
            assertFalse(server.isRegistered(name()), "it is shown still");
            assertThrows(InstanceNotFoundException.class, () -> number(server, "Stores"));
        }
        program.end();
        Map<String, Object> live = Json.read(folder.resolve("end.json"));
        assertEquals(0, Json.number(live, "fidelity", "verified", "differences"), () -> "" + live.get("fidelity"));
        new TargetProgram(jdk, folder)
                .command("replay", "run.shtrace", "--liveness", "live", "--format", "json", "--output", "replay.json")
                .succeeded();
        assertEquals(
                Json.figures(live, JmxIT::isOfTheRun),
                Json.figures(Json.read(folder.resolve("replay.json")), JmxIT::isOfTheRun));
    }

    private static boolean isOfTheRun(String key) {
        return Json.isTime(key) || key.equals("verified");
    }

    private static void awaitBean(MBeanServerConnection server) throws Exception {
        for (int i = 0; i < 200 && !server.isRegistered(name()); i++) {
            Thread.sleep(50);
        }
    }

    private static long number(MBeanServerConnection server, String attribute) throws Exception {
        return (long) server.getAttribute(name(), attribute);
    }

    private static long storesTo(MBeanServerConnection server) throws Exception {
        return Arrays.stream((CompositeData[]) server.getAttribute(name(), "TopFields"))
                .filter(each -> each.get("name").equals(FIELD))
                .mapToLong(each -> (long) each.get("stores"))
                .sum();
    }

    @SuppressWarnings("BanJNDI") // of a JVM that this test started
    private static JMXConnector connect(String pid) throws Exception {
        VirtualMachine asked = VirtualMachine.attach(pid);
        try {
            return JMXConnectorFactory.connect(new JMXServiceURL(asked.startLocalManagementAgent()));
        } finally {
            asked.detach();
        }
    }
}
