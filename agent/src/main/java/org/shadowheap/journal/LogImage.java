package org.shadowheap.journal;

import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.zip.CRC32C;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;
import org.shadowheap.barrier.Cells;
import org.shadowheap.barrier.Chunks;
import org.shadowheap.drain.DeadMerge;
import org.shadowheap.drain.Logs;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.layout.EventRecord;
import org.shadowheap.trace.DefinitionBytes;
import org.shadowheap.trace.TraceStart;

/**
 * The logs of a JVM that is no more, as its file has them. They are mapped privately: pointers are moved to where they are mapped
 * now, and the file stays as it is.
 */
final class LogImage implements Logs, AutoCloseable {

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final long NO_LAST_STAMP = Long.MAX_VALUE >>> 2;
    private static final long BYTES_MASK = (1L << LogLayout.BYTES_BITS) - 1;
    private static final int LENGTH_MASK = (1 << LogLayout.LENGTH_BITS) - 1;

    private final FileChannel channel;

    /** Keeps the mapping. */
    private final MappedByteBuffer mapping;

    private final long address;
    private final long chunks;

    /** How much further everything lies here than in the dead JVM. */
    private final long moved;

    private final @Nullable ByteBuffer checkpoint;

    /** The cells to read, by log; 0 where there is nothing to read. */
    private final long[] cells = new long[Cells.LOGS];

    private int count;

    /** Chunks that were followed. */
    private final Set<Long> linked = new HashSet<>();

    private LogImage(FileChannel channel, MappedByteBuffer mapping) throws IOException {
        this.channel = channel;
        this.mapping = mapping;
        this.address = U.getLong(mapping, U.objectFieldOffset(Buffer.class, "address"));
        this.chunks = field(LogLayout.CHUNK_COUNT);
        this.moved = address - field(LogLayout.ADDRESS);
        this.checkpoint = latest(checkpoint(0), checkpoint(1));
        findCells();
    }

