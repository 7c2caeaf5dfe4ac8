package org.shadowheap.instrument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;
import org.shadowheap.barrier.SiteTable;
import org.shadowheap.event.DefinitionSink;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.layout.EventRecord;

/**
 * Numbers the sites of all classes, consecutively within a class, and remembers which field each stores to.
 *
 * <p>Any thread that loads a class adds, one at a time; any thread reads without a lock.
 */
final class Sites {

    /**
     * What a site stores to.
     *
     * @param owner binary name of the class that the instruction names
     * @param name name of the field
     */
    record Target(String owner, String name) {

        /** As {@code equals}, which would have to be linked while classes are rewritten. */
        static boolean same(@Nullable Target one, @Nullable Target other) {
            return one == null || other == null
                    ? one == null && other == null
                    : one.name.equals(other.name) && one.owner.equals(other.owner);
        }
    }

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final long UNTOLD_BASE = ArrayBase.of(SiteDefinition.class);

    private volatile DefinitionSink definitions;

    /** Of classes that no JVM transforms again. */
    private final List<SiteDefinition> ofHidden = new ArrayList<>();

    private volatile @Nullable Target[] targets = new Target[1 << 14];

    /** Those that name no field. */
    private volatile @Nullable SiteDefinition[] nameless = new SiteDefinition[1 << 14];

    /** Those of kept classes that others are not told of yet; null if no classes are kept. Never replaced by another. */
    private volatile @Nullable SiteDefinition @Nullable [] untold;

    private int next = 1;

    Sites(DefinitionSink definitions) {
        this.definitions = definitions;
    }

    /** From now on others are told: another session has begun. They are told at once of sites that nobody will define again. */
    synchronized void tellFromNowOn(DefinitionSink others) {
        definitions = others;
        ofHidden.forEach(others::site);
    }

    /** Until {@link #tellFromNowOn} is called again. */
    synchronized void tellNobody() {
        definitions = new UnheardDefinitions();
    }

    /** Nobody will define these sites again. */
    synchronized void keep(List<SiteDefinition> sites) {
        ofHidden.addAll(sites);
    }

    /** Leaves the numbers up to this one to classes that are there already; whether none was given before. */
    synchronized boolean leave(int last) {
        if (next > 1) {
            return false;
        }
        reserve(last);
        untold = last > 0 ? new SiteDefinition[last + 1] : null;
        return true;
    }

    /** Reserves numbers for the sites of a class and returns the first. */
    synchronized int reserve(int count) {
        if (count > EventRecord.MAX_SITE - next) {
            throw new IllegalStateException("all " + EventRecord.MAX_SITE + " site numbers are used up");
        }
        int first = next;
        int end = first + count;
        SiteTable.ensure(end);
        if (end > nameless.length) {
            int length = Math.max(end, nameless.length * 2);
            targets = Arrays.copyOf(targets, length);
            nameless = Arrays.copyOf(nameless, length);
        }
        // Last: numbers are only given for which there is room in all tables, whatever failed on the way.
        next = end;
        return first;
    }

    /**
     * Enters the sites of a class under their numbers, before its code can run.
     *
     * @param ofLibrary whether it is of interest who in the application calls them
     */
    synchronized void define(List<SiteDefinition> sites, List<@Nullable Target> fields, boolean ofLibrary) {
        for (int i = 0; i < sites.size(); i++) {
            SiteDefinition site = sites.get(i);
            targets[site.id()] = fields.get(i);
            nameless[site.id()] = fields.get(i) == null ? site : null;
            SiteTable.setOfLibrary(site.id(), 1, ofLibrary);
        }
        definitions.sites(sites);
    }

    /**
     * As {@link #define}, of a class that an earlier run has rewritten: of a site that names a field others are told when it stores first.
     * Most never do.
     *
     * @param sites with consecutive numbers
     * @param isInitialized whether the class is, so that nothing in its initializer will store again
     */
    synchronized void defineLater(
            List<SiteDefinition> sites, List<@Nullable Target> fields, boolean ofLibrary, boolean isInitialized) {
        List<SiteDefinition> now = new ArrayList<>();
        if (!sites.isEmpty()) {
            SiteTable.setOfLibrary(sites.get(0).id(), sites.size(), ofLibrary);
        }
        for (int i = 0; i < sites.size(); i++) {
            SiteDefinition site = sites.get(i);
            Target field = fields.get(i);
            targets[site.id()] = field;
            nameless[site.id()] = field == null ? site : null;
            if (isInitialized && site.method().equals("<clinit>")) {
                continue;
            }
            if (field == null || untold == null || site.id() >= untold.length) {
                now.add(site);
            } else {
                untold[site.id()] = site;
            }
        }
        definitions.sites(now);
    }

    /**
     * A site is about to store for the first time, perhaps in several threads: others are told of it by now. They may be told twice.
     */
    void stores(int site) {
        SiteDefinition[] all = untold;
        if (all == null || site >= all.length) {
            return;
        }
        long at = U.arrayIndexScale(SiteDefinition[].class) * (long) site + UNTOLD_BASE;
        SiteDefinition definition = (SiteDefinition) U.getReferenceAcquire(all, at);
        if (definition != null) {
            definitions.site(definition);
            U.putReferenceRelease(all, at, null); // whoever finds none knows that others were told
        }
    }

    /**
     * Gives a number to a site like this one, which names no field, that stores to the given field.
     *
     * @param field {@code pkg.Class.name}
     * @throws IllegalStateException if no number is left
     */
    int name(int site, String field) {
        SiteDefinition like = nameless[site];
        if (like == null) {
            return site;
        }
        int id = reserve(1);
        if (SiteTable.isOfLibrary(site)) {
            SiteTable.setOfLibrary(id, 1, true);
        }
        definitions.site(new SiteDefinition(id, like.className(), like.method(), like.line(), field));
        return id;
    }

    /** Whether the sites from this number on store to these fields. */
    synchronized boolean areTargets(int first, List<@Nullable Target> fields) {
        for (int i = 0; i < fields.size(); i++) {
            if (!Target.same(targets[first + i], fields.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** What a site stores to, null for array elements. */
    @Nullable
    Target target(int site) {
        return targets[site];
    }
}
