package org.shadowheap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Where a result goes. */
final class Output {

    private Output() {}

    /** Writes what is buffered; {@code out} keeps silent about what went wrong, as on a full disk or a closed pipe. */
    static void flush(PrintWriter out) throws IOException {
        // The writer that commands have by default does not ask the stream that it ends in.
        if (out.checkError() || System.out.checkError()) {
            throw new IOException("cannot write to standard output");
        }
    }

    /** Prints {@code text}, or writes it to {@code file} if there is one. */
    static void write(CommandSpec spec, String text, @Nullable Path file) throws IOException {
        if (file == null) {
            PrintWriter out = spec.commandLine().getOut();
            out.print(text);
            flush(out);
        } else {
            Files.writeString(file, text);
        }
    }

    /**
     * Refuses a file that could not be written, before any work is done for it.
     *
     * @throws IOException if there is no such folder
     */
    static void requireFolderOf(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException("output must be in a folder that exists: output=" + file);
        }
        if (Files.isDirectory(file)) {
            throw new IOException("output must be a file, not a folder: output=" + file);
        }
    }

    /**
     * Refuses a folder that could not be made, before any work is done for it.
     *
     * @throws IOException if there is a file on the way to it
     */
    static void requireFolderIsPossible(Path folder) throws IOException {
        Path nearest = folder.toAbsolutePath();
        while (nearest != null && !Files.exists(nearest)) {
            nearest = nearest.getParent();
        }
        if (nearest != null && !Files.isDirectory(nearest)) {
            throw new IOException("output must not be below a file: output=" + folder);
        }
    }

    /**
     * Refuses to write over what is to be read.
     *
     * @throws ParameterException if they are the same file
     */
    static void requireOther(CommandSpec spec, Path file, Path trace) throws IOException {
        if (Files.exists(file) && Files.exists(trace) && Files.isSameFile(file, trace)) {
            throw refused(spec, "output must not be the trace itself: output=" + file);
        }
    }

    /** Wrong usage that one line is enough for. */
    static ParameterException refused(CommandSpec spec, String line) {
        return new ParameterException(spec.commandLine(), line, new IllegalArgumentException(line));
    }
}
