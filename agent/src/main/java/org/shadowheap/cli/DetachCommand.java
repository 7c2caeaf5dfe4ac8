package org.shadowheap.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.shadowheap.attach.OtherJvm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends a session in another JVM. */
@Command(
        name = "detach",
        description =
                "Ends the session in another JVM, which goes on with its own code. Prints the report, unless it goes to files.",
        mixinStandardHelpOptions = true,
        versionProvider = ShadowHeapCommand.Version.class)
final class DetachCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "PID", description = "The JVM's process id, see ps.")
    private long pid;

    @Override
    public Integer call() throws IOException {
        Output.write(spec, OtherJvm.ask(pid, List.of("detach")), null);
        return 0;
    }
}
