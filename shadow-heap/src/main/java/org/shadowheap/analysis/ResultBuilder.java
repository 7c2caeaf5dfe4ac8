package org.shadowheap.analysis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.AnalysisResult.Caller;
import org.shadowheap.analysis.AnalysisResult.Configuration;
import org.shadowheap.analysis.AnalysisResult.Events;
import org.shadowheap.analysis.AnalysisResult.Fidelity;
import org.shadowheap.analysis.AnalysisResult.Field;
import org.shadowheap.analysis.AnalysisResult.Heap;
import org.shadowheap.analysis.AnalysisResult.RememberedSet;
import org.shadowheap.analysis.AnalysisResult.Site;
import org.shadowheap.analysis.AnalysisResult.Stores;
import org.shadowheap.analysis.AnalysisResult.Uninstrumented;
import org.shadowheap.analysis.CollectionFigures.Major;
import org.shadowheap.analysis.CollectionFigures.Minor;
import org.shadowheap.analysis.CollectionFigures.MinorCollection;
import org.shadowheap.analysis.CollectionFigures.Nepotism;
import org.shadowheap.analysis.StoreProfile.Row;
import org.shadowheap.collect.MajorCollectionResult;
import org.shadowheap.collect.MinorCollectionResult;
import org.shadowheap.event.Recording;
import org.shadowheap.event.RecordingEnd;
import org.shadowheap.event.layout.EventRecord;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.HeapFigures;
import org.shadowheap.remset.RememberedSetStatistics;

/** Sums, names and sorts what an analysis counted. */
final class ResultBuilder {

    private static final double MIB = 1 << 20;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Recording recording;
    private final HeapConfiguration configuration;
    private final RecordingEnd end;

    ResultBuilder(Recording recording, HeapConfiguration configuration, RecordingEnd end) {
        this.recording = recording;
        this.configuration = configuration;
        this.end = end;
    }

    AnalysisResult build(
            Events events,
            StoreProfile profile,
            CollectionLog collections,
            RealCollectionLog realCollections,
            HeapFigures figures,
            RememberedSetStatistics remembered) {
        List<Row> rows = profile.rows();
        return new AnalysisResult(
                recording.program(),
                recording.jvm(),
                Notes.of(recording, end),
                new Configuration(
                        configuration.nurseryBytes(),
                        configuration.pageBytes(),
                        configuration.tenure(),
                        configuration.remset().optionName(),
                        configuration.remset().hasCards() ? Long.valueOf(configuration.cardBytes()) : null,
                        configuration.mutators(),
                        configuration.collectors(),
                        configuration.foresight() == null ? "live" : "whole",
                        RecordedConfiguration.DETAIL,
                        configuration.collectAt().label()),
                events,
                stores(rows, figures.clockBytes()),
                new Heap(figures.clockBytes(), figures.contactBytes(), figures.oldBytes()),
                new CollectionFigures(minor(collections), major(collections, profile)),
                rememberedSet(remembered),
                each(collections.minor(), ResultBuilder::minorCollection),
                realCollections.collections(),
                sites(rows, profile.callersByPlace()),
                fields(rows),
                fidelity(events, figures),
                each(end.uninstrumented(), left -> new Uninstrumented(left.name(), left.reason())),
                null);
    }

    private Stores stores(List<Row> rows, long clockBytes) {
        long stores = 0;
        long oldToYoung = 0;
        for (Row row : rows) {
            stores += row.stores();
            oldToYoung += row.oldToYoung();
        }
        Long nanos = end.nanos();
        return new Stores(
                stores,
                oldToYoung,
                ratio(oldToYoung, (double) stores),
                nanos == null ? null : ratio(oldToYoung, nanos / NANOS_PER_SECOND),
                ratio(oldToYoung, clockBytes / MIB));
    }

    private static @Nullable Double ratio(long part, double whole) {
        return whole > 0 ? part / whole : null;
    }

    private static Minor minor(CollectionLog log) {
        List<MinorCollectionResult> collections = log.minor();
        long rememberedEntries = 0;
        long dirtyPages = 0;
        long dirtyObjects = 0;
        long pagesVisited = 0;
        long slotsScanned = 0;
        long oldToYoungEdges = 0;
        long survivedBytes = 0;
        long promotedBytes = 0;
        long nanos = 0;
        for (MinorCollectionResult each : collections) {
            rememberedEntries += each.entries();
            dirtyPages += each.dirtyPages();
            dirtyObjects += each.dirtyObjects();
            pagesVisited += each.pagesVisited();
            slotsScanned += each.slotsScanned();
            oldToYoungEdges += each.oldToYoungEdges();
            survivedBytes += each.survivedBytes();
            promotedBytes += each.promotedBytes();
            nanos += each.nanos();
        }
        return new Minor(
                collections.size(),
                rememberedEntries,
                dirtyPages,
                dirtyObjects,
                pagesVisited,
                slotsScanned,
                oldToYoungEdges,
                survivedBytes,
                promotedBytes,
                log.nepotismBytes(),
                nanos);
    }

