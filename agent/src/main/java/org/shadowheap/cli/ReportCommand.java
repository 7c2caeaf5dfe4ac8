package org.shadowheap.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.shadowheap.attach.OtherJvm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what the session in another JVM has found so far. */
@Command(
        name = "report",
        description = "Prints the report so far of a session that runs in another JVM. The session goes on.",
        mixinStandardHelpOptions = true,
        versionProvider = ShadowHeapCommand.Version.class)
final class ReportCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private final AnswerOptions asked = new AnswerOptions();

    @Override
    public Integer call() throws IOException {
        String report = OtherJvm.ask(asked.pid, List.of("report", asked.format.name()));
        Output.write(spec, report, asked.output);
        return 0;
    }
}
