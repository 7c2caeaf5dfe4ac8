package org.shadowheap.agent;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.shadowheap.agent.AgentOptions.ReportTarget;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.report.JsonReport;
import org.shadowheap.report.TextReport;

/** Writes a result to where the user wants it. A file that cannot be written is one line on stderr. */
final class Reports {

    private Reports() {}

    static void write(AnalysisResult result, List<ReportTarget> targets) throws IOException {
        for (ReportTarget target : targets) {
            String file = target.file();
            if (file == null) {
                PrintStream out = StandardError.stream();
                TextReport.write(result, out);
                out.flush();
            } else {
                writeFile(result, file, target.json());
            }
        }
    }

    private static void writeFile(AnalysisResult result, String file, boolean json) {
        try (Writer out = Files.newBufferedWriter(Path.of(file))) {
            if (json) {
                JsonReport.write(result, out);
            } else {
                TextReport.write(result, out);
            }
        } catch (IOException failure) {
            StandardError.line("report cannot be written: report=" + file + ": " + failure);
        }
    }
}
