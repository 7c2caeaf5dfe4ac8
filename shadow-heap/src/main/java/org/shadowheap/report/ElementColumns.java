package org.shadowheap.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.AnalysisResult.Caller;
import org.shadowheap.analysis.AnalysisResult.Field;
import org.shadowheap.analysis.AnalysisResult.Site;
import org.shadowheap.analysis.CollectionFigures.MinorCollection;
import org.shadowheap.analysis.CollectionFigures.RealCollection;

/** The columns of tables with a row for each element of a list in a result. */
final class ElementColumns {

    private ElementColumns() {}

    /** One of several, with its number from 1. */
    record Numbered<T>(int number, T element) {

        static <T> CsvColumns<Numbered<T>> columns() {
            return new CsvColumns<Numbered<T>>().add("collection", Numbered::number);
        }
    }

    static <T> List<Numbered<T>> numbered(@Nullable List<T> list) {
        List<Numbered<T>> numbered = new ArrayList<>();
        if (list != null) {
            for (T each : list) {
                numbered.add(new Numbered<>(numbered.size() + 1, each));
            }
        }
        return numbered;
    }

    static CsvColumns<Numbered<MinorCollection>> minorCollections() {
        return Numbered.<MinorCollection>columns()
                .add("clockBytes", each -> each.element.clockBytes())
                .add("wallNanos", each -> each.element.wallNanos())
                .add("stores", each -> each.element.stores())
                .add("oldToYoung", each -> each.element.oldToYoung())
                .add("rememberedEntries", each -> each.element.rememberedEntries())
                .add("dirtyPages", each -> each.element.dirtyPages())
                .add("dirtyObjects", each -> each.element.dirtyObjects())
                .add("pagesVisited", each -> each.element.pagesVisited())
                .add("slotsScanned", each -> each.element.slotsScanned())
                .add("oldToYoungEdges", each -> each.element.oldToYoungEdges())
                .add("survivedBytes", each -> each.element.survivedBytes())
                .add("promotedBytes", each -> each.element.promotedBytes())
                .add("nepotismBytes", each -> each.element.nepotismBytes())
                .add("nanos", each -> each.element.nanos());
    }

    static CsvColumns<Numbered<RealCollection>> realCollections() {
        return Numbered.<RealCollection>columns()
                .add("clockBytes", each -> each.element.clockBytes())
                .add("wallNanos", each -> each.element.wallNanos())
                .add("kind", each -> each.element.kind())
                .add("pauseNanos", each -> each.element.pauseNanos())
                .add("stores", each -> each.element.stores())
                .add("oldToYoung", each -> each.element.oldToYoung())
                .add("youngBytes", each -> each.element.youngBytes())
                .add("inPlace", each -> each.element.inPlace());
    }

    static CsvColumns<Site> sites() {
        return new CsvColumns<Site>()
                .add("site", Site::site)
                .add("field", Site::field)
                .add("stores", Site::stores)
                .add("oldToYoung", Site::oldToYoung)
                .add("pagesDirtied", Site::pagesDirtied);
    }

    static CsvColumns<Field> fields() {
        return new CsvColumns<Field>()
                .add("field", Field::field)
                .add("stores", Field::stores)
                .add("oldToYoung", Field::oldToYoung)
                .add("pagesDirtied", Field::pagesDirtied);
    }

    /** A caller with what it calls. */
    record SiteCaller(Site site, Caller caller) {}

    static CsvColumns<SiteCaller> callers() {
        return new CsvColumns<SiteCaller>()
                .add("site", each -> each.site.site())
                .add("field", each -> each.site.field())
                .add("caller", each -> each.caller.caller())
                .add("share", each -> each.caller.share());
    }

    static List<SiteCaller> callersOf(AnalysisResult result) {
        List<SiteCaller> callers = new ArrayList<>();
        for (Site site : result.sites()) {
            if (site.callers() != null) {
                site.callers().forEach(caller -> callers.add(new SiteCaller(site, caller)));
            }
        }
        return callers;
    }
}
