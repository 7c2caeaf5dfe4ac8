package org.shadowheap.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code java} and keeps what it printed.
 *
 * @param command what was run, for messages
 * @param exit exit code
 * @param out standard output
 * @param err standard error
 */
public record ChildJvm(List<String> command, int exit, String out, String err) {

    private static final long MINUTES = 10;

    /** Runs to the end, in {@code folder}, where it also leaves its output. */
    public static ChildJvm run(Jdk jdk, Path folder, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(jdk.java().toString());
        command.addAll(arguments);
        return run(folder, command);
    }

    /** As {@link #run(Jdk, Path, List)}, of a command that runs {@code java} in the end. */
    public static ChildJvm run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        // What these would add on standard error, or to the options, is no part of a test.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        Process process = builder.start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
            fail("ran longer than " + MINUTES + " minutes: " + command + "\n" + Files.readString(err));
        }
        return new ChildJvm(command, process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Fails with all that it printed unless it ended well. */
    public ChildJvm succeeded() {
        assertEquals(0, exit, () -> command + "\nstdout:\n" + out + "\nstderr:\n" + err);
        return this;
    }
}
