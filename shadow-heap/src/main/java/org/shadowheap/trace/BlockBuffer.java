package org.shadowheap.trace;

import static org.shadowheap.trace.TraceFormat.BLOCK_HEADER_BYTES;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.layout.EventRecord;

/**
 * Collects the payload of one block and writes it behind its header.
 *
 * <p>The buffer is direct and lives as long as the writer: a channel copies a heap buffer into a cached direct one of
 * the thread first, and on the drain thread nothing may be allocated on the way: direct buffers of all threads are linked
 * in one list of the JDK's, and what the drain stores there is not recorded. It starts with the block's offset in
 * the file, which is part of the header's checksum and is not written:
 *
 * <pre>
 *   0             8        12       16            20              24
 *   +-------------+--------+--------+-------------+---------------+------- ... -----+
 *   | file offset | kind   | length | payload CRC | header CRC    | payload         |
 *   +-------------+--------+--------+-------------+---------------+------- ... -----+
 * </pre>
 */
final class BlockBuffer implements PayloadOutput {

    private static final int OFFSET_BYTES = Long.BYTES;
    private static final int PAYLOAD = OFFSET_BYTES + BLOCK_HEADER_BYTES;

    private final CRC32C checksum = new CRC32C();
    private ByteBuffer bytes;

    /** Who is told when the records in this buffer are in the file. */
    private @Nullable Checkpoint checkpoint;

    BlockBuffer(int payloadBytes) {
        bytes = allocate(payloadBytes);
    }

    private static ByteBuffer allocate(int payloadBytes) {
        return ByteBuffer.allocateDirect(PAYLOAD + payloadBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(PAYLOAD);
    }

    boolean isEmpty() {
        return bytes.position() == PAYLOAD;
    }

    int payloadBytes() {
        return bytes.position() - PAYLOAD;
    }

    /** Appends a record; the caller leaves room for one. */
    void putRecord(long word0, long word1) {
        bytes.putLong(word0).putLong(word1);
    }

    @Override
    public void putByte(int value) {
        reserve(Byte.BYTES);
        bytes.put((byte) value);
    }

    @Override
    public void putInt(int value) {
        reserve(Integer.BYTES);
        bytes.putInt(value);
    }

    @Override
    public void putLong(long value) {
        reserve(Long.BYTES);
        bytes.putLong(value);
    }

    @Override
    public void putBytes(byte[] values) {
        reserve(values.length);
        bytes.put(values);
    }

    /** What is in the buffer ends at a checkpoint. */
    void endsAt(Checkpoint place) {
        checkpoint = place;
    }

    /** The checkpoint at the end of what is in the buffer, null if none; forgets it. */
    @Nullable
    Checkpoint takeCheckpoint() {
        Checkpoint place = checkpoint;
        checkpoint = null;
        return place;
    }

    /** Opens a definition; {@link #endDefinition} closes it. */
    int beginDefinition() {
        int at = payloadBytes();
        putLong(0);
        putLong(0);
        return at;
    }

    /** Writes the record that announces the definition, and pads it to whole records. */
    void endDefinition(int at, int kind) {
        int length = payloadBytes() - at - EventRecord.BYTES;
        while (payloadBytes() % EventRecord.BYTES != 0) {
            putByte(0);
        }
        bytes.putLong(PAYLOAD + at + EventRecord.WORD1_OFFSET, EventRecord.word1(kind, length, 0));
    }

    /** The payload, to be read in place; valid until the next put. */
    ByteBuffer payload() {
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).flip().position(PAYLOAD);
    }

    /** Room for more bytes of the payload, filled from its position on. */
    ByteBuffer room(int more) {
        reserve(more);
        return bytes;
    }

    /** Replaces a number that was put before. */
    void setInt(int at, int value) {
        bytes.putInt(PAYLOAD + at, value);
    }

    /** Forgets what was put since the payload had this size. */
    void truncate(int payloadBytes) {
        bytes.clear().position(PAYLOAD + payloadBytes);
    }

    /** Rare: one definition larger than everything before. */
    private void reserve(int more) {
        if (bytes.remaining() < more) {
            ByteBuffer larger = allocate(Math.max(2 * (bytes.capacity() - PAYLOAD), payloadBytes() + more));
            bytes.flip().position(PAYLOAD);
            bytes = larger.put(bytes);
        }
    }

    /**
     * Writes the block and empties the buffer.
     *
     * @param offset where in the file the block goes
     * @return bytes written, header included
     */
    int write(FileChannel channel, long offset, int kind) throws IOException {
        int end = bytes.position();
        bytes.putLong(0, offset);
        bytes.putInt(OFFSET_BYTES, kind);
        bytes.putInt(OFFSET_BYTES + 4, end - PAYLOAD);
        bytes.putInt(OFFSET_BYTES + 8, checksum(PAYLOAD, end));
        bytes.putInt(OFFSET_BYTES + 12, checksum(0, OFFSET_BYTES + 12));
        bytes.limit(end).position(OFFSET_BYTES);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        bytes.clear().position(PAYLOAD);
        return end - OFFSET_BYTES;
    }

    private int checksum(int from, int to) {
        checksum.reset();
        checksum.update(bytes.limit(to).position(from));
        bytes.limit(bytes.capacity());
        return (int) checksum.getValue();
    }
}
