package org.shadowheap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/acceptance.md} names tests of all modules; this sees that they are there. */
class AcceptanceMapTest {

    private static final Pattern NAME = Pattern.compile("`(\\w+)\\.(\\w+)`");

    @Test
    void everyTestThatTheAcceptanceMapNamesExists() throws IOException {
        Path root = Path.of("..");
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        }
        List<String> missing = new ArrayList<>();
        int named = 0;
        Matcher names = NAME.matcher(Files.readString(root.resolve("docs/acceptance.md")));
        while (names.find()) {
            named++;
            Pattern member = Pattern.compile("(void|class) " + names.group(2) + "\\b");
            if (!member.matcher(sources.getOrDefault(names.group(1), "")).find()) {
                missing.add(names.group());
            }
        }
        assertEquals(List.of(), missing);
        assertTrue(named > 50, "named=" + named);
    }
}
