package org.shadowheap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.shadowheap.attach.OtherJvm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts a session in another JVM. */
@Command(
        name = "attach",
        description = "Starts a session in a JVM that runs. See report for its figures so far, and detach to end it.",
        mixinStandardHelpOptions = true,
        versionProvider = ShadowHeapCommand.Version.class)
final class AttachCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PID", description = "The JVM's process id, see ps.")
    private long pid;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "key=value,...",
            description = "Options as for -javaagent; relative paths begin here.")
    private String options = "";

    @Override
    public Integer call() throws IOException {
        String here = Path.of("").toAbsolutePath().toString();
        PrintWriter out = spec.commandLine().getOut();
        String answer;
        try (StatusLine status = new StatusLine()) {
            answer = OtherJvm.ask(pid, List.of("attach", options, here), status::show);
        } catch (IllegalArgumentException wrong) {
            throw Output.refused(spec, String.valueOf(wrong.getMessage()));
        }
        out.print(answer);
        Output.flush(out);
        return 0;
    }
}
