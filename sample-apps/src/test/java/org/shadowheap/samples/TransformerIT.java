package org.shadowheap.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;

/**
 * Once installed, the transformer needs no class that is not there: if it did while it is told of that class, or of one that
 * the class extends, the application would see a ClassCircularityError.
 */
class TransformerIT {

    private static final String AGENT = System.getProperty("shadowheap.jar");
    private static final String SAMPLES = System.getProperty("shadowheap.samples.jar");
    private static final String INSTALLED = "org.shadowheap.agent.Retransformation";
    private static final Pattern PARTS =
            Pattern.compile("org\\.shadowheap\\.(shaded\\.org\\.objectweb\\.asm\\..*|instrument\\."
                    + "(BarrierTransformer|Class(Facts|Rewriter|Scan|Selection|Table)|MethodRewriter|Sites|Uninstrumented"
                    + "|HookedCalls|Intrinsics|LoadedClasses|HiddenClassRewriter)\\b.*)");

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void needsNoClassThatIsNotThere(Jdk jdk) throws Exception {
        ChildJvm.run(
                        jdk,
                        folder,
                        List.of(
                                "-Xlog:class+load=info:file=load.txt",
                                "-javaagent:" + AGENT + "=report=none",
                                "-jar",
                                SAMPLES,
                                "real-json"))
                .succeeded();
        List<String> loaded = Files.readAllLines(folder.resolve("load.txt")).stream()
                .map(line -> line.replaceFirst("^(\\[[^]]*])+ ", "").replaceFirst(" .*", ""))
                .toList();
        int installed = loaded.indexOf(INSTALLED);
        assertTrue(installed > 0, "the transformer was installed");
        // Needed by tables of java.util.concurrent when threads meet in them.
        for (String name : List.of("ThreadLocalRandom", "ConcurrentHashMap$TreeBin", "ConcurrentHashMap$CounterCell")) {
            int when = loaded.indexOf("java.util.concurrent." + name);
            assertTrue(when >= 0 && when < installed, name);
        }
        assertEquals(
                List.of(),
                loaded.stream()
                        .skip(installed)
                        .filter(name -> PARTS.matcher(name).matches())
                        .toList());
    }
}
