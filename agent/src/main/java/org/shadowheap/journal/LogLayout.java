package org.shadowheap.journal;

import org.shadowheap.barrier.Cells;
import org.shadowheap.barrier.Chunks;

/**
 * Layout of the file in which the logs of a recording lie; numbers are as the machine has them.
 *
 * <pre>
 *        0 +--------------+---------------+---------------+---------------+
 *          | MAGIC      8 | VERSION     8 | ADDRESS     8 | TRACE       8 |
 *       32 +--------------+---------------+---------------+---------------+
 *          | CHUNK_COUNT 8| END_STAMP   8 | DEFINED     8 | LACKING     8 |
 *       64 +--------------+---------------+---------------+---------------+
 *          | OVER       8 |
 *    {@link #CHECKPOINTS} +--------------+-----------------------------------------------+
 *          | two checkpoints, each of {@link #CHECKPOINT_BYTES}: number, place, positions  |
 *    {@link #CELLS} +--------------------------------------------------------------+
 *          | cells, by number of the log                                  |
 *    {@link #INDEX} +--------------------------------------------------------------+
 *          | where the definitions lie, 8 each                            |
 *    {@link #DEFINITIONS} +--------------------------------------------------------------+
 *          | definitions                                                  |
 *    {@link #CHUNKS} +--------------------------------------------------------------+
 *          | chunks of the logs                                           |
 *          +--------------------------------------------------------------+
 * </pre>
 *
 * What is not used yet is a hole, so the file takes little of its size on the disk.
 */
final class LogLayout {

    /** Like the trace's, with another letter. */
    static final long MAGIC_NUMBER = 0x0a1a_0a0d_4c48_5389L;

    static final long VERSION_NUMBER = 1;

    /** What is mapped begins at a multiple of this, on any machine. */
    static final long GRAIN = 1 << 16;

    static final int MAGIC = 0;
    static final int VERSION = 8;

    /** Where the file was mapped: pointers in cells, chunks and checkpoints are relative to it. */
    static final int ADDRESS = 16;

    /** Identity of the trace that the logs belong to; 0 before there is one. */
    static final int TRACE = 24;

    /** How many chunks there may be. */
    static final int CHUNK_COUNT = 32;

    /** What is stamped later was not recorded; 0 while the recording runs. */
    static final int END_STAMP = 40;

    /** Definitions so far: bytes in the low {@link #BYTES_BITS} bits, number above. */
    static final int DEFINED = 48;

    /**
     * Definitions that neither the trace nor this file may have: those of the start count as one until the trace has them; and each
     * for which there was no room.
     */
    static final int LACKING = 56;

    /** Not 0 if the trace is complete, or nothing may be added to it. */
    static final int OVER = 64;

    static final int HEADER_BYTES = 72;

    static final int BYTES_BITS = 40;

    static final long CHECKPOINTS = GRAIN;

    /** A checkpoint: number, size of the trace in bytes, epoch, number of logs; then the logs; then a CRC32C of all that. */
    static final int CHECKPOINT_HEADER_BYTES = 4 * Long.BYTES;

    /** Of a log: number, id of its thread, chunk, position, key of its run, events lost. */
    static final int POSITION_BYTES = 6 * Long.BYTES;

    /** In place of a position: the log was read to its end, and its thread has ended. */
    static final long ENDED = -1;

    static final long CHECKPOINT_BYTES =
            rounded(CHECKPOINT_HEADER_BYTES + (long) Cells.LOGS * POSITION_BYTES + Long.BYTES);

    static final long CELLS = CHECKPOINTS + 2 * CHECKPOINT_BYTES;

    static final long INDEX = CELLS + rounded(Cells.AREA_BYTES);

    /** Most definitions. */
    static final int INDEX_ENTRIES = 1 << 20;

    /** Of an index entry: bytes of the definition in the low bits, its place above. 0 while it is not written. */
    static final int LENGTH_BITS = 24;

    static final long DEFINITIONS = INDEX + (long) INDEX_ENTRIES * Long.BYTES;

    /** Most bytes of all definitions. */
    static final long DEFINITION_BYTES = 64L << 20;

    static final long CHUNKS = DEFINITIONS + DEFINITION_BYTES;

    private LogLayout() {}

    private static long rounded(long bytes) {
        return bytes + GRAIN - 1 & -GRAIN;
    }

    /** Size of a file with so many chunks. */
    static long fileBytes(long chunks) {
        return CHUNKS + chunks * Chunks.BYTES;
    }
}
