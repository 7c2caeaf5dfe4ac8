package org.shadowheap.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.Buffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;
import org.shadowheap.barrier.BarrierSetup;
import org.shadowheap.barrier.Cells;
import org.shadowheap.barrier.Chunks;
import org.shadowheap.drain.AgentThreads;

/**
 * The mapped file of a recording that runs in this JVM. It is locked as long as the JVM lives, so that nobody takes the recording
 * for a dead one.
 */
public final class LogFile {

    private static final Unsafe U = Unsafe.getUnsafe();

    /**
     * Chunks beyond the log's own: what was read, and is kept until the trace holds it, shall not count against the log. Four blocks
     * of a trace may be under way.
     */
    private static final long HELD_BYTES = 8L << 20;

    /** One buffer maps at most 2 GiB. */
    private static final long MOST_CHUNK_BYTES = 1792L << 20;

    /** Of a file that nobody else writes, rotates or truncates: a mapped file that becomes shorter ends the JVM. */
    private static final String SUFFIX = ".shlogs";

    private static final int LOGS_AHEAD = 4096;
    private static final int CHUNKS_AHEAD = 1024;
    private static final int DEFINITIONS_AHEAD = 1 << 12;
    private static final int DEFINITION_BYTES_AHEAD = 1 << 19;

    /** Nothing may unmap the file while a thread may append. */
    @SuppressWarnings("UnusedVariable") // it is kept
    private static @Nullable LogFile inUse;

    private final Path path;
    private final RandomAccessFile file;

    /** Held as long as the JVM lives. */
    @SuppressWarnings("UnusedVariable") // it is kept
    private final @Nullable FileLock lock;

    /** Keeps the mapping. */
    private final MappedByteBuffer mapping;

    private final long address;
    private final DefinitionLog definitions;
    private final Room[] rooms;
    private final boolean tookThePlace;
    private Filler filler;

