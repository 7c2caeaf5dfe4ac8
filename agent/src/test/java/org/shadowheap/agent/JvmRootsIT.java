package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.targets.LinkedLambdas;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/** What only the JVM refers to, with the code that it has linked, is alive in the shadow heap. */
class JvmRootsIT {

    /** The program links 200; the JDK has a few of its own. */
    private static final int MOST_RESURRECTED = 20;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void whatACallSiteKeepsOutlivesTheCollections(Jdk jdk) throws Exception {
        new TargetProgram(jdk, folder)
                .watched("report=report.json,nursery=1m", LinkedLambdas.class)
                .succeeded();
        Map<String, Object> report = Json.read(folder.resolve("report.json"));
        assertTrue(Json.objects(report, "minorCollections").size() > 5, "the shadow heap collects");
        long resurrected = Json.number(report, "fidelity", "resurrected");
        assertTrue(resurrected <= MOST_RESURRECTED, () -> "resurrected=" + resurrected);
    }
}
