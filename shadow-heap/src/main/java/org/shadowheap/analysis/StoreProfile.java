package org.shadowheap.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;

/** Gives names to what stores were counted: by site, and for arrays by type. For one thread, while nobody counts. */
final class StoreProfile {

    static final String UNKNOWN_SITE = "(unknown)";
    static final String UNKNOWN_TYPE = "(unknown)";
    static final String UNKNOWN_FIELD = "(unknown)";

    private final DeclaredFields types = new DeclaredFields();
    private @Nullable SiteDefinition[] sites = new @Nullable SiteDefinition[256];

    private IntFunction<String> arrayNames = number -> UNKNOWN_FIELD;

    private final List<StoreCounts> counts = new ArrayList<>();

    private final CallerCounts callers = new CallerCounts();

    /** Takes the samples of callers. */
    CallerCounts callers() {
        return callers;
    }

    private CallerCounts.Place place(int site) {
        SiteDefinition definition = site < sites.length ? sites[site] : null;
        return definition == null
                ? new CallerCounts.Place(UNKNOWN_SITE, null)
                : new CallerCounts.Place(definition.location(), field(definition));
    }

    /** The field under the name of the class that declares it; null for elements. */
    private @Nullable String field(SiteDefinition site) {
        String named = site.field();
        return named == null ? null : types.nameOf(named);
    }

    /** Who called the sites that were sampled. */
    Map<CallerCounts.Place, List<AnalysisResult.Caller>> callersByPlace() {
        return callers.byPlace(this::place);
    }

    /** Counts that belong to one thread, from now on part of the profile. */
    StoreCounts newCounts() {
        StoreCounts own = new StoreCounts();
        counts.add(own);
        return own;
    }

    /** Stores counted so far. */
    long stores() {
        long sum = 0;
        for (StoreCounts each : counts) {
            sum += each.stores();
        }
        return sum;
    }

    /** Old-to-young stores counted so far. */
    long oldToYoung() {
        long sum = 0;
        for (StoreCounts each : counts) {
            sum += each.oldToYoung();
        }
        return sum;
    }

    /** Who knows the names of arrays that fields hold. */
    void nameArraysBy(IntFunction<String> names) {
        arrayNames = names;
    }

    void define(TypeDefinition type) {
        types.define(type);
    }

    /** Name of a type. */
    String nameOfType(int type) {
        String name = types.nameOfType(type);
        return name == null ? UNKNOWN_TYPE : name;
    }

    void define(SiteDefinition site) {
        if (site.id() >= sites.length) {
            sites = Arrays.copyOf(sites, Math.max(2 * sites.length, site.id() + 1));
        }
        sites[site.id()] = site;
    }

    /** All counted pairs of site and field by name, in no order that counts; a name may occur more than once. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (StoreCounts each : counts) {
            each.forEach(row -> rows.add(named(row)));
        }
        return rows;
    }

    private Row named(StoreCounts.Row row) {
        SiteDefinition definition = row.site() < sites.length ? sites[row.site()] : null;
        String location = definition == null ? UNKNOWN_SITE : definition.location();
        return new Row(
                location, field(definition, row.arrayType()), row.stores(), row.oldToYoung(), row.pagesDirtied());
    }

    private String field(@Nullable SiteDefinition site, int arrayType) {
        String field = site == null ? null : field(site);
        if (field != null) {
            return field;
        }
        String type = arrayType < 0 ? arrayNames.apply(arrayType) : types.nameOfType(arrayType);
        return type == null ? UNKNOWN_FIELD : type;
    }

    /** What was counted for one site and one field. */
    record Row(String site, String field, long stores, long oldToYoung, long pagesDirtied) {

        /** The counts of both under the names of this one. */
        Row plus(Row other) {
            return new Row(
                    site,
                    field,
                    stores + other.stores,
                    oldToYoung + other.oldToYoung,
                    pagesDirtied + other.pagesDirtied);
        }
    }
}
