package org.shadowheap.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.shadowheap.analysis.RunningVerified;
import org.shadowheap.attach.OtherJvm;
import org.shadowheap.instrument.OwnClasses;
import org.shadowheap.report.VerificationReport;
import org.shadowheap.verify.HeapDumper;
import org.shadowheap.verify.Passes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Compares the shadow heap of a JVM that runs with its heap. */
@Command(
        name = "verify",
        description = {
            "Compares the shadow heap of a session that runs in another JVM with a dump of its heap, slot by slot. The program "
                    + "stands still while the JVM writes the dump; both are compared here.",
            "Where no session runs, one is started for it, and ended again.",
            "Exits with 1 if a slot differs."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ShadowHeapCommand.Version.class)
final class VerifyCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private final AnswerOptions asked = new AnswerOptions();

    private volatile boolean interrupted;

    @Override
    public Integer call() throws IOException {
        if (asked.output != null) {
            Output.requireFolderOf(asked.output);
        }
        return Interruption.mayStop(() -> interrupted = true, this::withSession);
    }

    private int withSession() throws IOException {
        try (StatusLine status = new StatusLine()) {
            if (OtherJvm.hasSession(asked.pid)) {
                return verify(status);
            }
            String here = Path.of("").toAbsolutePath().toString();
            OtherJvm.ask(asked.pid, List.of("attach", "report=none", here), status::show);
            try {
                return verify(status);
            } finally {
                status.show("giving the classes their code back");
                OtherJvm.ask(asked.pid, List.of("detach"));
            }
        }
    }

    private int verify(StatusLine status) throws IOException {
        Passes passes = new Passes(OwnClasses::isOwn);
        List<String> notes = List.of();
        for (int pass = 1; !passes.areEnough() && !interrupted; pass++) {
            String mark = "pass " + pass + ": ";
            Path folder = HeapDumper.folder();
            try {
                List<String> request = List.of("verify", folder.toAbsolutePath().toString());
                notes = OtherJvm.ask(asked.pid, request, line -> status.show(mark + line))
                        .lines()
                        .toList();
                status.show(mark + "comparing");
                passes.compare(folder);
            } finally {
                HeapDumper.delete(folder);
            }
        }
        if (interrupted) {
            return 1;
        }
        status.close();
        RunningVerified found = passes.result(notes);
        Output.write(spec, text(found), asked.output);
        return found.verified().differences() == 0 ? 0 : 1;
    }

    private String text(RunningVerified found) throws IOException {
        if (asked.format == AnswerOptions.Format.text) {
            return VerificationReport.text(found);
        }
        StringWriter text = new StringWriter();
        VerificationReport.json(found, text);
        return text.toString();
    }
}
