package org.shadowheap.instrument;

import java.lang.StackWalker.StackFrame;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.CallerDefinition;

/**
 * Numbers places in the application that call, as they are first seen.
 *
 * <p>A fixed array of lists, entered at the head by compare-and-set. Any thread, quiet, inside a barrier: no lock is taken.
 * Two threads may both enter a place; either number is good, reports put them together by name.
 */
public final class Callers {

    private static final int LISTS = 1 << 10;

    private final DefinitionSink definitions;
    private final AtomicInteger last = new AtomicInteger();
    private final AtomicReferenceArray<@Nullable Entry> table = new AtomicReferenceArray<>(LISTS);

    private static final class Entry extends WeakReference<Class<?>> {
        final String method;
        final String descriptor;
        final int index;
        final int number;
        final @Nullable Entry next;

        Entry(Class<?> type, String method, String descriptor, int index, int number, @Nullable Entry next) {
            super(type);
            this.method = method;
            this.descriptor = descriptor;
            this.index = index;
            this.number = number;
            this.next = next;
        }
    }

    public Callers(DefinitionSink definitions) {
        this.definitions = definitions;
    }

    /** The number of the place where a frame stands. */
    public int number(StackFrame frame) {
        Class<?> type = frame.getDeclaringClass();
        String method = frame.getMethodName();
        String descriptor = frame.getDescriptor();
        int index = frame.getByteCodeIndex();
        int list = ((type.getName().hashCode() * 31 + method.hashCode()) * 31 + index) * 0x9e3779b9 >>> 22;
        for (Entry entry = table.get(list); entry != null; entry = entry.next) {
            if (entry.index == index
                    && entry.refersTo(type)
                    && entry.method.equals(method)
                    && entry.descriptor.equals(descriptor)) {
                return entry.number;
            }
        }
        int number = last.incrementAndGet();
        int line = frame.getLineNumber();
        definitions.caller(new CallerDefinition(number, type.getName(), method, Math.max(line, -1)));
        Entry head;
        do {
            head = table.get(list);
        } while (!table.compareAndSet(list, head, new Entry(type, method, descriptor, index, number, head)));
        return number;
    }
}
