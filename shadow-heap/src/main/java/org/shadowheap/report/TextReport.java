package org.shadowheap.report;

import static org.shadowheap.report.Units.bytes;
import static org.shadowheap.report.Units.count;
import static org.shadowheap.report.Units.countOf;
import static org.shadowheap.report.Units.mean;
import static org.shadowheap.report.Units.nanos;
import static org.shadowheap.report.Units.percent;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.AnalysisResult.Field;
import org.shadowheap.analysis.AnalysisResult.Site;
import org.shadowheap.analysis.CollectionFigures;
import org.shadowheap.analysis.CollectionFigures.Minor;
import org.shadowheap.analysis.CollectionFigures.MinorCollection;
import org.shadowheap.analysis.Difference;
import org.shadowheap.analysis.Verified;

/**
 * Writes a result for people: first what makes it less than whole, then the answer, then what the answer rests on. At
 * most {@value #COLUMNS} columns wide.
 */
public final class TextReport {

    static final int COLUMNS = 100;

    /** As wide as the column of labels. */
    private static final String LABEL = " ".repeat(13);

    /** Callers of a site. */
    private static final int CALLER_ROWS = 2;

    private static final int TABLE_ROWS = 10;
    private static final int NAMED_CLASSES = 5;

    private final AnalysisResult result;
    private final StringBuilder out = new StringBuilder();

    private TextReport(AnalysisResult result) {
        this.result = result;
    }

    /**
     * Writes the report, each line ended by a line feed.
     *
     * @throws IOException if {@code out} does
     */
    public static void write(AnalysisResult result, Appendable out) throws IOException {
        out.append(new TextReport(result).text());
    }

    private String text() {
        Warnings.of(result).forEach(this::line);
        answer();
        fields();
        sites();
        collections();
        fidelity();
        out.append('\n');
        line("Next: " + NextStep.of(result));
        return out.toString();
    }

    /** Appends a line, broken between words where it is too long. */
    private void line(String text) {
        append("", text, "  ");
    }

    /** Appends a line with its label in a column of its own. */
    private void line(String label, String text) {
        append("  " + label + " ".repeat(LABEL.length() - 2 - label.length()), text, LABEL);
    }

    private void append(String first, String text, String others) {
        String indent = first;
        String rest = text;
        while (indent.length() + rest.length() > COLUMNS) {
            int room = COLUMNS - indent.length();
            int space = rest.lastIndexOf(' ', room);
            int end = space > 0 ? space : room;
            out.append(indent).append(rest, 0, end).append('\n');
            rest = rest.substring(end).stripLeading();
            indent = others;
        }
        out.append(indent).append(rest).append('\n');
    }

    private void answer() {
        AnalysisResult.Stores stores = result.stores();
        Double share = stores.oldToYoungShare();
        if (share == null) {
            line("Shadow Heap: no reference store was seen.");
            return;
        }
        line("Shadow Heap: " + percent(share) + " of " + count(stores.reference())
                + " reference stores are old-to-young.");
        line("That is " + countOf(stores.oldToYoung(), "store") + rates(stores) + ".");
        Minor minor = result.collections().minor();
        if (minor.count() == 0) {
            line("No minor collection was due, so nothing was scanned.");
            return;
        }
        long most = result.minorCollections().stream()
                .mapToLong(MinorCollection::dirtyPages)
                .max()
                .orElse(0);
        line("A minor collection finds " + perCollection(minor.dirtyPages()) + " dirty pages on average, " + count(most)
                + " at most, and " + perCollection(minor.dirtyObjects()) + " dirty objects.");
    }

    private static String rates(AnalysisResult.Stores stores) {
        Double perSecond = stores.oldToYoungPerSecond();
        Double perMiB = stores.oldToYoungPerAllocatedMiB();
        return (perSecond == null ? "" : ", " + mean(perSecond) + " a second")
                + (perMiB == null ? "" : ", " + mean(perMiB) + " for each MiB allocated");
    }

    private String perCollection(long sum) {
        return mean((double) sum / result.collections().minor().count());
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
        table.appendTo(out, COLUMNS);
    }

    private void sites() {
        List<Site> sites = result.sites();
        if (sites.isEmpty()) {
            return;
        }
        heading("Sites", sites.size());
        Table table = new Table("old-to-young", "share", "stores", "dirtied", "site -> field");
        for (Site each : top(sites)) {
            table.add(
                    count(each.oldToYoung()),
                    share(each.oldToYoung()),
                    count(each.stores()),
                    count(each.pagesDirtied()),
                    each.site() + " -> " + simpleName(each.field()));
            callers(each, table);
        }
        table.appendTo(out, COLUMNS);
    }

    private static void callers(Site site, Table table) {
        List<AnalysisResult.Caller> callers = site.callers();
        if (callers != null) {
            for (AnalysisResult.Caller each : callers.subList(0, Math.min(CALLER_ROWS, callers.size()))) {
                table.add("", "", "", "", "  " + percent(each.share()) + " called from " + each.caller());
            }
        }
    }

    private void heading(String what, int size) {
        out.append('\n');
        line(what + " by old-to-young stores"
                + (size > TABLE_ROWS ? ", first " + TABLE_ROWS + " of " + count(size) : ""));
    }

    private static <T> List<T> top(List<T> list) {
        return list.subList(0, Math.min(TABLE_ROWS, list.size()));
    }

    private String share(long oldToYoung) {
        long all = result.stores().oldToYoung();
        return all == 0 ? "-" : percent((double) oldToYoung / all);
    }

