package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.shadowheap.event.EventSinkAdapter;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.targets.StoresUntilKilled;
import org.shadowheap.trace.TraceContents;
import org.shadowheap.trace.TraceReader;

/** Reads the stores of {@link StoresUntilKilled} from a trace: the k-th value of a holder has a length of its own. */
final class RecoveredStores extends EventSinkAdapter {

    private static final String HOLDER = StoresUntilKilled.Holder.class.getName();
    private static final int MOST_TOLD = 5;

    private final Map<Integer, Integer> lengths = new HashMap<>();
    private final Map<Integer, Integer> holders = new HashMap<>();
    private final List<Long> stores = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private int type;
    private int offset;
    private long lost;

    private RecoveredStores() {}

    /**
     * Each holder has the stores that were announced as done, in order and each once, and at most the one that was under way.
     * Returns how many there are.
     *
     * @param announced what the program said
     */
    static long assertComplete(Path trace, Path announced) throws IOException {
        RecoveredStores seen = new RecoveredStores();
        try (TraceReader reader = TraceReader.open(trace)) {
            TraceContents contents = reader.read(seen);
            assertFalse(contents.cut(), "cut");
            assertTrue(
                    String.valueOf(contents.end().stopped()).contains("was recovered"),
                    String.valueOf(contents.end().stopped()));
        }
        assertEquals(List.of(), seen.wrong);
        assertEquals(0, seen.lost, "lost");
        ByteBuffer done = ByteBuffer.wrap(Files.readAllBytes(announced)).order(ByteOrder.nativeOrder());
        long all = 0;
        for (int i = 0; done.hasRemaining(); i++) {
            long said = done.getLong();
            long found = i < seen.stores.size() ? seen.stores.get(i) : 0;
            assertTrue(found == said || found == said + 1, "holder " + i + ": said=" + said + " found=" + found);
            all += found;
        }
        return all;
    }

    @Override
    public void type(TypeDefinition definition) {
        if (definition.name().equals(HOLDER)) {
            type = definition.id();
            offset = definition.fields().stream()
                    .filter(field -> field.name().equals("value"))
                    .mapToInt(FieldDefinition::offset)
                    .findAny()
                    .orElseThrow();
        }
    }

    @Override
    public void birth(int object, int itsType, int extent) {
        if (type != 0 && itsType == type) {
            holders.put(object, stores.size());
            stores.add(0L);
        } else {
            lengths.put(object, extent);
        }
    }

    @Override
    public void fieldStore(int object, int itsOffset, int value, int site) {
        Integer holder = holders.get(object);
        if (holder != null && itsOffset == offset && value != 0) {
            long number = stores.get(holder);
            Integer length = lengths.remove(value);
            if ((length == null || length != number % StoresUntilKilled.LENGTHS) && wrong.size() < MOST_TOLD) {
                wrong.add("holder " + holder + " store " + number + " length " + length);
            }
            stores.set(holder, number + 1);
        }
    }

    @Override
    public void lost(long events) {
        lost += events;
    }
}
