package org.shadowheap.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.shadowheap.trace.TraceStart;

/** Tells what lies beside a trace where logs would. */
final class LogsBeside {

    private LogsBeside() {}

    /** What may be beside a trace. */
    enum State {
        /** No logs, or such that belong to another recording, or that have nothing to add. */
        NONE,
        /** The recording still runs. */
        RUNNING,
        /** The logs of a JVM that is no more. */
        LEFT
    }

    /** Looks what is beside a trace. */
    static State find(Path trace) throws IOException {
        Path file = LogFile.beside(trace);
        if (!Files.isRegularFile(file)) {
            return State.NONE;
        }
        try (FileChannel channel = open(file)) {
            return state(channel, TraceStart.identity(trace));
        }
    }

    /**
     * Refuses a file that a recording must not take the place of.
     *
     * @return whether a process that was killed left it
     * @throws IOException if it is of another kind
     * @throws IllegalArgumentException if another JVM uses it
     */
    static boolean requireFree(Path file, Path trace) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is something else of that name: " + file);
        }
        try (FileChannel channel = open(file)) {
            ByteBuffer header = header(channel);
            if (!isOfLogs(header)) {
                throw new IOException("there is another file of that name: " + file);
            }
            if (channel.tryLock() == null) {
                throw new IllegalArgumentException("trace is recorded by another JVM now: trace=" + trace);
            }
            return header.getLong(LogLayout.OVER) == 0;
        } catch (OverlappingFileLockException byThisJvm) {
            throw new IllegalArgumentException("trace is recorded by this JVM now: trace=" + trace, byThisJvm);
        }
    }

    static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    static State state(FileChannel channel, long traceIdentity) throws IOException {
        ByteBuffer header = header(channel);
        if (!isOfLogs(header)) {
            return State.NONE;
        }
        if (header.getLong(LogLayout.VERSION) != LogLayout.VERSION_NUMBER) {
            throw new IOException("the logs beside the trace are of another version: expected="
                    + LogLayout.VERSION_NUMBER + " found=" + header.getLong(LogLayout.VERSION));
        }
        if (header.getLong(LogLayout.TRACE) != traceIdentity || header.getLong(LogLayout.OVER) != 0) {
            return State.NONE;
        }
        long bytes = LogLayout.fileBytes(header.getLong(LogLayout.CHUNK_COUNT));
        if (channel.size() != bytes) {
            throw new IOException(
                    "the logs beside the trace are not whole: expected=" + bytes + " bytes found=" + channel.size());
        }
        try {
            return channel.tryLock() == null ? State.RUNNING : State.LEFT;
        } catch (OverlappingFileLockException byThisJvm) {
            return State.RUNNING;
        }
    }

    private static ByteBuffer header(FileChannel channel) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(LogLayout.HEADER_BYTES).order(ByteOrder.nativeOrder());
        while (header.hasRemaining() && channel.read(header) >= 0) {
            // until it is full or the file ends
        }
        return header;
    }

    private static boolean isOfLogs(ByteBuffer header) {
        return !header.hasRemaining() && header.getLong(LogLayout.MAGIC) == LogLayout.MAGIC_NUMBER;
    }
}
