package org.shadowheap.trace;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** The streams of one block after the other, decompressed; their arrays are used again. */
final class StreamInput implements AutoCloseable {

    private static final byte[] NOTHING = {};

    /** For traces up to version 4; made when the first of them is read. */
    private @Nullable Inflater inflater;

    private byte[] compressed = NOTHING;
    private final byte[][] bytes = new byte[BlockStreams.COUNT][0];
    private final int[] sizes = new int[BlockStreams.COUNT];

    /**
     * Takes the streams out of a payload, from the table of their sizes to its end.
     *
     * @param payload positioned behind that table
     * @param isDeflated whether they were compressed as they were up to version 4
     */
    void read(BlockTable table, ByteBuffer payload, long payloadOffset, boolean isDeflated)
            throws TraceFormatException {
        for (int which = 0; which < BlockStreams.COUNT; which++) {
            int stored = table.storedBytes(which);
            int size = table.bytes(which);
            bytes[which] = room(bytes[which], size);
            sizes[which] = size;
            int at = payload.position();
            if (stored == size) {
                payload.get(bytes[which], 0, size);
            } else if (isDeflated) {
                inflate(payload.slice(at, stored), which, payloadOffset + at);
                payload.position(at + stored);
            } else {
                compressed = room(compressed, stored);
                payload.get(compressed, 0, stored);
                decompress(stored, which, payloadOffset + at);
            }
        }
    }

    private static byte[] room(byte[] array, int size) {
        int needed = size + Lz4Decompressor.SLACK;
        return array.length >= needed ? array : new byte[Math.max(needed, 2 * array.length)];
    }

    private void decompress(int stored, int which, long offset) throws TraceFormatException {
        try {
            Lz4Decompressor.decompress(compressed, stored, bytes[which], sizes[which]);
        } catch (IndexOutOfBoundsException e) {
            throw new TraceFormatException(
                    offset, "a stream of " + sizes[which] + " bytes, compressed by LZ4", "other bytes");
        }
    }

    private void inflate(ByteBuffer stored, int which, long offset) throws TraceFormatException {
        Inflater inflater = this.inflater;
        if (inflater == null) {
            inflater = new Inflater(true);
            this.inflater = inflater;
        }
        inflater.reset();
        inflater.setInput(stored);
        int size = sizes[which];
        int done = 0;
        try {
            while (done < size) {
                int more = inflater.inflate(bytes[which], done, size - done);
                if (more == 0) {
                    break;
                }
                done += more;
            }
            // The end of the compressed data is known only behind its last byte.
            boolean isWhole = done == size && inflater.inflate(new byte[1]) == 0 && inflater.finished();
            if (!isWhole || inflater.getRemaining() != 0) {
                throw new TraceFormatException(
                        offset, "a stream of " + size + " bytes", "one that ends elsewhere: decompressed=" + done);
            }
        } catch (DataFormatException e) {
            throw new TraceFormatException(offset, "deflated bytes", String.valueOf(e.getMessage()));
        }
    }

    byte[] bytes(int which) {
        return bytes[which];
    }

    int size(int which) {
        return sizes[which];
    }

    @Override
    public void close() {
        if (inflater != null) {
            inflater.end();
        }
    }
}
