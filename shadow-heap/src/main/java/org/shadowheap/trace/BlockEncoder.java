package org.shadowheap.trace;

import java.nio.ByteBuffer;

/** Makes the payload of an event block of a buffer of records: takes them apart and compresses the streams. */
final class BlockEncoder {

    private static final int LEAST_WORTH_COMPRESSING = 32;
    private static final int SIZES = 2 * Integer.BYTES;

    private final RecordEncoder records = new RecordEncoder();
    private final Lz4Compressor compressor = new Lz4Compressor();

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
            append(stream.content(), block.room(Lz4Compressor.bound(size)));
            block.setInt(sizes + which * SIZES, size);
            block.setInt(sizes + which * SIZES + Integer.BYTES, block.payloadBytes() - before);
        }
    }

    /** Appends the stream in fewer bytes than it has, or as it is. */
    private void append(ByteBuffer stream, ByteBuffer room) {
        int size = stream.remaining();
        if (size >= LEAST_WORTH_COMPRESSING) {
            int from = room.position();
            compressor.compress(stream, room);
            if (room.position() - from < size) {
                return;
            }
            room.position(from);
        }
        room.put(stream.rewind());
    }
}
