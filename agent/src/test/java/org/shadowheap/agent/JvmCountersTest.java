package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.shadowheap.barrier.CollectionCounter;

/** The counters of a JVM are found in its memory, laid out here as HotSpot does it. */
class JvmCountersTest {

    private static final String YOUNG = " young collection pauses";
    private static final int FIRST = 32;

    private final ByteBuffer memory = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    private int end = FIRST;
    private int entries;

    @BeforeEach
    void header() {
        memory.order(ByteOrder.BIG_ENDIAN).putInt(0, 0xcafec0c0);
        memory.order(ByteOrder.LITTLE_ENDIAN).put(4, (byte) 1).putInt(24, FIRST);
    }

    /** Returns where its value lies. */
    private int add(String name, char type, int length, byte[] value) {
        byte[] text = (name + '\0').getBytes(StandardCharsets.UTF_8);
        int valueOffset = 20 + text.length + 7 & -8;
        int bytes = valueOffset + value.length + 7 & -8;
        memory.putInt(end, bytes).putInt(end + 4, 20).putInt(end + 8, length);
        memory.put(end + 12, (byte) type).putInt(end + 16, valueOffset);
        memory.put(end + 20, text).put(end + valueOffset, value);
        int at = end + valueOffset;
        end += bytes;
        memory.putInt(28, ++entries);
        return at;
    }

    private int addLong(String name) {
        return add(name, 'J', 0, new byte[8]);
    }

    private void addText(String name, String text) {
        byte[] bytes = (text + "\0\0\0").getBytes(StandardCharsets.UTF_8);
        add(name, 'B', bytes.length, bytes);
    }

    private void addCollector(int number, String name) {
        addText("sun.gc.collector." + number + ".name", name);
        addLong("sun.gc.collector." + number + ".lastEntryTime");
        addLong("sun.gc.collector." + number + ".lastExitTime");
    }

    @Test
    void aLongIsFoundByItsNameAndATextIsRead() {
        addText("sun.gc.policy.name", "Copy:MSC");
        int one = addLong("sun.one");
        int two = addLong("sun.two");
        JvmCounters counters = new JvmCounters(memory);
        assertEquals(one, counters.offset("sun.one"));
        assertEquals(two, counters.offset("sun.two"));
        assertEquals("Copy:MSC", counters.text("sun.gc.policy.name"));
        assertNull(counters.offset("sun.gc.policy.name"));
        assertNull(counters.offset("sun"));
        assertNull(counters.text("sun.one"));
    }

    @Test
    void numbersOfABigEndianMachineAreRead() {
        int at = addLong("sun.one");
        ByteBuffer other = ByteBuffer.allocate(memory.capacity()).put(0, memory, 0, memory.capacity());
        other.put(4, (byte) 0);
        for (int word : new int[] {24, 28, FIRST, FIRST + 4, FIRST + 8, FIRST + 16}) {
            other.putInt(
                    word,
                    Integer.reverseBytes(memory.order(ByteOrder.BIG_ENDIAN).getInt(word)));
        }
        assertEquals(at, new JvmCounters(other).offset("sun.one"));
    }

    @Test
    void anEntryThatIsBeingMadeEndsTheSearch() {
        addLong("sun.one");
        memory.putInt(28, ++entries);
        assertNotNull(new JvmCounters(memory).offset("sun.one"));
        int second = end;
        addLong("sun.two");
        memory.putInt(28, entries - 1);
        memory.putInt(second, memory.capacity());
        JvmCounters counters = new JvmCounters(memory);
        assertNotNull(counters.offset("sun.one"));
        assertNull(counters.offset("sun.two"), "longer than the memory");
    }

    @Test
    void otherMemoryHasNoCounters() {
        addLong("sun.one");
        memory.put(0, (byte) 0);
        assertNull(new JvmCounters(memory).offset("sun.one"));
        assertNull(new JvmCounters(ByteBuffer.allocate(0)).offset("sun.one"));
    }

    @Test
    void theCollectorIsFoundByWhatItDoes() {
        addCollector(0, "X full collection pauses");
        int other = addLong("sun.gc.collector.0.invocations");
        addCollector(1, "X young collection pauses");
        int count = addLong("sun.gc.collector.1.invocations");
        JvmCounters counters = new JvmCounters(memory);
        CollectionCounter young = CollectionCounters.find(counters, 1 << 20, YOUNG);
        assertNotNull(young);
        assertEquals((1 << 20) + count, young.count());
        assertEquals((1 << 20) + counters.offset("sun.gc.collector.1.lastEntryTime"), young.lastEntry());
        assertEquals((1 << 20) + counters.offset("sun.gc.collector.1.lastExitTime"), young.lastExit());
        CollectionCounter full = CollectionCounters.find(counters, 0, " full collection pauses");
        assertNotNull(full);
        assertEquals(other, full.count());
    }

    /** ZGC and Shenandoah count the pauses of a cycle there. */
    @Test
    void whatCountsSomethingElseIsNotTaken() {
        addCollector(0, "ZGC minor collection pauses");
        addLong("sun.gc.collector.0.invocations");
        addCollector(1, "X young collection pauses");
        assertNull(CollectionCounters.find(new JvmCounters(memory), 0, YOUNG), "no count");
    }
}
