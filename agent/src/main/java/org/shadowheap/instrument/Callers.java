package org.shadowheap.instrument;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.DefinitionSink;

/**
 * Numbers places in the application that call, as they are first seen, and tells of each before its number is used.
 *
 * <p>A fixed array of lists, entered at the head by compare-and-set. Any thread, inside a barrier: no lock is taken.
 * Two threads may both enter a place; either number is good, since reports put places together by name.
 */
public final class Callers {

    private static final int LIST_BITS = 10;
    private static final int SPREAD = 0x9e3779b9;
    private static final int NO_LINE = -1;

    private final DefinitionSink definitions;
    private final AtomicInteger last = new AtomicInteger();
    private final AtomicReferenceArray<@Nullable Entry> table = new AtomicReferenceArray<>(1 << LIST_BITS);

    private static final class Entry {
        final CallerDefinition caller;
        final @Nullable Entry next;

        Entry(CallerDefinition caller, @Nullable Entry next) {
            this.caller = caller;
            this.next = next;
        }
    }

    public Callers(DefinitionSink definitions) {
        this.definitions = definitions;
    }

    /** The number of a place, from 1 up. */
    public int number(StackTraceElement place) {
        String className = place.getClassName();
        String method = place.getMethodName();
        // That of a native method is less.
        int line = Math.max(place.getLineNumber(), NO_LINE);
        int hash = (className.hashCode() * SPREAD + method.hashCode()) * SPREAD + line;
        int list = hash * SPREAD >>> Integer.SIZE - LIST_BITS;
        for (Entry entry = table.get(list); entry != null; entry = entry.next) {
            CallerDefinition known = entry.caller;
            if (known.line() == line
                    && known.method().equals(method)
                    && known.className().equals(className)) {
                return known.id();
            }
        }
        CallerDefinition caller = new CallerDefinition(last.incrementAndGet(), className, method, line);
        definitions.caller(caller);
        Entry head;
        do {
            head = table.get(list);
        } while (!table.compareAndSet(list, head, new Entry(caller, head)));
        return caller.id();
    }
}
