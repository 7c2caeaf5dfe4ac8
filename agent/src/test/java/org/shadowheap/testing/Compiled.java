package org.shadowheap.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Programs that the build does not compile, because it takes every warning for an error; from the resources {@code compiled}. */
public final class Compiled {

    private static final Path SOURCES = Path.of("src", "test", "resources", "compiled");

    private Compiled() {}

    /** Compiles all of them into a folder, against a class path, for the running JDK and newer ones. */
    public static void into(Path folder, String classPath) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("-nowarn", "-proc:none", "-cp", classPath, "-d", folder.toString()));
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            sources.map(Path::toString).filter(each -> each.endsWith(".java")).forEach(arguments::add);
        }
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int failed = ToolProvider.getSystemJavaCompiler().run(null, null, errors, arguments.toArray(new String[0]));
        assertEquals(0, failed, () -> errors.toString(StandardCharsets.UTF_8));
    }
}
