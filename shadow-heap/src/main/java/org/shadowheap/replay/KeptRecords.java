package org.shadowheap.replay;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.DefinitionSink;
import org.shadowheap.event.EventDecoder;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.layout.EventRecord;
import org.shadowheap.memory.NativeMemory;
import org.shadowheap.memory.OffHeap;
import org.shadowheap.trace.TraceReader;

/**
 * The beginning of a trace as its first reading decoded it, up to some bound: whoever replays it next need not decode it again.
 *
 * <p>One thread fills it, block by block; then any number may {@link #play} it at the same time. Sixteen bytes of native memory for a
 * record, in pieces.
 */
final class KeptRecords implements AutoCloseable {

    private static final int PIECE_RECORDS = 1 << 16;
    private static final long PIECE_BYTES = (long) PIECE_RECORDS * EventRecord.BYTES;

    /** What is played at once, from a copy in the first cache. */
    private static final int BATCH_RECORDS = 1 << 10;

    private final NativeMemory memory = new NativeMemory();
    private final long mostPieces;
    private final List<Piece> pieces = new ArrayList<>();

    /** Types, sites and callers, in the order of their places among the records. */
    private final List<Object> definitions = new ArrayList<>();

    private long added;

    /** Of what was added, the records before {@link #end}. */
    private long whole;

    /** Behind the last block that is here as a whole, with all before it. */
    private TraceReader.@Nullable Place end;

    private boolean isFull;

    /** Native memory for records, one behind the other. */
    private static final class Piece {
        private final long address;
        private int records;

        Piece(long address) {
            this.address = address;
        }
    }

    /**
     * @param mostBytes of native memory, which are taken as they are needed
     */
    KeptRecords(long mostBytes) {
        mostPieces = mostBytes / PIECE_BYTES;
        isFull = mostPieces == 0;
    }

    /** A definition, of a record that comes next. */
    void define(Object definition) {
        if (!isFull) {
            definitions.add(definition);
        }
    }

    /** The next records, fewer than a piece has. */
    void add(long[] words, int count) {
        if (isFull) {
            return;
        }
        Piece last = pieces.isEmpty() ? null : pieces.get(pieces.size() - 1);
        if (last == null || count > PIECE_RECORDS - last.records) {
            if (pieces.size() == mostPieces) {
                isFull = true;
                return;
            }
            try {
                last = new Piece(memory.allocate(PIECE_BYTES));
            } catch (OutOfMemoryError enough) {
                isFull = true; // the rest is read again
                return;
            }
            pieces.add(last);
        }
        OffHeap.copyPlain(words, last.address + (long) last.records * EventRecord.BYTES, 2 * count);
        last.records += count;
        added += count;
    }

    /** A block has ended here. */
    void blockEnds(TraceReader.Place place) {
        if (!isFull) {
            end = place;
            whole = added;
        }
    }

    /**
     * Hands what is kept on.
     *
     * @param progress is told after each piece
     * @return where the rest begins; null if nothing is kept
     * @throws ClosedByInterruptException if the thread is interrupted, as when it reads a file
     */
    TraceReader.@Nullable Place play(EventSink sink, TraceReader.Progress progress) throws IOException {
        if (end == null) {
            return null;
        }
        long[] words = new long[2 * BATCH_RECORDS];
        Iterator<Object> nextDefinition = definitions.iterator();
        long done = 0;
        for (int number = 0; done < whole; number++) {
            Piece piece = pieces.get(number);
            int records = (int) Math.min(piece.records, whole - done);
            for (int at = 0; at < records; at += BATCH_RECORDS) {
                int count = Math.min(BATCH_RECORDS, records - at);
                OffHeap.copyPlain(piece.address + (long) at * EventRecord.BYTES, words, 2 * count);
                for (int i = 0; i < count; i++) {
                    if (!EventDecoder.decode(words[2 * i], words[2 * i + 1], sink)) {
                        define(nextDefinition.next(), sink);
                    }
                }
            }
            done += records;
            if (Thread.currentThread().isInterrupted()) {
                throw new ClosedByInterruptException();
            }
            // So far as anybody can tell: the blocks of the file are forgotten.
            progress.reached(end.records() * done / whole, end.bytes() * done / whole);
        }
        return end;
    }

    private static void define(Object definition, DefinitionSink sink) {
        if (definition instanceof TypeDefinition type) {
            sink.type(type);
        } else if (definition instanceof SiteDefinition site) {
            sink.site(site);
        } else {
            sink.caller((CallerDefinition) definition);
        }
    }

    @Override
    public void close() {
        for (Piece each : pieces) {
            memory.free(each.address, PIECE_BYTES);
        }
        pieces.clear();
        end = null;
    }
}
