package org.shadowheap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.report.CsvTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Replays a trace and writes what other tools read: tables of what the analysis found, or all events in a form of theirs. */
@Command(
        name = "export",
        description = {
            "csv: replays a trace and writes what it found as tables for DuckDB, pandas or a spreadsheet.",
            "et: writes its events, and when objects die, as a trace of Elephant Tracks."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ShadowHeapCommand.Version.class)
final class ExportCommand implements Callable<Integer> {

    private static final String SUFFIX = ".csv";

    /** Forms that other tools read. */
    enum Format {
        csv,
        et
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SweepRun replays;

    @Option(names = "--format", paramLabel = "FORMAT", required = true, description = "${COMPLETION-CANDIDATES}.")
    @SuppressWarnings("NullAway.Init")
    private Format format;

    @Option(
            names = "--output",
            paramLabel = "FILE|DIR",
            required = true,
            description =
                    "Of csv, a name that ends with .csv is a file for one table; any other is a folder for all of them."
                            + " Of et, a file.")
    @SuppressWarnings("NullAway.Init")
    private Path output;

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            description = "The table for a file: results, minor-collections (the default), real-collections, sites,"
                    + " callers or fields.")
    private @Nullable String table;

    @Override
    public Integer call() throws IOException {
        return switch (format) {
            case csv -> exportCsv();
            case et -> exportEt();
        };
    }

    private int exportCsv() throws IOException {
        List<CsvTable> tables = tables();
        check();
        return Interruption.mayStop(replays::stop, () -> {
            SweepRun.Finished finished = replays.run(false);
            if (!finished.results().isEmpty()) {
                for (CsvTable each : tables) {
                    write(each, finished.results());
                }
            }
            return finished.failed() == 0 ? 0 : 1;
        });
    }

    private int exportEt() throws IOException {
        if (table != null) {
            throw Output.refused(spec, "table is for format csv: table=" + table);
        }
        Output.requireOther(spec, output, replays.trace());
        Output.requireFolderOf(output);
        return Interruption.mayStop(replays::stop, () -> {
            long lines = replays.writeEt(output);
            PrintWriter out = spec.commandLine().getOut();
            out.println(output + ": " + lines + (lines == 1 ? " line" : " lines"));
            Output.flush(out);
            return 0;
        });
    }

    /** Whether it can be written at all, and is meant to be. */
    private void check() throws IOException {
        Output.requireOther(spec, output, replays.trace());
        if (isFile()) {
            Output.requireFolderOf(output);
        } else if (Files.isRegularFile(output)) {
            throw Output.refused(
                    spec,
                    "output must be a folder or end with " + SUFFIX + ", and is a file that does not: output="
                            + output);
        } else {
            Output.requireFolderIsPossible(output);
        }
    }

    private boolean isFile() {
        return output.toString().endsWith(SUFFIX) && !Files.isDirectory(output)
                || Files.exists(output) && !Files.isDirectory(output) && !Files.isRegularFile(output);
    }

    private List<CsvTable> tables() {
        if (table == null) {
            return isFile() ? List.of(CsvTable.MINOR_COLLECTIONS) : CsvTable.ALL;
        }
        try {
            return List.of(CsvTable.parse(table));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void write(CsvTable csv, List<AnalysisResult> results) throws IOException {
        Path file = output;
        if (!isFile()) {
            Files.createDirectories(output);
            file = output.resolve(csv.label() + SUFFIX);
        }
        long rows;
        try (Writer writer = Files.newBufferedWriter(file)) {
            rows = csv.write(results, writer);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(file + ": " + csv.label() + ", " + rows + (rows == 1 ? " row" : " rows"));
        Output.flush(out);
    }
}
