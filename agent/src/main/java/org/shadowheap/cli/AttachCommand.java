package org.shadowheap.cli;

import java.io.IOException;
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
        description = "Starts a session in a JVM that runs.",
        mixinStandardHelpOptions = true,
        versionProvider = ShadowHeapCommand.Version.class)
final class AttachCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PID", description = "The JVM's process id, see ps.")
    private long pid;

    @Parameters(index = "1", arity = "0..1", paramLabel = "key=value,...", description = "As for -javaagent.")
    private String options = "";

    @Override
    public Integer call() throws IOException {
        spec.commandLine().getOut().print(OtherJvm.ask(pid, List.of("attach", options)));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
