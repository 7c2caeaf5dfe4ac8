package org.shadowheap.report;

import static org.shadowheap.report.Units.bytes;
import static org.shadowheap.report.Units.count;
import static org.shadowheap.report.Units.countOf;
import static org.shadowheap.report.Units.duration;
import static org.shadowheap.report.Units.percent;
import static org.shadowheap.report.Units.signedPercent;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.LiveMethod;
import org.shadowheap.analysis.Verified;

/** How far the figures can be trusted. */
final class FidelitySection {

    private static final int NAMED_CLASSES = 5;

    private final AnalysisResult result;
    private final Lines out;

    FidelitySection(AnalysisResult result, Lines out) {
        this.result = result;
        this.out = out;
    }

    void write() {
        AnalysisResult.Events events = result.events();
        AnalysisResult.Fidelity fidelity = result.fidelity();
        out.emptyLine();
        out.line("Fidelity");
        out.line(
                "events",
                count(events.total()) + ": " + count(events.births()) + " births, "
                        + count(events.firstContacts()) + " first contacts, " + count(events.stores()) + " field, "
                        + count(events.staticStores()) + " static and " + count(events.arrayStores())
                        + " array stores, "
                        + count(events.arrayCopies()) + " array copies, " + count(events.roots()) + " roots");
        out.line(
                "errors",
                count(fidelity.lost()) + " lost, " + count(fidelity.resurrected()) + " resurrected, "
                        + count(fidelity.contradictions()) + " contradictions");
        out.line(
                "ids",
                count(fidelity.idsUsed()) + " used of " + count(Integer.MAX_VALUE) + " ("
                        + percent((double) fidelity.idsUsed() / Integer.MAX_VALUE) + ")" + left(fidelity));
        Long allocated = fidelity.allocatedBytes();
        if (allocated != null && allocated > 0) {
            out.line(
                    "coverage",
                    bytes(fidelity.mirroredBytes()) + " mirrored of " + bytes(allocated) + " that the JVM allocated ("
                            + percent((double) fidelity.mirroredBytes() / allocated) + ")");
        }
        liveMethod(result.liveMethod());
        Verified verified = fidelity.verified();
        if (verified != null) {
            VerifiedSection.write(verified, out);
        }
        uninstrumented();
    }

    /** Ids are never used again: where they run out, the recording ends. */
    private static String left(AnalysisResult.Fidelity fidelity) {
        Double seconds = fidelity.idsSecondsLeft();
        return seconds == null ? "" : "; the rest lasts " + duration(seconds) + " at this rate";
    }

    private void liveMethod(@Nullable LiveMethod live) {
        if (live != null) {
            out.line(
                    "live",
                    "a session that does not know what comes says " + bytes(live.survivedBytes()) + " survived"
                            + error(live.survivedBytesError()) + ", " + countOf(live.oldToYoung(), "old-to-young store")
                            + error(live.oldToYoungError()) + ", " + countOf(live.dirtyPages(), "dirty page")
                            + error(live.dirtyPagesError()) + ", " + count(live.resurrected()) + " resurrected");
        }
    }

    private static String error(@Nullable Double error) {
        return error == null ? "" : " (" + signedPercent(error) + ")";
    }

    private void uninstrumented() {
        List<AnalysisResult.Uninstrumented> left = result.uninstrumented();
        if (left.isEmpty()) {
            return;
        }
        out.line(
                "left out",
                count(left.size()) + (left.size() == 1 ? " class" : " classes")
                        + " not rewritten, or not wholly; stores in there are not seen");
        for (AnalysisResult.Uninstrumented each : left.subList(0, Math.min(NAMED_CLASSES, left.size()))) {
            out.line("", each.className() + ": " + each.reason());
        }
        if (left.size() > NAMED_CLASSES) {
            out.line("", "and " + count(left.size() - NAMED_CLASSES) + " more, all named in the JSON report");
        }
    }
}
