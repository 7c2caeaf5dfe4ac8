package org.shadowheap.report;

import static org.shadowheap.report.Units.count;
import static org.shadowheap.report.Units.percent;

import java.util.List;
import java.util.stream.Collectors;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.AnalysisResult.Caller;
import org.shadowheap.analysis.AnalysisResult.Field;
import org.shadowheap.analysis.AnalysisResult.Site;

/** Fields and sites, most old-to-young stores first, and who calls the sites. */
final class StoreTables {

    private static final int TABLE_ROWS = 10;
    private static final int CALLERS = 3;

    private final AnalysisResult result;
    private final Lines out;

    StoreTables(AnalysisResult result, Lines out) {
        this.result = result;
        this.out = out;
    }

    void write() {
        fields();
        sites();
    }

    private void fields() {
        List<Field> fields = result.fields();
        if (fields.isEmpty()) {
            return;
        }
        heading("Fields", fields.size());
        Table table = new Table("old-to-young", "share", "stores", "dirtied", "field");
        for (Field each : top(fields)) {
            table.add(
                    count(each.oldToYoung()),
                    share(each.oldToYoung()),
                    count(each.stores()),
                    count(each.pagesDirtied()),
                    each.field());
        }
        table.appendTo(out);
    }

    private void sites() {
        List<Site> sites = result.sites();
        if (sites.isEmpty()) {
            return;
        }
        heading("Sites", sites.size());
        Table table = new Table("old-to-young", "share", "stores", "dirtied", "site");
        for (Site each : top(sites)) {
            table.add(
                    count(each.oldToYoung()),
                    share(each.oldToYoung()),
                    count(each.stores()),
                    count(each.pagesDirtied()),
                    each.site());
            table.addBelow("-> " + each.field());
            if (each.callers() != null && !each.callers().isEmpty()) {
                table.addBelow("called from " + callers(each.callers()));
            }
        }
        table.appendTo(out);
    }

    private void heading(String what, int size) {
        out.emptyLine();
        out.line(what + " by old-to-young stores"
                + (size > TABLE_ROWS ? ", first " + TABLE_ROWS + " of " + count(size) : ""));
    }

    private static <T> List<T> top(List<T> list) {
        return list.subList(0, Math.min(TABLE_ROWS, list.size()));
    }

    private String share(long oldToYoung) {
        long all = result.stores().oldToYoung();
        return all == 0 ? "-" : percent((double) oldToYoung / all);
    }

    private static String callers(List<Caller> callers) {
        return callers.stream()
                .limit(CALLERS)
                .map(each -> each.caller() + " (" + percent(each.share()) + ")")
                .collect(Collectors.joining(", "));
    }
}
