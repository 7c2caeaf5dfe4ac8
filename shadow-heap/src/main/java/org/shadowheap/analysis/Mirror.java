package org.shadowheap.analysis;

import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.shadowheap.collect.CollectionObserver;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.NurseryClock;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.HeapCopy;
import org.shadowheap.heap.HeapFigures;
import org.shadowheap.heap.ShadowGraph;
import org.shadowheap.heap.StoreObserver;
import org.shadowheap.remset.RememberedSetStatistics;

/**
 * The shadow heap as an analysis needs it.
 *
 * @param events takes the events
 * @param settle waits until all of them are applied, and throws if one could not be and nobody was told yet
 * @param tellWaiting in the middle of a round, tells the observers what they are told at its end otherwise; after it has settled
 * @param figures counts so far
 * @param remembered what its remembered set found and cost
 * @param clock how much was born
 * @param isBoundFelt whether its collections came earlier than with more memory
 * @param graph its objects
 * @param copy begins a copy of them
 * @param arrayNames names of arrays by the numbers, less than 0, that observers are told
 * @param release gives its memory back
 */
record Mirror(
        EventSink events,
        Runnable settle,
        Runnable tellWaiting,
        Supplier<HeapFigures> figures,
        Supplier<RememberedSetStatistics> remembered,
        NurseryClock clock,
        BooleanSupplier isBoundFelt,
        Supplier<ShadowGraph> graph,
        Supplier<HeapCopy> copy,
        IntFunction<String> arrayNames,
        Runnable release) {

    /** Builds a mirror that tells the observers. */
    @FunctionalInterface
    interface Factory {

        /**
         * Builds one.
         *
         * @param stores gives each mutator, by number, who is told of its stores, on its thread
         */
        Mirror create(
                HeapConfiguration configuration, IntFunction<StoreObserver> stores, CollectionObserver collections);
    }
}
