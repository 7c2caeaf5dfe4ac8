package org.shadowheap.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The main class of the jar: finds the command, prints help, and turns failures into a line and an exit code. */
@Command(
        name = "shadowheap",
        description = "Shows which fields and sites write old-to-young references.",
        mixinStandardHelpOptions = true,
        versionProvider = ShadowHeapCommand.Version.class,
        subcommands = {
            AttachCommand.class,
            DetachCommand.class,
            ExportCommand.class,
            InfoCommand.class,
            PsCommand.class,
            RecoverCommand.class,
            ReplayCommand.class,
            ReportCommand.class,
            VerifyCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 the work failed, 2 wrong usage.",
            "As an agent: java -javaagent:shadowheap.jar[=key=value,...] ..."
        })
public final class ShadowHeapCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    ShadowHeapCommand() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new ShadowHeapCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, args) -> {
                    PrintWriter err = e.getCommandLine().getErr();
                    err.println("shadowheap: " + e.getMessage());
                    if (!isAboutAValue(e)) {
                        e.getCommandLine().usage(err);
                    }
                    err.flush();
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((e, command, result) -> {
                    command.getErr().println("shadowheap: " + Failures.line(e));
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    /** Whose options are right and one value is not needs one line, not all that the options might have been. */
    private static boolean isAboutAValue(ParameterException e) {
        return e.getCause() != null || e.getArgSpec() != null && !(e instanceof MissingParameterException);
    }

    /** Called without a command. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command was given");
    }

    /** Reads the version that the build wrote into the manifest. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = ShadowHeapCommand.class.getPackage().getImplementationVersion();
            return new String[] {"shadowheap " + (version == null ? "(built without a version)" : version)};
        }
    }
}
