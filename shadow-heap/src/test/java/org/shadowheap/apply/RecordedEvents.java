package org.shadowheap.apply;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.EventDecoder;
import org.shadowheap.event.EventEncoder;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.layout.EventRecord;

/** A stream that can be told again and again. */
final class RecordedEvents extends EventEncoder {

    /** Kind of a record that stands for a definition; no event has it. */
    private static final int TYPE = 100;

    private final List<TypeDefinition> types = new ArrayList<>();
    private long[] words = new long[1 << 10];
    private int size;

    @Override
    protected void record(long word0, long word1) {
        if (size == words.length) {
            words = Arrays.copyOf(words, size * 2);
        }
        words[size++] = word0;
        words[size++] = word1;
    }

    @Override
    public void type(TypeDefinition type) {
        record(0, EventRecord.word1(TYPE, types.size(), 0));
        types.add(type);
    }

    @Override
    public void site(SiteDefinition site) {
        throw new UnsupportedOperationException("sites mean nothing here");
    }

    @Override
    public void caller(CallerDefinition caller) {
        throw new UnsupportedOperationException("callers mean nothing here");
    }

    int size() {
        return size / 2;
    }

    void tell(EventSink sink, Runnable beforeRound, Runnable afterRound) {
        for (int i = 0; i < size; i += 2) {
            int kind = EventRecord.kind(words[i + 1]);
            if (kind == EventRecord.ROUND) {
                beforeRound.run();
            }
            if (kind == TYPE) {
                sink.type(types.get(EventRecord.operand(words[i + 1])));
            } else {
                EventDecoder.decode(words[i], words[i + 1], sink);
            }
            if (kind == EventRecord.ROUND) {
                afterRound.run();
            }
        }
    }
}
