package org.shadowheap.agent;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The counters that a HotSpot JVM keeps of itself, as {@code jcmd PID PerfCounter.print} shows them: where each lies in a block of memory.
 *
 * <pre>
 *   header                              entry
 *    0  magic CA FE C0 C0                 0  bytes of the entry      4
 *    4  1 if little-endian   1            4  offset of its name      4
 *    8  bytes used           4            8  0 if it is one value    4
 *   24  offset of the first entry  4     12  type, J: a long         1
 *   28  number of entries    4           16  offset of its value     4
 * </pre>
 *
 * Offsets in an entry are bytes from its beginning; names and texts end with a zero.
 */
final class JvmCounters {

    private static final int MAGIC = 0xcafec0c0;
    private static final int ORDER = 4;
    private static final int FIRST_ENTRY = 24;
    private static final int ENTRIES = 28;
    private static final int HEADER_BYTES = 32;

    private static final int NAME_OFFSET = 4;
    private static final int LENGTH = 8;
    private static final int TYPE = 12;
    private static final int VALUE_OFFSET = 16;
    private static final int ENTRY_BYTES = 20;

    private final ByteBuffer memory;

    /** Where the values lie that are one long, in bytes from the beginning of the memory, and where texts do. */
    private final Map<String, Integer> longs = new HashMap<>();

    private final Map<String, Integer> texts = new HashMap<>();

    /**
     * @param memory that the JVM writes; what is not laid out as told above has no counters
     */
    JvmCounters(ByteBuffer memory) {
        this.memory = memory.duplicate();
        if (memory.capacity() < HEADER_BYTES
                || this.memory.order(ByteOrder.BIG_ENDIAN).getInt(0) != MAGIC) {
            return;
        }
        this.memory.order(memory.get(ORDER) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int entry = this.memory.getInt(FIRST_ENTRY);
        for (int left = this.memory.getInt(ENTRIES); left > 0 && isEntry(entry); left--) {
            add(entry);
            entry += this.memory.getInt(entry);
        }
    }

    /** One that is being made while we look may have no length yet. */
    private boolean isEntry(int entry) {
        return entry >= HEADER_BYTES
                && entry <= memory.capacity() - ENTRY_BYTES
                && memory.getInt(entry) >= ENTRY_BYTES
                && memory.getInt(entry) <= memory.capacity() - entry;
    }

    private void add(int entry) {
        String name = textAt(entry + memory.getInt(entry + NAME_OFFSET));
        boolean isOne = memory.getInt(entry + LENGTH) == 0;
        byte type = memory.get(entry + TYPE);
        int value = entry + memory.getInt(entry + VALUE_OFFSET);
        if (name == null || value < entry || value > entry + memory.getInt(entry) - (isOne ? Long.BYTES : 1)) {
            return;
        }
        if (isOne && type == 'J') {
            longs.put(name, value);
        } else if (!isOne && type == 'B') {
            texts.put(name, value);
        }
    }

    private @Nullable String textAt(int offset) {
        int end = Math.max(offset, 0);
        while (end < memory.capacity() && memory.get(end) != 0) {
            end++;
        }
        byte[] bytes = new byte[end - Math.max(offset, 0)];
        memory.get(Math.max(offset, 0), bytes);
        return end == memory.capacity() ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /** Where the value of a counter lies, in bytes from the beginning of the memory; null if there is none of that name. */
    @Nullable
    Integer offset(String name) {
        return longs.get(name);
    }

    /** A text that the JVM tells; null if there is none of that name. */
    @Nullable
    String text(String name) {
        Integer offset = texts.get(name);
        return offset == null ? null : textAt(offset);
    }
}
