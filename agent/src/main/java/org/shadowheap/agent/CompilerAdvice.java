package org.shadowheap.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import jdk.internal.misc.Unsafe;

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

    private static final String LIBRARY_LOADER = "com.sun.management.internal.PlatformMBeanProviderImpl";
    private static final String COMMANDS = "com.sun.management.internal.DiagnosticCommandImpl";

    /** Packages whose methods only the quick compiler compiles, in the form of the directives. */
    private static final String DIRECTIVE = """
            [{ match: ["org/shadowheap/shaded/org/objectweb/*.*", "org/shadowheap/instrument/*.*", "org/shadowheap/agent/*.*"],
               c2: { Exclude: true } }]
            """;

    private CompilerAdvice() {}

    /** Gives the advice. Never throws. */
    static void give(Instrumentation instrumentation) {
        try {
            ModuleLayer.boot().findModule("jdk.management").ifPresent(management -> give(instrumentation, management));
        } catch (RuntimeException | LinkageError unavailable) {
            // The optimizing compiler does what it does.
        }
    }

    private static void give(Instrumentation instrumentation, Module management) {
        Set<Module> us = Set.of(CompilerAdvice.class.getModule());
        instrumentation.redefineModule(
                management, Set.of(), Map.of(), Map.of("com.sun.management.internal", us), Set.of(), Map.of());
        try {
            Path file = Path.of(
                    System.getProperty("java.io.tmpdir"),
                    "shadowheap-" + ProcessHandle.current().pid() + ".directives");
            Files.writeString(file, DIRECTIVE, StandardOpenOption.CREATE_NEW);
            try {
                add(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException | ReflectiveOperationException unavailable) {
            // As above.
        }
    }

    private static void add(Path file) throws ReflectiveOperationException {
        Class.forName(LIBRARY_LOADER);
        Class<?> commands = Class.forName(COMMANDS);
        Method execute = commands.getDeclaredMethod("executeDiagnosticCommand", String.class);
        execute.setAccessible(true);
        execute.invoke(Unsafe.getUnsafe().allocateInstance(commands), "Compiler.directives_add " + file);
    }
}
