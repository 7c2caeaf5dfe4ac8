package org.shadowheap.analysis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an analysis found. Components are named as the keys of the JSON result; null is what this run has no value for.
 *
 * @param notes what must be said before any figure, one line each
 * @param sites most old-to-young stores first, then most stores, then by name; as {@code fields}
 * @param uninstrumented classes that were left as they are
 * @param liveMethod what the same heap says if it knows only what has happened so far, where that was asked for
 */
public record AnalysisResult(
        String program,
        String jvm,
        List<String> notes,
        Configuration configuration,
        Events events,
        Stores stores,
        Heap heap,
        CollectionFigures collections,
        RememberedSet rememberedSet,
        List<CollectionFigures.MinorCollection> minorCollections,
        @Nullable List<CollectionFigures.RealCollection> realCollections,
        List<Site> sites,
        List<Field> fields,
        Fidelity fidelity,
        List<Uninstrumented> uninstrumented,
        @Nullable LiveMethod liveMethod) {

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
     * @param liveness {@code live} if objects live by what was known at the time, {@code whole} if by what comes later
     * @param collectAt {@code nursery} if a minor collection came when the nursery was full, {@code real} if it came where the
     *     recorded JVM collected its young generation; then {@code nurseryBytes} is the most that was full of its eden
     * @param appliers threads that applied events; with several, or several collectors, what counts pages and dirty objects
     *     differs from run to run; near the bound of the heap also when a major collection comes
     */
    public record Configuration(
            long nurseryBytes,
            int pageBytes,
            int tenure,
            String remset,
            @Nullable Long cardBytes,
            int appliers,
            int collectors,
            String liveness,
            String detail,
            String collectAt) {}

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

    /**
     * Stores from one site to one field.
     *
     * @param pagesDirtied stores that were the first since the last minor collection to dirty their page
     * @param callers who in the application called a site outside it, most first; null if none of its stores was sampled
     */
    public record Site(
            String site,
            String field,
            long stores,
            long oldToYoung,
            long pagesDirtied,
            @Nullable List<Caller> callers) {}

    /**
     * Who called a site outside the application, by samples.
     *
     * @param caller {@code pkg.Class.method:line}, the nearest in the application; null if it was not on the stack
     * @param share of the site's stores, 0 to 1; to whatever arrays, if it stores to elements
     */
    public record Caller(@Nullable String caller, double share) {}

    /** Stores to one field, or to the elements of arrays of one type. */
    public record Field(String field, long stores, long oldToYoung, long pagesDirtied) {}

    /**
     * How far the figures can be trusted.
     *
     * @param resurrected objects that were judged dead and then mentioned again
     * @param contradictions events that do not fit the type of their object
     * @param idsUsed objects that were given an id
     * @param idsSecondsLeft how long the other ids will last, in seconds, if as many a second are given as on average until now; null if
     *     nobody knows how long that was
     * @param unseenOriginObjects objects that were met and of which nothing shows where the program has them from: they are
     *     never judged dead
     * @param unseenOriginBytes their bytes
     * @param uninstrumentedFrames frames that ran before their methods were rewritten and still do; null if the recording began
     *     with the program
     * @param mirroredBytes bytes that were born in the shadow heap
     * @param allocatedBytes bytes that the JVM itself says the program allocated; null if it does not say
     */
    public record Fidelity(
            long lost,
            long resurrected,
            long contradictions,
            long idsUsed,
            @Nullable Double idsSecondsLeft,
            @Nullable Long unseenOriginObjects,
            @Nullable Long unseenOriginBytes,
            @Nullable Long uninstrumentedFrames,
            long mirroredBytes,
            @Nullable Long allocatedBytes,
            @Nullable Verified verified) {

        Fidelity withUninstrumentedFrames(long frames) {
            return new Fidelity(
                    lost,
                    resurrected,
                    contradictions,
                    idsUsed,
                    idsSecondsLeft,
                    unseenOriginObjects,
                    unseenOriginBytes,
                    frames,
                    mirroredBytes,
                    allocatedBytes,
                    verified);
        }

        Fidelity withVerified(Verified comparison) {
            return new Fidelity(
                    lost,
                    resurrected,
                    contradictions,
                    idsUsed,
                    idsSecondsLeft,
                    unseenOriginObjects,
                    unseenOriginBytes,
                    uninstrumentedFrames,
                    mirroredBytes,
                    allocatedBytes,
                    comparison);
        }
    }

    /** A class that was left as it is. */
    public record Uninstrumented(String className, String reason) {}

    /** The same result, and what its comparison with a heap dump gave. */
    public AnalysisResult withVerified(Verified verified) {
        return with(notes, fidelity.withVerified(verified), liveMethod);
    }

    /** The same result, and what the live method says beside it. */
    public AnalysisResult withLiveMethod(LiveMethod live) {
        return with(notes, fidelity, live);
    }

    /** The same result of a session that began while so many frames ran whose stores are still not seen. */
    public AnalysisResult withUninstrumentedFrames(long frames) {
        return with(notes, fidelity.withUninstrumentedFrames(frames), liveMethod);
    }

    /** The same result with more to be said before any figure. */
    public AnalysisResult withNotes(List<String> more) {
        List<String> all = new ArrayList<>(notes);
        all.addAll(more);
        return with(all, fidelity, liveMethod);
    }

    private AnalysisResult with(List<String> otherNotes, Fidelity otherFidelity, @Nullable LiveMethod otherMethod) {
        return new AnalysisResult(
                program,
                jvm,
                otherNotes,
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
                otherFidelity,
                uninstrumented,
                otherMethod);
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
                minorCollections.stream()
                        .map(CollectionFigures.MinorCollection::withoutTimes)
                        .toList(),
                realCollections == null
                        ? null
                        : realCollections.stream()
                                .map(CollectionFigures.RealCollection::withoutTimes)
                                .toList(),
                sites,
                fields,
                fidelity,
                uninstrumented,
                liveMethod);
    }
}
