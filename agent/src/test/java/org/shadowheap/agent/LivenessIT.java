package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.targets.Survivors;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;

/** What the shadow heap says of sampled objects against what the JVM does with them; and that an error is noticed. */
class LivenessIT {

    /** Sampled of those that live, in the mean: 160 in a local variable, as many in a static array and in a thread-local variable. */
    private static final int OF = 25;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void whatTheJvmKeepsIsNeverJudgedDead(Jdk jdk) throws Exception {
        String found = run(jdk, "");
        // The launcher's own frame holds the name of the main class: a reference of native code, which nobody else
        // sees.
        List<String> wrong = found.lines()
                .filter(line ->
                        line.contains("is alive") && !line.contains(" java.lang.String ") && !line.contains(" [B "))
                .toList();
        assertEquals(List.of(), wrong, found);
        assertTrue(figure(found, "deadButAlive") <= 2, found);
        assertTrue(figure(found, "comparisons") >= 4, found);
        assertTrue(figure(found, "judgedDead") > 500, found);
        assertTrue(figure(found, "held") > 300 * figure(found, "comparisons"), found);
        assertTrue(figure(found, "heldButDead") < figure(found, "held") / 2, found);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void withoutWalksOfStacksWhatALocalVariableHoldsIsFoundToBeJudgedDead(Jdk jdk) throws Exception {
        String found = run(jdk, ",stacks=false");
        assertTrue(figure(found, "deadButAlive") > 50, found);
        assertTrue(found.contains("[I "), found);
    }

    private String run(Jdk jdk, String options) throws Exception {
        List<String> all = List.of(
                "-Dshadowheap.liveness.sample=" + OF,
                "-Dshadowheap.liveness.pause=200",
                "-XX:+UseSerialGC",
                TargetProgram.agent("nursery=4m,report=none" + options));
        ChildJvm child = new TargetProgram(jdk, folder)
                .run(all, TargetProgram.classPath(), Survivors.class)
                .succeeded();
        assertEquals("kept=4000 garbage=true", child.out().strip());
        return child.err();
    }

    private static long figure(String found, String name) {
        Matcher figure = Pattern.compile(" " + name + "=([0-9]+)").matcher(found);
        assertTrue(figure.find(), found);
        return Long.parseLong(figure.group(1));
    }
}