    private static RememberedSet rememberedSet(RememberedSetStatistics statistics) {
        return new RememberedSet(
                statistics.lastEntries(),
                statistics.mostEntries(),
                statistics.averageEntries(),
                statistics.capacity(),
                statistics.overflows(),
                statistics.slowPaths(),
                statistics.sideBytes());
    }

    private static @Nullable Major major(CollectionLog log, StoreProfile profile) {
        List<MajorCollectionResult> collections = log.major();
        if (collections.isEmpty()) {
            return null;
        }
        long freedBytes = 0;
        long nanos = 0;
        for (MajorCollectionResult each : collections) {
            freedBytes += each.freedBytes();
            nanos += each.nanos();
        }
        return new Major(collections.size(), freedBytes, nanos, nepotism(log, profile));
    }

    private static List<Nepotism> nepotism(CollectionLog collections, StoreProfile profile) {
        List<Nepotism> sorted = new ArrayList<>();
        collections
                .nepotismBytesByHolderType()
                .forEach((type, bytes) -> sorted.add(new Nepotism(profile.nameOfType(type), bytes)));
        sorted.sort(Comparator.comparingLong(Nepotism::bytes).reversed().thenComparing(Nepotism::holder));
        return List.copyOf(sorted);
    }

    private static MinorCollection minorCollection(MinorCollectionResult each) {
        return new MinorCollection(
                each.clockBytes(),
                null,
                each.stores(),
                each.oldToYoung(),
                each.entries(),
                each.dirtyPages(),
                each.dirtyObjects(),
                each.pagesVisited(),
                each.slotsScanned(),
                each.oldToYoungEdges(),
                each.survivedBytes(),
                each.promotedBytes(),
                each.nepotism() == null ? null : each.nepotism().bytes(),
                each.nanos());
    }

    private static List<Site> sites(List<Row> rows, Map<CallerCounts.Place, List<Caller>> callers) {
        Map<List<String>, Row> merged = new LinkedHashMap<>();
        rows.forEach(row -> merged.merge(List.of(row.site(), row.field()), row, Row::plus));
        return each(
                sorted(merged),
                row -> new Site(
                        row.site(),
                        row.field(),
                        row.stores(),
                        row.oldToYoung(),
                        row.pagesDirtied(),
                        callers(row, callers)));
    }

    /** Null if no store of the site was sampled; of a site that stores to elements, whatever array they belong to. */
    private static @Nullable List<Caller> callers(Row row, Map<CallerCounts.Place, List<Caller>> callers) {
        boolean elements = row.field().endsWith("]");
        return callers.get(new CallerCounts.Place(row.site(), elements ? null : row.field()));
    }

    private static List<Field> fields(List<Row> rows) {
        Map<List<String>, Row> merged = new LinkedHashMap<>();
        rows.forEach(row -> merged.merge(
                List.of(row.field()),
                new Row("", row.field(), row.stores(), row.oldToYoung(), row.pagesDirtied()),
                Row::plus));
        return each(sorted(merged), row -> new Field(row.field(), row.stores(), row.oldToYoung(), row.pagesDirtied()));
    }

    /** No stream: where a session comes and goes, the JDK would link that one's own lambdas anew each time, to classes that stay. */
    private static <T, R> List<R> each(Collection<T> from, Function<T, R> change) {
        List<R> changed = new ArrayList<>(from.size());
        for (T next : from) {
            changed.add(change.apply(next));
        }
        return List.copyOf(changed);
    }

    private static List<Row> sorted(Map<List<String>, Row> rows) {
        List<Row> sorted = new ArrayList<>(rows.values());
        sorted.sort(Comparator.comparingLong(Row::oldToYoung)
                .thenComparingLong(Row::stores)
                .reversed()
                .thenComparing(Row::site)
                .thenComparing(Row::field));
        return sorted;
    }

    private Fidelity fidelity(Events events, HeapFigures figures) {
        return new Fidelity(
                events.lost(),
                figures.resurrected(),
                figures.contradictions(),
                events.births() + events.firstContacts(),
                idsSecondsLeft(events),
                figures.heldObjects(),
                figures.heldBytes(),
                null,
                figures.clockBytes(),
                end.allocatedBytes(),
                null);
    }

    /** At the rate of births: what was met was mostly there from the beginning. */
    private @Nullable Double idsSecondsLeft(Events events) {
        Long nanos = end.nanos();
        if (nanos == null || events.births() == 0) {
            return null;
        }
        double left = (double) EventRecord.MAX_ID
                - RecordedConfiguration.idsBefore(recording)
                - (events.births() + events.firstContacts());
        return Math.max(0, left) * nanos / events.births() / NANOS_PER_SECOND;
    }
}
