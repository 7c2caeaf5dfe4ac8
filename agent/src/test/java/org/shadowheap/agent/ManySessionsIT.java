package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;

/** A JVM in which session follows session has no more of anything after the first ones. */
class ManySessionsIT {

    /** Fifty with {@code -Dshadowheap.long=true}, on each JDK; others with {@code -Dshadowheap.sessions=N}, six at least. */
    private static final int SESSIONS = Integer.getInteger("shadowheap.sessions", Jdk.isLong() ? 50 : 8);

    /** What the JDK loads when something is done for the first time, or so many times, is loaded by then. */
    private static final int FIRST_ONES = 5;

    /**
     * What a session may add to the metaspace on average. The JVM reuses freed blocks only of the right size, and from 20 on keeps each version
     * of a class that has compiled native methods, as Object and Class.
     */
    private static final long METASPACE_KIB = 1024;

    /** Two bits for each of a million ids: objects keep theirs, and later sessions must know whether they have met them. */
    private static final long IDS_KIB = 256;

    /** Sessions of this program that use so many ids, and no fewer. */
    private static final int SESSIONS_OF_IDS = 4;

    /** Of some 3 MB: the JVM collects its young generation, whose size is given, in most sessions. */
    private static final int STORES = 100_000;

    private static final String YOUNG = "-Xmn4m";

    /** So a report tells of the JVM's young collections. What is loaded for that is loaded in the first session, or in none. */
    private static final String HEARD = "The JVM itself ran ";

    /** A session hears of collections by then, unless the machine is busy. */
    private static final long MANAGED_MILLIS = 500;

    private static final int TRIES = 20;

    private static final Pattern LOADED = Pattern.compile("\\] (\\S+) source: .*");
    private static final Pattern USED = Pattern.compile("used=(\\d+)KB");
    private static final Pattern LOADERS = Pattern.compile("Total = (\\d+)");
    private static final Pattern OTHER = Pattern.compile(" Other \\(reserved=(\\d+)KB");

    @TempDir
    private Path folder;

    /**
     * What a JVM has.
     *
     * @param threads of Java
     * @param loaders of classes: one more may have loaded classes of names that are there already
     * @param nativeKib what was asked for by Unsafe: the shadow heap, the logs, the barrier's tables
     */
    private record State(String threads, long loaders, long nativeKib, long metaspaceKib) {}

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void noSessionLeavesAnything(Jdk jdk) throws Exception {
        Path loaded = folder.resolve("loaded.log");
        OnDemand program = new OnDemand(
                jdk,
                folder,
                List.of(
                        "-Xmx128m",
                        YOUNG,
                        "-XX:NativeMemoryTracking=summary",
                        "-Xlog:class+load:file=loaded.log:uptime:filecount=0"));
        Set<String> classes = new HashSet<>();
        List<State> states = new ArrayList<>();
        for (int i = 1; i <= SESSIONS; i++) {
            session(jdk, program, i);
            if (i == FIRST_ONES || i == SESSIONS) {
                states.add(state(jdk, program));
            }
            List<String> more = newClasses(loaded, classes);
            assertTrue(i <= FIRST_ONES || more.isEmpty(), "session " + i + " has loaded " + more);
        }
        program.end();
        State first = states.get(0);
        State last = states.get(1);
        String all = jdk + ": " + states;
        System.out.println(all);
        assertEquals(first.threads, last.threads, all);
        assertEquals(first.loaders, last.loaders, all);
        int sessions = SESSIONS - FIRST_ONES;
        assertTrue(last.nativeKib - first.nativeKib <= IDS_KIB * (1 + sessions / SESSIONS_OF_IDS), all);
        assertTrue(last.metaspaceKib - first.metaspaceKib <= METASPACE_KIB * sessions, all);
    }

    /** With collections, the JVM's too, old-to-young stores and a report of them: what is done in one session is done in all. */
    private void session(Jdk jdk, OnDemand program, int number) throws Exception {
        command(jdk, "attach", program.pid(), "nursery=256k");
        boolean heard = number > 1;
        for (int tries = 0; tries == 0 || !heard; tries++) {
            assertTrue(tries < TRIES, "no collection was heard of");
            Thread.sleep(MANAGED_MILLIS);
            assertEquals("stored " + STORES, program.tell("store " + STORES));
            jcmd(jdk, program, "GC.run");
            heard = heard || command(jdk, "report", program.pid()).contains(HEARD);
        }
        String report = command(jdk, "detach", program.pid());
        assertTrue(report.contains("StoresOnDemand.young"), "session " + number + ": " + report);
    }

    private State state(Jdk jdk, OnDemand program) throws Exception {
        jcmd(jdk, program, "GC.run");
        jcmd(jdk, program, "GC.run"); // the first has found what the second frees
        String memory = jcmd(jdk, program, "VM.native_memory", "summary");
        Matcher used = USED.matcher(memory);
        long metaspace = 0;
        while (used.find()) {
            metaspace += Long.parseLong(used.group(1));
        }
        Matcher other = OTHER.matcher(memory);
        assertTrue(other.find() && metaspace > 0, memory);
        Matcher loaders = LOADERS.matcher(jcmd(jdk, program, "VM.classloader_stats"));
        assertTrue(loaders.find(), "loaders");
        return new State(
                program.tell("threads"), Long.parseLong(loaders.group(1)), Long.parseLong(other.group(1)), metaspace);
    }

    private String jcmd(Jdk jdk, OnDemand program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(jdk.java().resolveSibling("jcmd").toString());
        command.add(program.pid());
        command.addAll(List.of(arguments));
        return ChildJvm.run(folder, command).succeeded().out();
    }

    private String command(Jdk jdk, String... arguments) throws Exception {
        return new TargetProgram(jdk, folder).command(arguments).succeeded().out();
    }

    /** Names that were not seen before: of a class that is transformed the JVM says again that it was loaded. */
    private static List<String> newClasses(Path log, Set<String> seen) throws IOException {
        List<String> more = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            Matcher loaded = LOADED.matcher(line);
            // One of those comes when a handle was used so many times, once, and goes with it.
            if (loaded.find()
                    && !loaded.group(1).startsWith("java.lang.invoke.LambdaForm$")
                    && seen.add(loaded.group(1))) {
                more.add(loaded.group(1));
            }
        }
        return more;
    }
}
