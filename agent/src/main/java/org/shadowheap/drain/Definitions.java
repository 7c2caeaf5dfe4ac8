package org.shadowheap.drain;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.DefinitionSink;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;

/**
 * Definitions on their way to the drain. A definition is entered before the first record that needs it is appended, so
 * a drain that reads the ends of the logs first and the definitions second never misses one.
 *
 * <p>Any thread enters; the drain empties.
 */
public final class Definitions implements DefinitionSink {

    private final ConcurrentLinkedQueue<Record> queue = new ConcurrentLinkedQueue<>();
    private volatile @Nullable DefinitionSink first;

    /** From now on somebody hears of each definition before anybody can use it. One thread calls, once. */
    public void tellFirst(DefinitionSink sink) {
        first = sink;
    }

    @Override
    public void site(SiteDefinition site) {
        DefinitionSink before = first;
        if (before != null) {
            before.site(site);
        }
        queue.add(site);
    }

    /** One entry in the queue: they come by thousands, and cold code enters them. */
    @Override
    public void sites(List<SiteDefinition> sites) {
        DefinitionSink before = first;
        if (before != null) {
            before.sites(sites);
        }
        queue.add(sites.isEmpty() ? none : new Together(sites));
    }

    /** Sites of a class. */
    private record Together(List<SiteDefinition> sites) {}

    /** Lets its class be loaded before the first class is rewritten. */
    private final Together none = new Together(List.of());

    @Override
    public void type(TypeDefinition type) {
        DefinitionSink before = first;
        if (before != null) {
            before.type(type);
        }
        queue.add(type);
    }

    @Override
    public void caller(CallerDefinition caller) {
        DefinitionSink before = first;
        if (before != null) {
            before.caller(caller);
        }
        queue.add(caller);
    }

    void drainTo(DefinitionSink sink) {
        for (Record definition = queue.poll(); definition != null; definition = queue.poll()) {
            if (definition instanceof SiteDefinition one) {
                sink.site(one);
            } else if (definition instanceof Together together) {
                sink.sites(together.sites());
            } else if (definition instanceof TypeDefinition type) {
                sink.type(type);
            } else if (definition instanceof CallerDefinition caller) {
                sink.caller(caller);
            }
        }
    }
}