    /** The last part of a field's name: {@code table}, {@code HashMap$Node[]}. */
    private static String simpleName(String field) {
        return field.substring(field.lastIndexOf('.') + 1);
    }

    private void collections() {
        Minor minor = result.collections().minor();
        AnalysisResult.Configuration heap = result.configuration();
        out.append('\n');
        line("Heap and collections");
        line("program", result.program() + " on " + result.jvm());
        line(
                "heap",
                "nursery " + bytes(heap.nurseryBytes()) + ", pages of " + bytes(heap.pageBytes())
                        + ", promoted after " + countOf(heap.tenure(), "collection")
                        + ", remembered set " + heap.remset() + cards(heap.cardBytes()) + threads(heap));
        line(
                "objects",
                bytes(result.heap().bornBytes()) + " born, "
                        + bytes(result.heap().contactBytes()) + " met, "
                        + bytes(result.heap().oldBytes()) + " in the old space at the end");
        line(
                "minor",
                countOf(minor.count(), "collection") + ", " + bytes(minor.survivedBytes()) + " survived, "
                        + bytes(minor.promotedBytes()) + " of them promoted" + timeEach(minor));
        major();
        line(
                "scanned",
                count(minor.pagesVisited()) + " pages visited, " + count(minor.slotsScanned()) + " slots scanned, "
                        + count(minor.oldToYoungEdges()) + " old-to-young edges found");
        AnalysisResult.RememberedSet set = result.rememberedSet();
        line(
                "set",
                mean(set.averageEntries()) + " entries lately, " + count(set.mostEntries()) + " at most, "
                        + count(set.slowPaths()) + " times a store added one, " + bytes(set.sideBytes())
                        + " beside the pages");
    }

    private static String threads(AnalysisResult.Configuration heap) {
        return heap.appliers() == 1 && heap.collectors() == 1
                ? ""
                : ", " + countOf(heap.appliers(), "applier") + ", " + countOf(heap.collectors(), "collector");
    }

    private static String cards(@Nullable Long cardBytes) {
        return cardBytes == null ? "" : " of " + bytes(cardBytes);
    }

    private void major() {
        CollectionFigures.Major major = result.collections().major();
        Long nepotismBytes = result.collections().minor().nepotismBytes();
        if (major == null) {
            return;
        }
        line("major", countOf(major.count(), "collection") + ", " + bytes(major.freedBytes()) + " freed");
        if (nepotismBytes != null && nepotismBytes > 0) {
            String most = major.nepotism().isEmpty()
                    ? ""
                    : ", most by " + major.nepotism().get(0).holder();
            line("nepotism", bytes(nepotismBytes) + " of young objects were kept by dead old ones" + most);
        }
    }

    private static String timeEach(Minor minor) {
        Long nanos = minor.nanos();
        return nanos == null || minor.count() == 0
                ? ""
                : ", " + nanos((double) nanos / minor.count()) + " each in the shadow heap";
    }

    private void fidelity() {
        AnalysisResult.Events events = result.events();
        AnalysisResult.Fidelity fidelity = result.fidelity();
        out.append('\n');
        line("Fidelity");
        line(
                "events",
                count(events.total()) + ": " + count(events.births()) + " births, "
                        + count(events.firstContacts()) + " first contacts, " + count(events.stores()) + " field, "
                        + count(events.staticStores()) + " static and " + count(events.arrayStores())
                        + " array stores, "
                        + count(events.arrayCopies()) + " array copies, " + count(events.roots()) + " roots");
        line(
                "errors",
                count(fidelity.lost()) + " lost, " + count(fidelity.resurrected()) + " resurrected, "
                        + count(fidelity.contradictions()) + " contradictions");
        line(
                "ids",
                count(fidelity.idsUsed()) + " used of " + count(Integer.MAX_VALUE) + " ("
                        + percent((double) fidelity.idsUsed() / Integer.MAX_VALUE) + ")");
        Long allocated = fidelity.allocatedBytes();
        if (allocated != null && allocated > 0) {
            line(
                    "coverage",
                    bytes(fidelity.mirroredBytes()) + " mirrored of " + bytes(allocated) + " that the JVM allocated");
        }
        verified(fidelity.verified());
        uninstrumented();
    }

    private void verified(@Nullable Verified verified) {
        if (verified == null) {
            return;
        }
        line(
                "verified",
                countOf(verified.objects(), "object") + " and " + countOf(verified.edges(), "slot")
                        + " against a heap dump: " + countOf(verified.differences(), "difference") + ", "
                        + count(verified.explained()) + " explained, " + count(verified.racing())
                        + " written meanwhile");
        for (Difference each : verified.found()) {
            line("", each.path() + ": " + each.cause() + ", expected " + each.expected() + ", found " + each.actual());
        }
    }

    private void uninstrumented() {
        List<AnalysisResult.Uninstrumented> left = result.uninstrumented();
        if (left.isEmpty()) {
            return;
        }
        line(
                "left out",
                count(left.size()) + (left.size() == 1 ? " class" : " classes")
                        + " not rewritten, or not wholly; stores in there are not seen");
        for (AnalysisResult.Uninstrumented each : left.subList(0, Math.min(NAMED_CLASSES, left.size()))) {
            line("", each.className() + ": " + each.reason());
        }
        if (left.size() > NAMED_CLASSES) {
            line("", "and " + count(left.size() - NAMED_CLASSES) + " more, all named in the JSON report");
        }
    }
}
