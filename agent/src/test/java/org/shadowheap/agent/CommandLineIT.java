package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;

/** The built jar as a command: exit status 0 done, 1 failed, 2 wrong usage. */
class CommandLineIT {

    @TempDir
    private Path folder;

    static List<Jdk> jdks() {
        return Jdk.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void anUnknownCommandPrintsUsageOnStderrAndExitsWith2(Jdk jdk) throws Exception {
        ChildJvm child = run(jdk, "frobnicate");
        assertEquals(2, child.exit());
        assertEquals("", child.out());
        assertTrue(child.err().startsWith("shadowheap: "), child.err());
        assertTrue(child.err().contains("'frobnicate'"), child.err());
        assertTrue(child.err().contains("Usage: shadowheap"), child.err());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void helpAndVersionGoToStdoutAndStderrStaysEmpty(Jdk jdk) throws Exception {
        ChildJvm help = run(jdk, "--help").succeeded();
        assertTrue(help.out().startsWith("Usage: shadowheap"), help.out());
        assertEquals("", help.err());
        ChildJvm version = run(jdk, "--version").succeeded();
        assertTrue(version.out().matches("shadowheap [0-9][^()]*\\R"), version.out());
        assertEquals("", version.err());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void aTraceThatIsMissingIsOneLineAndExitsWith1(Jdk jdk) throws Exception {
        ChildJvm child = run(jdk, "replay", "missing.shtrace");
        assertEquals(1, child.exit());
        assertEquals("", child.out());
        assertEquals("shadowheap: no such file: missing.shtrace", child.err().strip());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void garbageIsOneLineAndExitsWith1(Jdk jdk) throws Exception {
        byte[] garbage = new byte[5000];
        new Random(7).nextBytes(garbage);
        Files.write(folder.resolve("garbage"), garbage);
        Files.write(folder.resolve("empty"), new byte[0]);
        for (String file : List.of("garbage", "empty")) {
            ChildJvm child = run(jdk, "replay", file);
            assertEquals(1, child.exit(), file);
            assertEquals("", child.out(), file);
            assertEquals(1, child.err().lines().count(), child.err());
            assertTrue(child.err().startsWith("shadowheap: "), child.err());
        }
    }

    private ChildJvm run(Jdk jdk, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("-jar", TargetProgram.JAR));
        command.addAll(List.of(arguments));
        return ChildJvm.run(jdk, folder, command);
    }
}
