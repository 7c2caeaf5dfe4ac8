package org.shadowheap.report;

import static org.shadowheap.report.Units.count;
import static org.shadowheap.report.Units.countOf;
import static org.shadowheap.report.Units.percent;

import java.util.List;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.AnalysisResult.Caller;
import org.shadowheap.analysis.AnalysisResult.Field;
import org.shadowheap.analysis.AnalysisResult.Site;

/** Fields and sites, most old-to-young stores first, and who calls the sites. */
final class StoreTables {

    private static final int TABLE_ROWS = 10;
    private static final int CALLERS = 3;
    private static final int SHARE_WIDTH = percent(1).length();

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
            callers(each.callers() == null ? List.of() : each.callers(), table);
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

    private static void callers(List<Caller> callers, Table table) {
        double rest = 1;
        for (Caller each : callers.subList(0, Math.min(CALLERS, callers.size()))) {
            String caller = each.caller();
            if (caller == null) {
                table.addBelow(share(each) + "without the application");
            } else {
                table.addBelow(share(each) + "from ", caller);
            }
            rest -= each.share();
        }
        if (callers.size() > CALLERS) {
            table.addBelow(share(new Caller(null, rest)) + "from " + countOf(callers.size() - CALLERS, "other place"));
        }
    }

    /** First, and as wide for all: a long name must not push it out of sight. */
    private static String share(Caller caller) {
        String percent = percent(caller.share());
        return " ".repeat(Math.max(0, SHARE_WIDTH - percent.length())) + percent + " called ";
    }
}
