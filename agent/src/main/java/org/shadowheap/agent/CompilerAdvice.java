package org.shadowheap.agent;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;

/**
 * Keeps the JVM's optimizing compiler from the code that rewrites classes: the quick compiler is good enough for it.
 *
 * <p>Rewriting runs hot while a program starts, and a few of its methods are among the largest there are. Without this they took
 * most of the optimizing compiler's time just when the program waits for its own methods to be compiled.
 *
 * <p>The JVM is told by a compiler directive, as {@code jcmd Compiler.directives_add} would: it concerns our own classes and no
 * other. Where that cannot be done, nothing is lost but time.
 */
final class CompilerAdvice {

    /** Packages whose methods only the quick compiler compiles, in the form of the directives. */
    private static final String DIRECTIVE = """
            [{ match: ["org/shadowheap/shaded/org/objectweb/*.*", "org/shadowheap/instrument/*.*", "org/shadowheap/agent/*.*"],
               c2: { Exclude: true } }]
            """;

    private CompilerAdvice() {}

    /** Gives the advice. Never throws. */
    static void give(Instrumentation instrumentation) {
        // With the classes that are loaded anyway: each one more would have to be instrumented.
        File file = new File(System.getProperty("java.io.tmpdir"), "shadowheap-" + System.nanoTime() + ".directives");
        try {
            if (!file.createNewFile()) {
                return;
            }
            try {
                try (FileOutputStream out = new FileOutputStream(file)) {
                    out.write(DIRECTIVE.getBytes(StandardCharsets.UTF_8));
                }
                Management.execute(instrumentation, "Compiler.directives_add " + file);
            } finally {
                if (!file.delete()) {
                    file.deleteOnExit();
                }
            }
        } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError unavailable) {
            // The optimizing compiler does what it does.
        }
    }
}
