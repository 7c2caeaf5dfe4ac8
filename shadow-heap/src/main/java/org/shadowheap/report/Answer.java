package org.shadowheap.report;

import static org.shadowheap.report.Units.bytes;
import static org.shadowheap.report.Units.count;
import static org.shadowheap.report.Units.countOf;
import static org.shadowheap.report.Units.mean;
import static org.shadowheap.report.Units.nanos;
import static org.shadowheap.report.Units.percent;

import java.util.List;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.CollectionFigures.Minor;
import org.shadowheap.analysis.CollectionFigures.MinorCollection;
import org.shadowheap.analysis.CollectionFigures.RealCollection;

/** What the report is read for: the share of old-to-young stores, and the pages that they dirty. */
final class Answer {

    private final AnalysisResult result;
    private final Lines out;

    Answer(AnalysisResult result, Lines out) {
        this.result = result;
        this.out = out;
    }

    void write() {
        AnalysisResult.Stores stores = result.stores();
        Double share = stores.oldToYoungShare();
        if (share == null) {
            out.line("Shadow Heap: no reference store was seen.");
            return;
        }
        out.line("Shadow Heap: " + percent(share) + " of " + count(stores.reference())
                + " reference stores are old-to-young.");
        out.line("That is " + countOf(stores.oldToYoung(), "store") + rates(stores) + ".");
        Minor minor = result.collections().minor();
        if (minor.count() == 0) {
            out.line("No minor collection was due, so nothing was scanned.");
            return;
        }
        long most = Sums.most(result.minorCollections(), MinorCollection::dirtyPages);
        out.line("A minor collection finds " + perCollection(minor.dirtyPages()) + " dirty pages on average, "
                + count(most) + " at most, and " + perCollection(minor.dirtyObjects()) + " dirty objects.");
        String trend = Trend.of(result.minorCollections());
        if (!trend.isEmpty()) {
            out.line(trend);
        }
        real();
    }

    /** The JVM's own young collections, where they were seen. */
    private void real() {
        List<RealCollection> real = RealYoung.of(result);
        if (real.isEmpty()) {
            return;
        }
        long stores = Sums.sum(real, RealCollection::oldToYoung);
        out.line("The JVM itself ran " + countOf(real.size(), "young collection") + ", one after "
                + mean((double) stores / real.size()) + " old-to-young stores on average" + pause(real) + ".");
        long eden = RealYoung.edenBytes(result);
        if (RealTime.is(result)) {
            out.line("The shadow heap was collected at the same places.");
        } else if (eden > 0) {
            out.line("Its eden had " + bytes(eden) + " on average, the shadow nursery has "
                    + bytes(result.configuration().nurseryBytes()) + ".");
        }
    }

    private static String pause(List<RealCollection> real) {
        Double nanos = Sums.mean(real, RealCollection::pauseNanos);
        return nanos == null ? "" : ", with pauses of " + nanos(nanos);
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
}
