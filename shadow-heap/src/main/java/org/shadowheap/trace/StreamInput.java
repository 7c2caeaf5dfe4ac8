package org.shadowheap.trace;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The streams of one block after the other, decompressed; their arrays are used again. */
final class StreamInput implements AutoCloseable {

    private final Inflater inflater = new Inflater(true);
    private final byte[][] bytes = new byte[BlockStreams.COUNT][0];
    private final int[] sizes = new int[BlockStreams.COUNT];

    /**
     * Takes the streams out of a payload, from the table of their sizes to its end.
     *
     * @param payload positioned behind that table
     */
    void read(BlockTable table, ByteBuffer payload, long payloadOffset) throws TraceFormatException {
        for (int which = 0; which < BlockStreams.COUNT; which++) {
            int stored = table.storedBytes(which);
            int size = table.bytes(which);
            if (bytes[which].length < size) {
                bytes[which] = new byte[Math.max(size, 2 * bytes[which].length)];
            }
            sizes[which] = size;
            int at = payload.position();
            if (stored == size) {
                payload.get(bytes[which], 0, size);
            } else {
                inflate(payload.slice(at, stored), which, payloadOffset + at);
                payload.position(at + stored);
            }
        }
    }

    private void inflate(ByteBuffer stored, int which, long offset) throws TraceFormatException {
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
        inflater.end();
    }
}
