package org.shadowheap.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shadowheap.replay.GrowingList.BOUND;
import static org.shadowheap.replay.GrowingList.NEXT_OFFSET;
import static org.shadowheap.replay.GrowingList.NODE_TYPE;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;

final class EtExportTest {

    @TempDir
    private Path directory;

    private Path trace;

    @BeforeEach
    void name() {
        trace = directory.resolve("trace");
    }

    private String export(Consumer<EventSink> program) throws IOException {
        GrowingList.record(trace, program);
        StringWriter out = new StringWriter();
        long lines = new EtExport(trace, HeapOverrides.NONE, BOUND).write(out, new SweepMeter());
        assertEquals(lines, out.toString().lines().count());
        return out.toString();
    }

    /** Ids are 0x64 for the list's first node, then 0xc8 and up. */
    @Test
    void linesAreWhatHappenedAndWhatDied() throws IOException {
        String text = export(sink -> {
            GrowingList.append(sink, 1);
            sink.type(new TypeDefinition(4, "int[]", 0, 0, Shape.PRIMITIVE_ARRAY, 16, 4, List.of(), List.of()));
            sink.type(new TypeDefinition(5, "app.Node[][]", 1, 0, Shape.REFERENCE_ARRAY, 16, 4, List.of(), List.of()));
            sink.birth(0xc8, NODE_TYPE, 0);
            sink.birth(0xc9, 4, 10);
            sink.birth(0xca, 5, 2);
            sink.fieldStore(0x64, NEXT_OFFSET, 0xc8, 1);
            sink.arrayStore(0xca, 1, 0xc8, 1);
            sink.round();
            sink.fieldStore(0x64, NEXT_OFFSET, 0xcb, 1); // read before the birth of its value
            sink.arrayCopy(0xca, 1, 1);
            sink.copiedElement(0xca, 1, 0, 1);
            sink.fieldStore(0x64, NEXT_OFFSET, 0, 1);
            sink.fieldStore(0xcb, NEXT_OFFSET, 0x64, 1);
            sink.fieldStore(0xcb, NEXT_OFFSET, 0xca, 1); // and the heap does not know yet what it held
            sink.birth(0xcb, NODE_TYPE, 0);
            sink.roots(7);
            sink.root(7, 0x64);
            sink.contact(0xcc, NODE_TYPE, 0);
            sink.snapshotSlot(0xcc, NEXT_OFFSET, 0x64);
            sink.snapshotEnd(0xcc);
            sink.fieldStore(0xcd, NEXT_OFFSET, 0xcb, 1); // an object that never was
            sink.round();
        });
        assertEquals("""
                P 1 78 Ljava/lang/Class; 0 0
                P 2 78 Ljava/lang/Class; 0 0
                P 3 78 Ljava/lang/Class; 0 0
                N 64 18 Lapp/Node; 0 0
                U 0 3 64 70 0
                N c8 18 Lapp/Node; 0 0
                A c9 38 [I 0 a 0
                A ca 18 [[Lapp/Node; 0 2 0
                U 0 64 c8 c 0
                U 0 ca c8 1 0
                N cb 18 Lapp/Node; 0 0
                R 64 7
                V cc 18 Lapp/Node; 0 0
                U c8 64 cb c 0
                U c8 ca 0 1 0
                U cb 64 0 c 0
                U 0 cb 64 c 0
                U 64 cb ca c 0
                U 0 cc 64 c 0
                D c8 0
                D c9 0
                D ca 0
                D cb 0
                """, text);
    }

    /** The nursery has 8 KiB, the nodes 24 bytes: those that die do so within 7 rounds, and never before they are dropped. */
    @Test
    void whatIsDroppedDiesSoonAndWhatStaysDoesNot() throws IOException {
        EtReader reader = new EtReader();
        export(sink -> GrowingList.append(sink, 5_000)).lines().forEach(reader::read);
        assertEquals(3 + 5_000, reader.living.size() + reader.dead.size());
        assertEquals(3 + 3_334, reader.living.size(), "of three nodes one is dropped");
        assertEquals(0, reader.danglingSlots());
        assertEquals(0, reader.surprises);
        String text = export(sink -> GrowingList.append(sink, 5_000));
        List<String> lines = text.lines().toList();
        int birth = lines.indexOf("N 66 18 Lapp/Node; 0 0");
        int death = lines.indexOf("D 66 0");
        assertTrue(birth > 0 && death > birth && death < birth + 8 * 100, "birth=" + birth + " death=" + death);
    }

    @Test
    void writerThatFailsIsAFailureAndSoIsBeingStopped() throws IOException {
        GrowingList.record(trace);
        EtExport export = new EtExport(trace, HeapOverrides.NONE, BOUND);
        Writer full = new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("no space left");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        assertEquals(
                "no space left",
                assertThrows(IOException.class, () -> export.write(full, new SweepMeter()))
                        .getMessage());
        SweepMeter stopped = new SweepMeter();
        stopped.stop();
        assertThrows(CancellationException.class, () -> export.write(new StringWriter(), stopped));
    }
}
