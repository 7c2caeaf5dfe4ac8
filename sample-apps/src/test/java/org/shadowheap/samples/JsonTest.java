package org.shadowheap.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonTest {

    @Test
    void figuresAreNamedByTheirPathAndTimesAreLeftOut(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("result.json");
        Files.writeString(
                file, "{\"a\": {\"b\": 1, \"nanos\": 7}, \"c\": [{\"d\": 2.5, \"wallNanos\": 8}, null, \"x\"]}");
        assertEquals(
                Map.of("a.b", "1", "c.length", 3, "c[0].d", "2.5", "c[1]", "null", "c[2]", "x"),
                Json.figures(Json.read(file), AgentIT::isTime));
    }
}
