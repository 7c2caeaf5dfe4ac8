package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the story of this package: it compiles, runs, and prints what it says. */
class PackageStoryTest {

    private static final Path STORY = Path.of("src/main/java/org/shadowheap/collect/package-info.java");
    private static final Pattern EXAMPLE = Pattern.compile("<pre>\\{@code\n(.*?)\n \\* }</pre>", Pattern.DOTALL);
    private static final String IMPORTS = "import java.util.List; import org.shadowheap.collect.*;"
            + " import org.shadowheap.event.*; import org.shadowheap.event.TypeDefinition.Shape;"
            + " import org.shadowheap.heap.*; ";

    @TempDir
    Path folder;

    @Test
    void theExampleRuns() throws Exception {
        String example = example();
        assertTrue(
                example.lines().count() <= 11,
                "about ten lines: " + example.lines().count());
        compile(IMPORTS + "public class Example { public static void main(String[] a) {\n" + example + "\n}}");
        List<String> printed = run().lines().toList();
        assertEquals(2, printed.size(), () -> "printed " + printed);
        assertTrue(printed.get(0).startsWith("MinorCollectionResult["), printed.get(0));
        assertTrue(printed.get(0).contains("dirtyPages=1, "), printed.get(0));
        assertEquals("OLD DEAD", printed.get(1));
        assertTrue(example.contains("// " + printed.get(1)), "the example says what it prints");
    }

    private static String example() throws IOException {
        Matcher matcher = EXAMPLE.matcher(Files.readString(STORY));
        assertTrue(matcher.find(), "the story has an example");
        return matcher.group(1).replaceAll("(?m)^ \\* ?", "");
    }

    private void compile(String source) throws IOException {
        Path file = Files.writeString(folder.resolve("Example.java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options =
                    List.of("-proc:none", "-d", folder.toString(), "-classpath", System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(errors, files, null, options, null, files.getJavaFileObjects(file))
                    .call();
            assertTrue(compiled, errors::toString);
        }
    }

    private String run() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        URL[] path = {folder.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader());
                PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            loader.loadClass("Example").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