    private LogFile(Path path, RandomAccessFile file, long chunks, boolean tookThePlace) throws IOException {
        this.path = path;
        this.tookThePlace = tookThePlace;
        this.file = file;
        this.lock = lock(file.getChannel());
        long bytes = LogLayout.fileBytes(chunks);
        file.setLength(bytes);
        this.mapping = file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, bytes);
        this.address = U.getLong(mapping, U.objectFieldOffset(Buffer.class, "address"));
        this.definitions = new DefinitionLog(mapping, address);
        this.rooms = new Room[] {
            new CellRoom(file),
            new DefinitionLog.Index(file, definitions, DEFINITIONS_AHEAD),
            new DefinitionLog.Bytes(file, definitions, DEFINITION_BYTES_AHEAD),
            new ChunkRoom(file, chunks)
        };
        this.filler = new Filler(rooms);
        writeHeader(chunks);
        for (Room room : rooms) {
            room.begin();
        }
    }

    /** The file beside a trace in which the logs of its recording lie. */
    public static Path beside(Path trace) {
        return trace.resolveSibling(trace.getFileName() + SUFFIX);
    }

    /**
     * Makes the file beside a trace, and has the barrier use it. Before any other class of the barrier than {@link BarrierSetup}
     * is initialized.
     *
     * @param logBytes bound of the logs in bytes
     * @throws IOException if the file cannot be made or mapped, or is one of another kind
     * @throws IllegalArgumentException if another JVM records to this trace
     */
    public static LogFile create(Path trace, long logBytes) throws IOException {
        Path path = beside(trace);
        boolean wasLeft = LogsBeside.requireFree(path, trace);
        Files.deleteIfExists(path);
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        long chunks = (Math.min(logBytes, MOST_CHUNK_BYTES - HELD_BYTES) + HELD_BYTES) / Chunks.BYTES;
        try {
            LogFile created = new LogFile(path, file, chunks, wasLeft);
            inUse = created;
            BarrierSetup.logBytes = chunks * Chunks.BYTES;
            BarrierSetup.cellsAddress = created.address + LogLayout.CELLS;
            BarrierSetup.chunksAddress = created.address + LogLayout.CHUNKS;
            return created;
        } catch (IOException | RuntimeException failure) {
            // What is mapped keeps its room on the disk, and the trace may need it.
            file.setLength(0);
            file.close();
            Files.deleteIfExists(path);
            throw failure;
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) {
        try {
            return channel.tryLock();
        } catch (IOException notThere) {
            // Some file systems have no locks; then nobody warns who recovers too early.
            return null;
        }
    }

    private void writeHeader(long chunks) throws IOException {
        synchronized (file) {
            file.seek(0);
            file.write(new byte[LogLayout.HEADER_BYTES]);
        }
        put(LogLayout.VERSION, LogLayout.VERSION_NUMBER);
        put(LogLayout.LACKING, 1); // those of the start
        put(LogLayout.ADDRESS, address);
        put(LogLayout.CHUNK_COUNT, chunks);
        put(LogLayout.MAGIC, LogLayout.MAGIC_NUMBER);
    }

    private void put(int field, long value) {
        U.putLongRelease(null, address + field, value);
    }

    /**
     * What was filled so far may be used, and a thread of the agent's fills on, until {@link #rest}. The barrier's classes are
     * initialized. Called again for a session behind that which the file was made for.
     */
    public void begin() {
        filler = new Filler(rooms);
        for (Room room : rooms) {
            room.open();
        }
        AgentThreads.create("shadowheap-room", filler).start();
    }

    /** Whether there were logs that a killed process had left. They are gone, as the trace is that they belonged to. */
    public boolean tookThePlaceOfOthers() {
        return tookThePlace;
    }

    /** The trace that the logs belong to. */
    public void belongsTo(long traceIdentity) {
        put(LogLayout.TRACE, traceIdentity);
    }

    /** Takes definitions before they are used. */
    public DefinitionLog definitions() {
        return definitions;
    }

    /** The trace has the definitions of the start. */
    void startIsWritten() {
        U.getAndAddLong(null, address + LogLayout.LACKING, -1);
    }

    /** What is stamped later is not recorded. */
    void endsAt(long stamp) {
        put(LogLayout.END_STAMP, stamp);
    }

    /** Writes a checkpoint, in place of the one before the last. */
    void checkpoint(long number, byte[] bytes, int length) throws IOException {
        synchronized (file) {
            file.seek(LogLayout.CHECKPOINTS + (number & 1) * LogLayout.CHECKPOINT_BYTES);
            file.write(bytes, 0, length);
        }
    }

    /** Nothing is filled until {@link #begin} is called again. */
    public void rest() {
        filler.end();
    }

    /** The trace has all it will ever have: the file is deleted. What threads still append is not recorded. */
    public void delete() {
        rest();
        put(LogLayout.OVER, 1);
        try {
            Files.deleteIfExists(path);
        } catch (IOException inUseStill) {
            // Not every system deletes what is mapped. It says that it is of no use.
        }
    }

    /** Cells, by number of the log. */
    private static final class CellRoom extends Room {

        CellRoom(RandomAccessFile file) {
            super(file, LogLayout.CELLS, Cells.CELL_BYTES, Cells.LOGS, LOGS_AHEAD);
        }

        @Override
        long used() {
            return Cells.logs();
        }

        @Override
        void allow(long things) {
            Cells.allow((int) things);
        }
    }

    /** Chunks of the pool. */
    private static final class ChunkRoom extends Room {

        ChunkRoom(RandomAccessFile file, long chunks) {
            super(file, LogLayout.CHUNKS, Chunks.BYTES, chunks, CHUNKS_AHEAD);
        }

        @Override
        long used() {
            return Chunks.used();
        }

        @Override
        void allow(long things) {
            Chunks.allow((int) things);
        }
    }
}
