package org.shadowheap.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.shadowheap.analysis.RecordedConfiguration;
import org.shadowheap.collect.CollectedHeap;
import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.EventDecoder;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.RecordSink;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.layout.EventRecord;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.ShadowHeap;

/**
 * The first four million records of a recorded program, from memory: encoded as a trace is, decoded, and applied to a shadow heap with its
 * collections. Nanoseconds a record. {@code -p trace=FILE} says which.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RecordBenchmark {

    private static final int RECORDS = 1 << 22;
    private static final int BLOCKS = RECORDS / TraceFormat.BLOCK_RECORDS;
    private static final long BOUND_BYTES = 4L << 30;

    /** The trace; it must have as many records. */
    @Param("ecj.shtrace")
    private String trace;

    /** Two words a record; those of definitions are left out, and what they define is told before all. */
    private final long[] words = new long[2 * RECORDS];

    private final List<TypeDefinition> types = new ArrayList<>();
    private final ByteBuffer[] raw = new ByteBuffer[BLOCKS];
    private final ByteBuffer[] encoded = new ByteBuffer[BLOCKS];
    private final BlockEncoder encoder = new BlockEncoder();
    private final BlockBuffer block = new BlockBuffer(1 << 20);
    private final StreamInput streams = new StreamInput();
    private final BlockTable table = new BlockTable();
    private final RecordDecoder decoder = new RecordDecoder();
    private final long[] decoded = new long[2 * TraceFormat.BLOCK_RECORDS];

    /** Replaced by that of the trace. */
    private HeapConfiguration configuration = new HeapConfiguration(1 << 20, 4096, 1, BOUND_BYTES, ObjectModel.DEFAULT);

    /** Reads the trace. */
    @Setup
    public void read() throws IOException {
        Taking taking = new Taking();
        try (TraceReader reader = TraceReader.open(Path.of(trace))) {
            configuration = RecordedConfiguration.read(reader.recording(), BOUND_BYTES);
            reader.readRecords(taking, TraceReader.Progress.NONE);
        }
        if (taking.taken < RECORDS) {
            throw new IOException("the trace must have " + RECORDS + " records: records=" + taking.taken);
        }
        for (int i = 0; i < BLOCKS; i++) {
            raw[i] = ByteBuffer.allocateDirect(TraceFormat.BLOCK_RECORDS * EventRecord.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN);
            raw[i].asLongBuffer().put(words, 2 * i * TraceFormat.BLOCK_RECORDS, 2 * TraceFormat.BLOCK_RECORDS);
            encode(i);
            ByteBuffer payload = block.payload();
            encoded[i] = ByteBuffer.allocateDirect(payload.remaining()).order(ByteOrder.LITTLE_ENDIAN);
            encoded[i].put(payload).flip();
        }
    }

    /** Closes what is native. */
    @TearDown
    public void close() {
        streams.close();
    }

    private void encode(int number) {
        block.truncate(0);
        encoder.encode(raw[number], block);
    }

    /** Records to the bytes of a trace. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public int encode() {
        int bytes = 0;
        for (int i = 0; i < BLOCKS; i++) {
            encode(i);
            bytes += block.payloadBytes();
        }
        return bytes;
    }

    /** The bytes of a trace to records. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long decode() throws IOException {
        long sum = 0;
        for (ByteBuffer each : encoded) {
            decompress(each);
            decoder.decode(decoded, table.records());
            sum += decoded[0];
        }
        return sum;
    }

    /** Of {@link #decode}, decompression alone. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long decompress() throws IOException {
        long sum = 0;
        for (ByteBuffer each : encoded) {
            decompress(each);
            sum += table.records();
        }
        return sum;
    }

    private void decompress(ByteBuffer payload) throws IOException {
        ByteBuffer whole = payload.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        PayloadReader head = new PayloadReader(whole, 0);
        table.read(head);
        streams.read(table, whole, 0, false);
        decoder.begin(streams);
    }

    /** Records to a new shadow heap, collections included. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long apply() {
        try (ShadowHeap heap = CollectedHeap.open(configuration, (site, type, young, listed) -> {}, result -> {})) {
            types.forEach(heap::type);
            for (int i = 0; i < words.length; i += 2) {
                EventDecoder.decode(words[i], words[i + 1], heap);
            }
            return heap.usedBytes();
        }
    }

    /** Takes the first records. */
    private final class Taking implements RecordSink {
        private int taken;

        @Override
        public void type(TypeDefinition type) {
            types.add(type);
        }

        @Override
        public void site(SiteDefinition site) {}

        @Override
        public void caller(CallerDefinition caller) {}

        @Override
        public void records(long[] batch, int count) {
            for (int i = 0; i < count && taken < RECORDS; i++) {
                if (EventRecord.kind(batch[2 * i + 1]) < EventDecoder.DEFINITIONS) {
                    words[2 * taken] = batch[2 * i];
                    words[2 * taken + 1] = batch[2 * i + 1];
                    taken++;
                }
            }
        }
    }
}
