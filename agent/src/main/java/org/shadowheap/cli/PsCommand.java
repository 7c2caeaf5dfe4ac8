package org.shadowheap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.shadowheap.attach.RunningJvm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the JVMs that can be attached to. */
@Command(
        name = "ps",
        description = "Lists the JVMs that can be attached to, and whether a session runs in them.",
        mixinStandardHelpOptions = true,
        versionProvider = ShadowHeapCommand.Version.class)
final class PsCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.println("    pid  java          session  program");
        for (RunningJvm jvm : RunningJvm.all()) {
            out.println(String.format(
                    Locale.ROOT, "%7d  %-12s  %-7s  %s", jvm.pid(), jvm.version(), jvm.session(), jvm.program()));
        }
        Output.flush(out);
        return 0;
    }
}
