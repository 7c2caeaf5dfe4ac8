package org.shadowheap.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.heap.StoreObserver;

/**
 * Counts stores by site, and stores to arrays by site and type of array.
 *
 * <p>Fed by the thread that applies events. A store to a field costs an index and three adds; one to an array the same
 * plus a lookup that is skipped while the same site meets the same type.
 */
final class StoreProfile implements StoreObserver {

    static final String UNKNOWN_SITE = "(unknown)";
    static final String UNKNOWN_TYPE = "(unknown)";
    static final String UNKNOWN_FIELD = "(unknown)";

    private final Map<Integer, String> types = new HashMap<>();
    private @Nullable SiteDefinition[] sites = new @Nullable SiteDefinition[256];

    private final Counts bySite = new Counts();
    private final ArraySiteTable arraySites = new ArraySiteTable();
    private final Counts byArraySite = new Counts();

    void define(TypeDefinition type) {
        types.put(type.id(), type.name());
    }

    /** Name of a type. */
    String nameOfType(int type) {
        return types.getOrDefault(type, UNKNOWN_TYPE);
    }

    void define(SiteDefinition site) {
        if (site.id() >= sites.length) {
            sites = Arrays.copyOf(sites, Math.max(2 * sites.length, site.id() + 1));
        }
        sites[site.id()] = site;
    }

    @Override
    public void stored(int site, int arrayType, boolean oldToYoung, boolean pageListed) {
        if (arrayType == 0) {
            bySite.add(site, oldToYoung, pageListed);
        } else {
            byArraySite.add(arraySites.index(site, arrayType), oldToYoung, pageListed);
        }
    }

    /** All counted pairs of site and field by name, in no order that counts; a name may occur more than once. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int site = 0; site < bySite.limit(); site++) {
            if (bySite.stores(site) != 0) {
                rows.add(row(bySite, site, site, 0));
            }
        }
        for (int index = 0; index < arraySites.size(); index++) {
            rows.add(row(byArraySite, index, arraySites.site(index), arraySites.arrayType(index)));
        }
        return rows;
    }

    private Row row(Counts counts, int index, int site, int arrayType) {
        SiteDefinition definition = site < sites.length ? sites[site] : null;
        String location = definition == null ? UNKNOWN_SITE : definition.location();
        return new Row(
                location,
                field(definition, arrayType),
                counts.stores(index),
                counts.oldToYoung(index),
                counts.pagesDirtied(index));
    }

    private String field(@Nullable SiteDefinition site, int arrayType) {
        String field = site == null ? null : site.field();
        if (field != null) {
            return field;
        }
        return types.getOrDefault(arrayType, UNKNOWN_FIELD);
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
