package org.shadowheap.trace;

import static org.shadowheap.trace.TraceFormat.BLOCK_HEADER_BYTES;
import static org.shadowheap.trace.TraceFormat.FILE_HEADER_BYTES;
import static org.shadowheap.trace.TraceFormat.MAX_PAYLOAD_BYTES;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.zip.CRC32C;

/**
 * Reads one block after the other and believes nothing before its checksum. Needs memory for one block, and never more for it
 * than the file has bytes.
 */
final class BlockInput {

    private static final int FIRST_PAYLOAD_BYTES = 1 << 16;

    private final SeekableByteChannel channel;
    private final CRC32C checksum = new CRC32C();

    /** The block's offset in the file, then its header: what the header's checksum covers, in one piece. */
    private final ByteBuffer header =
            ByteBuffer.allocateDirect(Long.BYTES + BLOCK_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /** Size of the file when it was opened; a trace that still grows is read up to here. */
    private final long fileBytes;

    private ByteBuffer payload;
    private long blockOffset;
    private long position;
    private int kind;
    private int length;

    /** Of the format; set by who has checked it. */
    private int version = TraceFormat.VERSION;

    BlockInput(SeekableByteChannel channel) throws IOException {
        this.channel = channel;
        this.fileBytes = channel.size();
        payload = ByteBuffer.allocateDirect((int) Math.min(fileBytes, FIRST_PAYLOAD_BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The first bytes of the file, fewer if it has fewer. */
    ByteBuffer fileHeader() throws IOException {
        ByteBuffer start = ByteBuffer.allocateDirect(FILE_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        fill(start);
        return start.flip();
    }

    /**
     * Reads the next block.
     *
     * @return false if the file ends before the block does
     * @throws TraceFormatException if the block is damaged
     */
    boolean next() throws IOException {
        return nextHeader() && readPayload();
    }

    /** Reads the header of the next block; its payload must be read or skipped before the next one. */
    boolean nextHeader() throws IOException {
        blockOffset = position;
        header.clear().position(Long.BYTES);
        if (!fill(header)) {
            return false;
        }
        header.putLong(0, blockOffset);
        kind = header.getInt(Long.BYTES);
        length = header.getInt(Long.BYTES + 4);
        expectChecksum("block header", header.flip().limit(Long.BYTES + 12), Long.BYTES + 12);
        if (length < 0 || length > MAX_PAYLOAD_BYTES) {
            throw new TraceFormatException(
                    blockOffset + 4,
                    "a block of at most " + MAX_PAYLOAD_BYTES + " bytes",
                    Integer.toUnsignedString(length));
        }
        return true;
    }

    /** Reads and checks the payload, wherever in it we stand; false if the file ends before it does. */
    boolean readPayload() throws IOException {
        seek(payloadOffset());
        if (length > fileBytes - position || !fill(room(length))) {
            return false;
        }
        expectChecksum("block", payload.flip(), Long.BYTES + 8);
        payload.rewind();
        return true;
    }

    /** Reads the first bytes of the payload, unchecked, as if there were no more; false if the file ends before. */
    boolean readHead(int most) throws IOException {
        int bytes = Math.min(length, most);
        boolean isThere = fill(room((int) Math.min(bytes, Math.max(0, fileBytes - position))));
        payload.flip();
        return isThere && payload.limit() == bytes;
    }

    /** Steps over what is left of the payload; false if the file ends before. */
    boolean skipPayload() throws IOException {
        seek(payloadOffset() + length);
        return position <= fileBytes;
    }

    /** Goes to where a block begins. */
    void skipTo(long offset) throws IOException {
        seek(offset);
    }

    private ByteBuffer room(int bytes) {
        if (payload.capacity() < bytes) {
            payload = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
        return payload.clear().limit(bytes);
    }

    private void seek(long offset) throws IOException {
        if (position != offset) {
            channel.position(offset);
            position = offset;
        }
    }

    /** Nothing may follow the block that was read last. */
    void expectFileEnd() throws TraceFormatException {
        if (position != fileBytes) {
            throw new TraceFormatException(position, "the end of the file", fileBytes - position + " bytes more");
        }
    }

    /** Compares the checksum of the bytes with the one in the header. */
    private void expectChecksum(String what, ByteBuffer bytes, int checksumAt) throws TraceFormatException {
        checksum.reset();
        checksum.update(bytes);
        header.clear();
        int expected = header.getInt(checksumAt);
        int found = (int) checksum.getValue();
        if (expected != found) {
            throw new TraceFormatException(
                    blockOffset,
                    "a " + what + " with checksum " + Integer.toHexString(expected),
                    Integer.toHexString(found));
        }
    }

    /** Fills the buffer; false if the file ends before. */
    private boolean fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer);
            if (read < 0) {
                return false;
            }
            position += read;
        }
        return true;
    }

    void setVersion(int found) {
        version = found;
    }

    /** Whether its streams were compressed as they were up to version 4. */
    boolean isDeflated() {
        return version <= TraceFormat.LAST_DEFLATED_VERSION;
    }

    int kind() {
        return kind;
    }

    /** The checked payload, from position 0 to its limit. */
    ByteBuffer payload() {
        return payload;
    }

    PayloadReader wholePayload() {
        return new PayloadReader(payload.slice(0, payload.limit()).order(ByteOrder.LITTLE_ENDIAN), payloadOffset());
    }

    long payloadOffset() {
        return blockOffset + BLOCK_HEADER_BYTES;
    }

    long blockOffset() {
        return blockOffset;
    }

    /** How far the file has been read, in bytes. */
    long position() {
        return position;
    }

    long fileBytes() {
        return fileBytes;
    }
}