    /**
     * Maps the logs beside a trace.
     *
     * @throws IOException if there are none that a JVM left, or they are damaged
     */
    static LogImage open(Path file, long traceIdentity) throws IOException {
        FileChannel channel = LogsBeside.open(file);
        try {
            if (LogsBeside.state(channel, traceIdentity) != LogsBeside.State.LEFT) {
                throw new IOException("the logs of the recording are in use: " + file);
            }
            return new LogImage(channel, channel.map(FileChannel.MapMode.PRIVATE, 0, channel.size()));
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    private long field(long offset) {
        return U.getLong(address + offset);
    }

    private static @Nullable ByteBuffer latest(@Nullable ByteBuffer one, @Nullable ByteBuffer other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.getLong(0) > other.getLong(0) ? one : other;
    }

    /** A checkpoint that was written to its end, else null. */
    private @Nullable ByteBuffer checkpoint(int which) {
        long at = LogLayout.CHECKPOINTS + which * LogLayout.CHECKPOINT_BYTES;
        ByteBuffer all =
                mapping.slice((int) at, (int) LogLayout.CHECKPOINT_BYTES).order(ByteOrder.nativeOrder());
        long logs = all.getLong(24);
        if (all.getLong(0) == 0 || logs < 0 || logs >= Cells.LOGS) {
            return null;
        }
        int bytes = LogLayout.CHECKPOINT_HEADER_BYTES + (int) logs * LogLayout.POSITION_BYTES;
        CRC32C checksum = new CRC32C();
        checksum.update(all.slice(0, bytes));
        return all.getLong(bytes) == checksum.getValue() ? all : null;
    }

    /** Size of the trace in bytes at the checkpoint; 0 before the first one. */
    long traceBytes() {
        return checkpoint == null ? 0 : checkpoint.getLong(8);
    }

    /** Whether some definitions are neither here nor in the trace, as during the start: events may mention what nobody knows. */
    boolean lacksDefinitions() {
        return field(LogLayout.LACKING) != 0;
    }

    /** Whether the recording had ended before the JVM did. */
    boolean hasEnded() {
        return field(LogLayout.END_STAMP) != 0;
    }

    private void findCells() throws IOException {
        for (int log = 1; log < Cells.LOGS; log++) {
            long cell = address + LogLayout.CELLS + (long) log * Cells.CELL_BYTES;
            if (Cells.thread(cell) > 0) {
                check(Cells.topAcquire(cell), EventRecord.BYTES);
                check(Cells.firstChunk(cell), Chunks.BYTES);
                Cells.relocate(cell, moved);
                cells[log] = cell;
                count = log;
            }
        }
    }

    /** A pointer into the chunks, or 0. */
    private void check(long pointer, int grain) throws IOException {
        long offset = pointer + moved - address - LogLayout.CHUNKS;
        long end = grain == Chunks.BYTES ? chunks * Chunks.BYTES - 1 : chunks * Chunks.BYTES;
        if (pointer != 0 && (offset < 0 || offset > end || offset % grain != 0)) {
            throw new IOException("the logs beside the trace are damaged: pointer=" + Long.toHexString(pointer));
        }
    }

    /** Hands the definitions to a sink that the trace does not have. */
    void tellDefinitions(TraceStart trace, EventSink sink) throws IOException {
        long defined = field(LogLayout.DEFINED);
        if (defined >>> LogLayout.BYTES_BITS > LogLayout.INDEX_ENTRIES
                || (defined & BYTES_MASK) > LogLayout.DEFINITION_BYTES) {
            throw new IOException("the logs beside the trace are damaged: defined=" + Long.toHexString(defined));
        }
        for (long i = 0; i < defined >>> LogLayout.BYTES_BITS; i++) {
            long entry = field(LogLayout.INDEX + i * Long.BYTES);
            long at = entry >>> LogLayout.LENGTH_BITS;
            int length = (int) entry & LENGTH_MASK;
            if (length == 0) {
                continue; // nobody has used it
            }
            if (at + length > (defined & BYTES_MASK)) {
                throw new IOException("the logs beside the trace are damaged: definition=" + i);
            }
            byte[] bytes = new byte[length];
            mapping.get((int) (LogLayout.DEFINITIONS + at), bytes);
            DefinitionBytes.read(bytes, trace, sink);
        }
    }

    /** Delivers what the logs hold behind the checkpoint; called once. Returns the number of events. */
    long tellEvents(EventSink sink) throws IOException {
        DeadMerge merge = new DeadMerge(this, checkpoint == null ? 0 : checkpoint.getLong(16));
        boolean[] resumed = new boolean[cells.length];
        if (checkpoint != null) {
            checkpoint.position(LogLayout.CHECKPOINT_HEADER_BYTES);
            for (long left = checkpoint.getLong(24); left > 0; left--) {
                int log = (int) checkpoint.getLong();
                resumed[log] = resume(merge, log);
            }
        }
        for (int log = 1; log <= count; log++) {
            if (cells[log] != 0 && !resumed[log]) {
                link(cells[log], Cells.firstChunk(cells[log]));
            }
        }
        long last = field(LogLayout.END_STAMP);
        return merge.run(last == 0 ? NO_LAST_STAMP : last, sink);
    }

    /** Goes on in a log where the checkpoint has it; false if the log is another thread's by now, and is read from its beginning. */
    private boolean resume(DeadMerge merge, int log) throws IOException {
        ByteBuffer from = Objects.requireNonNull(checkpoint);
        long thread = from.getLong();
        long chunk = from.getLong();
        long position = from.getLong();
        long key = from.getLong();
        long lost = from.getLong();
        long cell = cells[log];
        if (cell == 0 || Cells.thread(cell) != thread) {
            return false;
        }
        if (position == LogLayout.ENDED) {
            cells[log] = 0;
            return true;
        }
        long here = chunk == 0 ? 0 : chunk + moved;
        check(chunk, Chunks.BYTES);
        check(position, EventRecord.BYTES);
        if (chunk != 0 && (position - chunk < Chunks.FIRST_RECORD || position - chunk > Chunks.BYTES)) {
            throw new IOException("the logs beside the trace are damaged: position=" + Long.toHexString(position));
        }
        link(cell, chunk == 0 ? Cells.firstChunk(cell) : here);
        merge.resume(log, cell, here, position == 0 ? 0 : position + moved, key, lost);
        return true;
    }

    /** Follows a log to its end, and moves what leads from chunk to chunk. */
    private void link(long cell, long from) throws IOException {
        long top = Cells.topAcquire(cell);
        if (top == 0) {
            return;
        }
        long last = Chunks.chunkBefore(top);
        long chunk = from;
        for (long left = chunks; ; left--) {
            if (chunk != 0 && !linked.add(chunk)) {
                throw new IOException("the logs beside the trace are damaged: two logs share a chunk");
            }
            if (chunk == last) {
                return;
            }
            if (chunk == 0) {
                throw new IOException("the logs beside the trace are damaged: a log has no beginning");
            }
            check(Chunks.next(chunk), Chunks.BYTES);
            Chunks.relocate(chunk, moved);
            chunk = Chunks.next(chunk);
            if (chunk == 0 || left == 0) {
                throw new IOException("the logs beside the trace are damaged: a log does not lead to its end");
            }
        }
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public long cell(int log) {
        return cells[log];
    }

    @Override
    public boolean hasEnded(int log) {
        return false;
    }

    @Override
    public void free(long chunk) {}

    @Override
    public void recycle(int log) {}

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
