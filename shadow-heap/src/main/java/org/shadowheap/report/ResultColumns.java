package org.shadowheap.report;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.CollectionFigures.Major;

/** The columns of a table with a row for each result: all figures that are not lists. */
final class ResultColumns {

    private final CsvColumns<AnalysisResult> columns = new CsvColumns<>();

    CsvColumns<AnalysisResult> columns() {
        heap();
        events();
        stores();
        collections();
        rememberedSet();
        fidelity();
        return columns.add("program", AnalysisResult::program)
                .add("jvm", AnalysisResult::jvm)
                .add("collectAt", result -> result.configuration().collectAt())
                .add("workPerMiB", CollectionWork::of);
    }

    private void heap() {
        columns.add("appliers", result -> result.configuration().appliers())
                .add("collectors", result -> result.configuration().collectors())
                .add("liveness", result -> result.configuration().liveness())
                .add("detail", result -> result.configuration().detail())
                .add("bornBytes", result -> result.heap().bornBytes())
                .add("contactBytes", result -> result.heap().contactBytes())
                .add("oldBytes", result -> result.heap().oldBytes());
    }

    private void events() {
        columns.add("events", result -> result.events().total())
                .add("births", result -> result.events().births())
                .add("firstContacts", result -> result.events().firstContacts())
                .add("fieldStores", result -> result.events().stores())
                .add("arrayStores", result -> result.events().arrayStores())
                .add("staticStores", result -> result.events().staticStores())
                .add("arrayCopies", result -> result.events().arrayCopies())
                .add("roots", result -> result.events().roots())
                .add("lost", result -> result.events().lost());
    }

    private void stores() {
        columns.add("stores", result -> result.stores().reference())
                .add("oldToYoung", result -> result.stores().oldToYoung())
                .add("oldToYoungShare", result -> result.stores().oldToYoungShare())
                .add("oldToYoungPerSecond", result -> result.stores().oldToYoungPerSecond())
                .add("oldToYoungPerAllocatedMiB", result -> result.stores().oldToYoungPerAllocatedMiB());
    }

    private void collections() {
        columns.add("minorCollections", result -> result.collections().minor().count())
                .add("rememberedEntries", result -> result.collections().minor().rememberedEntries())
                .add("dirtyPages", result -> result.collections().minor().dirtyPages())
                .add("dirtyObjects", result -> result.collections().minor().dirtyObjects())
                .add("pagesVisited", result -> result.collections().minor().pagesVisited())
                .add("slotsScanned", result -> result.collections().minor().slotsScanned())
                .add("oldToYoungEdges", result -> result.collections().minor().oldToYoungEdges())
                .add("survivedBytes", result -> result.collections().minor().survivedBytes())
                .add("promotedBytes", result -> result.collections().minor().promotedBytes())
                .add("nepotismBytes", result -> result.collections().minor().nepotismBytes())
                .add("minorNanos", result -> result.collections().minor().nanos())
                .add("majorCollections", major(Major::count))
                .add("freedBytes", major(Major::freedBytes))
                .add("majorNanos", major(Major::nanos));
    }

    /** Without a major collection its figures are 0. */
    private static Function<AnalysisResult, @Nullable Object> major(Function<Major, @Nullable Object> figure) {
        return result -> {
            Major major = result.collections().major();
            return major == null ? Long.valueOf(0) : figure.apply(major);
        };
    }

    private void rememberedSet() {
        columns.add("rememberedLastEntries", result -> result.rememberedSet().lastEntries())
                .add("rememberedMostEntries", result -> result.rememberedSet().mostEntries())
                .add(
                        "rememberedAverageEntries",
                        result -> result.rememberedSet().averageEntries())
                .add("rememberedCapacity", result -> result.rememberedSet().capacity())
                .add("rememberedOverflows", result -> result.rememberedSet().overflows())
                .add("rememberedSlowPaths", result -> result.rememberedSet().slowPaths())
                .add("rememberedSideBytes", result -> result.rememberedSet().sideBytes());
    }

    private void fidelity() {
        columns.add("resurrected", result -> result.fidelity().resurrected())
                .add("contradictions", result -> result.fidelity().contradictions())
                .add("idsUsed", result -> result.fidelity().idsUsed())
                .add("idsSecondsLeft", result -> result.fidelity().idsSecondsLeft())
                .add("unseenOriginObjects", result -> result.fidelity().unseenOriginObjects())
                .add("unseenOriginBytes", result -> result.fidelity().unseenOriginBytes())
                .add("mirroredBytes", result -> result.fidelity().mirroredBytes())
                .add("allocatedBytes", result -> result.fidelity().allocatedBytes());
    }
}
