package org.shadowheap.trace;

import java.util.Arrays;

/** What stands at the beginning of a block of events, uncompressed: how many records of each kind, and sizes of streams. */
final class BlockTable {

    /** Most bytes that the numbers of records take. */
    static final int MAX_BYTES = Integer.BYTES + Byte.BYTES + 255 * (Byte.BYTES + Integer.BYTES);

    /**
     * DEFLATE makes no more bytes of one: a match of 258 bytes takes two bits at least. LZ4 makes 255 at most, but for a few. So the memory
     * for a stream is in proportion to the file, whatever sizes a damaged one claims.
     */
    private static final long MOST_OF_A_BYTE = 258 * Byte.SIZE / 2;

    private final int[] kinds = new int[256];
    private final int[] bytes = new int[BlockStreams.COUNT];
    private final int[] storedBytes = new int[BlockStreams.COUNT];
    private int records;

    /** Writes the table of what was encoded; the sizes of its streams are filled in later. */
    static void put(BlockBuffer block, RecordEncoder encoder) {
        block.putInt(encoder.records());
        int different = 0;
        for (int kind = 0; kind < 256; kind++) {
            different += encoder.count(kind) == 0 ? 0 : 1;
        }
        block.putByte(different);
        for (int kind = 0; kind < 256; kind++) {
            if (encoder.count(kind) != 0) {
                block.putByte(kind);
                block.putInt(encoder.count(kind));
            }
        }
    }

    /** Reads the numbers of records. */
    void readHead(PayloadReader payload) throws TraceFormatException {
        records = payload.between("a number of records", 1, TraceFormat.BLOCK_RECORDS);
        Arrays.fill(kinds, 0);
        int left = records;
        int last = 0;
        for (int different = payload.int8(); different > 0; different--) {
            int kind = payload.int8();
            if (kind <= last) {
                throw payload.unexpected("a kind of record above " + last, kind, Byte.BYTES);
            }
            kinds[kind] = payload.between("a number of records", 1, left);
            left -= kinds[kind];
            last = kind;
        }
        if (left != 0) {
            throw payload.unexpected("kinds of all " + records + " records", records - left, 0);
        }
    }

    /** Reads the whole table, behind which the streams of its block follow. */
    void read(PayloadReader payload) throws TraceFormatException {
        readHead(payload);
        long stored = 0;
        for (int which = 0; which < BlockStreams.COUNT; which++) {
            bytes[which] = payload.between("the size of a stream", 0, TraceFormat.MAX_PAYLOAD_BYTES);
            storedBytes[which] = payload.between("the stored size of a stream", 0, bytes[which]);
            if (bytes[which] > MOST_OF_A_BYTE * storedBytes[which]) {
                throw payload.unexpected(
                        "a stored size of a stream that " + bytes[which] + " bytes fit into",
                        storedBytes[which],
                        Integer.BYTES);
            }
            stored += storedBytes[which];
        }
        if (stored != payload.remaining()) {
            throw new TraceFormatException(
                    payload.offset(), "streams of " + stored + " bytes", payload.remaining() + " bytes");
        }
    }

    int records() {
        return records;
    }

    int count(int kind) {
        return kinds[kind];
    }

    int bytes(int which) {
        return bytes[which];
    }

    int storedBytes(int which) {
        return storedBytes[which];
    }
}
