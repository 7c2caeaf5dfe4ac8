package org.shadowheap.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.shadowheap.barrier.Cells;
import org.shadowheap.drain.Positions;
import org.shadowheap.trace.Checkpoint;

/**
 * A checkpoint on its way: filled by the drain at the end of a round, written by the trace's thread when the file of the trace has
 * come so far.
 */
final class PendingCheckpoint implements Checkpoint, Positions.Visitor {

    private final Checkpoints all;
    private final CRC32C checksum = new CRC32C();
    private byte[] array = new byte[64 * LogLayout.POSITION_BYTES];

    /** Fills the array. */
    private ByteBuffer bytes = wrap(array);

    private long number;
    private long place;
    private boolean endsStart;

    PendingCheckpoint(Checkpoints all) {
        this.all = all;
    }

    private static ByteBuffer wrap(byte[] array) {
        return ByteBuffer.wrap(array).order(ByteOrder.nativeOrder());
    }

    /**
     * Takes positions. On the drain's thread.
     *
     * @param itsNumber one more than that of the checkpoint before
     * @param held what may be freed once it is written
     * @param isEndOfStart whether it is the one that has what was defined during the start
     */
    void take(long itsNumber, Positions positions, HeldLogs held, boolean isEndOfStart) {
        endsStart = isEndOfStart;
        number = itsNumber;
        place = held.place();
        bytes.clear().position(LogLayout.CHECKPOINT_HEADER_BYTES);
        positions.tell(this);
        held.tellEnded(this);
        int logs = (bytes.position() - LogLayout.CHECKPOINT_HEADER_BYTES) / LogLayout.POSITION_BYTES;
        bytes.putLong(0, number).putLong(16, positions.epoch()).putLong(24, logs);
    }

    @Override
    public void log(int log, long cell, long chunk, long position, long key, long lost) {
        // Room for the checksum behind it, too.
        if (bytes.remaining() < LogLayout.POSITION_BYTES + Long.BYTES) {
            array = Arrays.copyOf(array, 2 * array.length);
            bytes = wrap(array).position(bytes.position());
        }
        bytes.putLong(log).putLong(Cells.thread(cell)).putLong(chunk);
        bytes.putLong(position).putLong(key).putLong(lost);
    }

    @Override
    public void written(long fileBytes) {
        bytes.putLong(8, fileBytes);
        checksum.reset();
        checksum.update(array, 0, bytes.position());
        bytes.putLong(checksum.getValue());
        try {
            all.write(number, array, bytes.position(), place);
            if (endsStart) {
                all.startIsWritten();
            }
        } catch (IOException full) {
            all.fail(full);
        }
    }
}
