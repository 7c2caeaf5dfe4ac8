package org.shadowheap.trace;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/**
 * Makes the payload of an event block of a buffer of records: takes them apart and compresses the streams.
 *
 * <p>The compressor is the JDK's own zlib, which needs no native library and no Unsafe of ours, and prints nothing on any JDK.
 */
final class BlockEncoder implements AutoCloseable {

    private static final int LEAST_WORTH_COMPRESSING = 32;
    private static final int SIZES = 2 * Integer.BYTES;

    private final RecordEncoder records = new RecordEncoder();
    private final Deflater deflater = new OwnDeflater();

    /**
     * A class of ours, whose instances are not mirrored: what is stored to one is not recorded, and its fields are compared
     * with nothing.
     */
    private static final class OwnDeflater extends Deflater {
        OwnDeflater() {
            super(BEST_SPEED, true);
        }
    }

    /** Appends the payload to an empty block. */
    void encode(ByteBuffer raw, BlockBuffer block) {
        records.encode(raw);
        BlockTable.put(block, records);
        int sizes = block.payloadBytes();
        for (int which = 0; which < BlockStreams.COUNT; which++) {
            block.putLong(0);
        }
        for (int which = 0; which < BlockStreams.COUNT; which++) {
            ByteStream stream = records.stream(which);
            int before = block.payloadBytes();
            int size = stream.size();
            append(stream.content(), block.room(size));
            block.setInt(sizes + which * SIZES, size);
            block.setInt(sizes + which * SIZES + Integer.BYTES, block.payloadBytes() - before);
        }
    }

    /** Appends the stream in fewer bytes than it has, or as it is. */
    private void append(ByteBuffer stream, ByteBuffer room) {
        int size = stream.remaining();
        if (size >= LEAST_WORTH_COMPRESSING) {
            int from = room.position();
            deflater.reset();
            deflater.setInput(stream);
            deflater.finish();
            deflater.deflate(room.limit(from + size - 1));
            room.limit(room.capacity());
            if (deflater.finished()) {
                return;
            }
            room.position(from);
        }
        room.put(stream.rewind());
    }

    @Override
    public void close() {
        deflater.end();
    }
}
