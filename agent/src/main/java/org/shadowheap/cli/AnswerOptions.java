package org.shadowheap.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which JVM is asked, and in which form its answer goes where. */
final class AnswerOptions {

    /** Forms of an answer. */
    enum Format {
        text,
        json
    }

    @Parameters(paramLabel = "PID", description = "The JVM's process id, see ps.")
    long pid;

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}; default: text.")
    Format format = Format.text;

    @Option(names = "--output", paramLabel = "FILE", description = "Writes it to a file.")
    @Nullable
    Path output;
}
