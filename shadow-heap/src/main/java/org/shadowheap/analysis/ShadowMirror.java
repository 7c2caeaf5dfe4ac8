package org.shadowheap.analysis;

import java.util.concurrent.ThreadFactory;
import java.util.function.IntFunction;
import org.shadowheap.apply.Appliers;
import org.shadowheap.collect.CollectedHeap;
import org.shadowheap.collect.CollectionObserver;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.NurseryClock;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.ShadowHeap;
import org.shadowheap.heap.StoreObserver;

/** The mirror that ships: the off-heap shadow heap with its collector, and with appliers if it has several mutators. */
final class ShadowMirror implements Mirror.Factory {

    private final ThreadFactory threads;

    /**
     * @param threads makes those that apply events and help to collect, if the heap is to have more than one of a kind
     */
    ShadowMirror(ThreadFactory threads) {
        this.threads = threads;
    }

    @Override
    public Mirror create(
            HeapConfiguration configuration, IntFunction<StoreObserver> stores, CollectionObserver collections) {
        ShadowHeap heap = CollectedHeap.open(configuration, stores, collections, threads);
        if (configuration.mutators() == 1) {
            return mirror(heap, heap, heap, () -> {}, heap::close);
        }
        try {
            Appliers appliers = new Appliers(heap, threads);
            return mirror(heap, appliers, appliers, appliers::settle, () -> close(appliers, heap));
        } catch (Throwable e) {
            heap.close();
            throw e;
        }
    }

    private static Mirror mirror(
            ShadowHeap heap, EventSink events, NurseryClock clock, Runnable settle, Runnable release) {
        return new Mirror(
                events,
                settle,
                heap::tellWaitingStores,
                heap::figures,
                () -> heap.rememberedSet().statistics(),
                clock,
                heap::isBoundFelt,
                () -> heap,
                heap::copy,
                heap::arrayName,
                release);
    }

    private static void close(Appliers appliers, ShadowHeap heap) {
        try {
            appliers.close();
        } finally {
            heap.close();
        }
    }
}
