package org.shadowheap.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an analysis found. Components are named as the keys of the JSON result; null is what this run has no value for.
 *
 * @param notes what must be said before any figure, one line each
 * @param sites most old-to-young stores first, then most stores, then by name; as {@code fields}
 * @param uninstrumented classes that were left as they are
 */
public record AnalysisResult(
        String program,
        String jvm,
        List<String> notes,
        Configuration configuration,
        Events events,
        Stores stores,
        Heap heap,
        Collections collections,
        RememberedSet rememberedSet,
        List<MinorCollection> minorCollections,
        @Nullable List<RealCollection> realCollections,
        List<Site> sites,
        List<Field> fields,
        Fidelity fidelity,
        List<Uninstrumented> uninstrumented) {

    public AnalysisResult {
        notes = List.copyOf(notes);
        minorCollections = List.copyOf(minorCollections);
        realCollections = realCollections == null ? null : List.copyOf(realCollections);
        sites = List.copyOf(sites);
        fields = List.copyOf(fields);
        uninstrumented = List.copyOf(uninstrumented);
    }

    /**
     * The heap that was run.
     *
     * @param appliers threads that applied events; with several, or several collectors, what counts pages and dirty objects
     *     differs from run to run
     */
    public record Configuration(
            long nurseryBytes,
            int pageBytes,
            int tenure,
            String remset,
            @Nullable Long cardBytes,
            int appliers,
            int collectors,
            String detail) {}

    /**
     * Events by kind.
     *
     * @param total sum of all kinds but the lost; the elements of a copy and the slots of a snapshot are part of it
     * @param stores to instance fields
     */
    public record Events(
            long total,
            long births,
            long firstContacts,
            long stores,
            long arrayStores,
            long staticStores,
            long arrayCopies,
            long roots,
            long lost) {}

    /** Reference stores of every kind that the heap applied, array copies by element. */
    public record Stores(
            long reference,
            long oldToYoung,
            @Nullable Double oldToYoungShare,
            @Nullable Double oldToYoungPerSecond,
            @Nullable Double oldToYoungPerAllocatedMiB) {

        Stores withoutTimes() {
            return new Stores(reference, oldToYoung, oldToYoungShare, null, oldToYoungPerAllocatedMiB);
        }
    }

    /**
     * Sizes at the end.
     *
     * @param bornBytes bytes of objects that were born
     * @param contactBytes bytes of objects that existed before they were met
     * @param oldBytes bytes of objects in the old space
     */
    public record Heap(long bornBytes, long contactBytes, long oldBytes) {}

    /** Sums over all collections. */
    public record Collections(Minor minor, @Nullable Major major) {

        Collections withoutTimes() {
            return new Collections(minor.withoutTimes(), major == null ? null : major.withoutTimes());
        }
    }

    /**
     * What the remembered set found and cost.
     *
     * @param lastEntries what the last scan found: dirty pages, dirty cards or logged objects
     * @param mostEntries most that a scan found
     * @param averageEntries moving average over the scans
     * @param capacity entries that fit before it must grow, 0 if it never grows
     * @param overflows how often it had to grow
     * @param slowPaths how often a store had to add an entry
     * @param sideBytes memory that it needs beside the pages
     */
    public record RememberedSet(
            long lastEntries,
            long mostEntries,
            double averageEntries,
            long capacity,
            long overflows,
            long slowPaths,
            long sideBytes) {}

    /** Young objects that only dead old ones kept, by the type of these. */
    public record Nepotism(String holder, long bytes) {}

    /** Sums over the minor collections. */
    public record Minor(
            long count,
            long dirtyPages,
            long dirtyObjects,
            long pagesVisited,
            long slotsScanned,
            long oldToYoungEdges,
            long survivedBytes,
            long promotedBytes,
            @Nullable Long nepotismBytes,
            @Nullable Long nanos) {

        Minor withoutTimes() {
            return new Minor(
                    count,
                    dirtyPages,
                    dirtyObjects,
                    pagesVisited,
                    slotsScanned,
                    oldToYoungEdges,
                    survivedBytes,
                    promotedBytes,
                    nepotismBytes,
                    null);
        }
    }

    /**
     * Sums over the major collections.
     *
     * @param nepotism which dead old objects kept young ones alive until then, most bytes first
     */
    public record Major(
            long count, long freedBytes, @Nullable Long nanos, List<Nepotism> nepotism) {

        public Major {
            nepotism = List.copyOf(nepotism);
        }

        Major withoutTimes() {
            return new Major(count, freedBytes, null, nepotism);
        }
    }

    /**
     * One minor collection; stores are those since the one before.
     *
     * @param clockBytes bytes born before it
     * @param wallNanos when it ran, from the start of the recording
     * @param nanos how long it took
     */
    public record MinorCollection(
            long clockBytes,
            @Nullable Long wallNanos,
            long stores,
            long oldToYoung,
            long dirtyPages,
            long dirtyObjects,
            long pagesVisited,
            long slotsScanned,
            long oldToYoungEdges,
            long survivedBytes,
            long promotedBytes,
            @Nullable Long nepotismBytes,
            @Nullable Long nanos) {

        MinorCollection withoutTimes() {
            return new MinorCollection(
                    clockBytes,
                    null,
                    stores,
                    oldToYoung,
                    dirtyPages,
                    dirtyObjects,
                    pagesVisited,
                    slotsScanned,
                    oldToYoungEdges,
                    survivedBytes,
                    promotedBytes,
                    nepotismBytes,
                    null);
        }
    }

    /** One collection of the JVM itself, for comparison. */
    public record RealCollection(
            long clockBytes,
            @Nullable Long wallNanos,
            String kind,
            @Nullable Long pauseNanos,
            long stores,
            long oldToYoung) {

        RealCollection withoutTimes() {
            return new RealCollection(clockBytes, null, kind, null, stores, oldToYoung);
        }
    }

    /**
     * Stores from one site to one field.
     *
     * @param pagesDirtied stores that were the first since the last minor collection to dirty their page
     * @param callers who called the site, null if that was not recorded
     */
    public record Site(
            String site,
            String field,
            long stores,
            long oldToYoung,
            long pagesDirtied,
            @Nullable List<Caller> callers) {}

    /** A caller of a site and its share of the site's stores, 0 to 1. */
    public record Caller(String caller, double share) {}

    /** Stores to one field, or to the elements of arrays of one type. */
    public record Field(String field, long stores, long oldToYoung, long pagesDirtied) {}

    /**
     * How far the figures can be trusted.
     *
     * @param resurrected objects that were judged dead and then mentioned again
     * @param contradictions events that do not fit the type of their object
     * @param idsUsed objects that were given an id
     * @param unseenOriginObjects objects that were met and of which nothing shows where the program has them from: they are
     *     never judged dead
     * @param unseenOriginBytes their bytes
     * @param mirroredBytes bytes that were born in the shadow heap
     * @param allocatedBytes bytes that the JVM itself says were allocated
     */
    public record Fidelity(
            long lost,
            long resurrected,
            long contradictions,
            long idsUsed,
            @Nullable Long unseenOriginObjects,
            @Nullable Long unseenOriginBytes,
            @Nullable Long uninstrumentedFrames,
            long mirroredBytes,
            @Nullable Long allocatedBytes,
            @Nullable Verified verified) {

        Fidelity withVerified(Verified comparison) {
            return new Fidelity(
                    lost,
                    resurrected,
                    contradictions,
                    idsUsed,
                    unseenOriginObjects,
                    unseenOriginBytes,
                    uninstrumentedFrames,
                    mirroredBytes,
                    allocatedBytes,
                    comparison);
        }
    }

    /**
     * The comparison of the shadow heap with a heap dump of the same JVM, from the static fields of all classes on.
     *
     * @param objects objects of the dump that stand for one of the shadow heap, class mirrors included
     * @param edges slots that were compared, null ones included
     * @param differences slots that differ and that nothing excuses
     * @param explained slots that differ because the JVM or the agent writes them
     * @param racing slots that differ and were stored to while the dump was taken
     * @param found the first differences
     * @param byField all slots that differ, by field and cause, most first
     */
    public record Verified(
            long objects,
            long edges,
            long differences,
            long explained,
            long racing,
            List<Difference> found,
            List<DifferingField> byField) {

        public Verified {
            found = List.copyOf(found);
            byField = List.copyOf(byField);
        }
    }

    /**
     * A slot that differs.
     *
     * @param path how the slot is reached from a static field: {@code pkg.Class.field.field[3].field}
     * @param expected what the dump holds there
     * @param actual what the shadow heap holds there
     */
    public record Difference(String path, String cause, String expected, String actual) {}

    /**
     * Slots of one field that differ for one cause.
     *
     * @param field {@code pkg.Class.field}; {@code pkg.Class.field[]} for elements of the arrays it holds
     */
    public record DifferingField(String field, String cause, long slots) {}

    /** A class that was left as it is. */
    public record Uninstrumented(String className, String reason) {}

    /** The same result, and what its comparison with a heap dump gave. */
    public AnalysisResult withVerified(Verified verified) {
        return new AnalysisResult(
                program,
                jvm,
                notes,
                configuration,
                events,
                stores,
                heap,
                collections,
                rememberedSet,
                minorCollections,
                realCollections,
                sites,
                fields,
                fidelity.withVerified(verified),
                uninstrumented);
    }

    /** The same figures without those that differ from run to run: what a live run and its replay have in common. */
    public AnalysisResult withoutTimes() {
        return new AnalysisResult(
                program,
                jvm,
                notes,
                configuration,
                events,
                stores.withoutTimes(),
                heap,
                collections.withoutTimes(),
                rememberedSet,
                minorCollections.stream().map(MinorCollection::withoutTimes).toList(),
                realCollections == null
                        ? null
                        : realCollections.stream()
                                .map(RealCollection::withoutTimes)
                                .toList(),
                sites,
                fields,
                fidelity,
                uninstrumented);
    }
}
