package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.shadowheap.targets.StoresOnDemand;
import org.shadowheap.testing.Jdk;

/** A program in a JVM of its own, until its input ends: {@link StoresOnDemand} if no other is named. */
final class OnDemand {

    private final Jdk jdk;
    private final Path folder;
    private final Process process;
    private final BufferedReader out;

    /** Starts it; returns when it is ready. */
    OnDemand(Jdk jdk, Path folder, List<String> options) throws Exception {
        this(jdk, folder, List.of(), options);
    }

    /** @param starter a command that runs another one, which is appended; empty for none */
    OnDemand(Jdk jdk, Path folder, List<String> starter, List<String> options) throws Exception {
        this(jdk, folder, starter, options, StoresOnDemand.class);
    }

    /** @param program says that it is ready, and ends with its input */
    OnDemand(Jdk jdk, Path folder, List<String> starter, List<String> options, Class<?> program) throws Exception {
        this.jdk = jdk;
        this.folder = folder;
        List<String> command = new ArrayList<>(starter);
        command.add(jdk.java().toString());
        command.addAll(options);
        command.addAll(List.of("-cp", TargetProgram.classPath(), program.getName()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("err.txt").toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        process = builder.start();
        out = process.inputReader();
        assertEquals("ready", out.readLine());
    }

    /** Of the JVM, in the namespace of this process. */
    String pid() {
        return Long.toString(
                process.descendants().findFirst().orElse(process.toHandle()).pid());
    }

    /** Its answer to a line. */
    String tell(String line) throws Exception {
        process.outputWriter().append(line).append('\n').flush();
        return String.valueOf(out.readLine());
    }

    /** What it executes. */
    Map<String, List<String>> code() throws Exception {
        return LoadedCode.of(jdk, pid(), folder, "org.shadowheap.targets,java.util,jdk.internal.loader");
    }

    void end() throws Exception {
        process.outputWriter().close();
        assertEquals(null, out.readLine());
        assertEquals(0, process.waitFor());
    }
}
