package org.shadowheap.report;

import static org.shadowheap.report.Units.count;
import static org.shadowheap.report.Units.countOf;

import org.shadowheap.analysis.Difference;
import org.shadowheap.analysis.Verified;

/** What a comparison with a heap dump found: a line, and one for each difference. */
final class VerifiedSection {

    private VerifiedSection() {}

    static void write(Verified verified, Lines out) {
        out.line(
                "verified",
                countOf(verified.objects(), "object") + " and " + countOf(verified.edges(), "slot")
                        + " against a heap dump: " + countOf(verified.differences(), "difference") + ", "
                        + count(verified.explained()) + " explained, " + count(verified.racing())
                        + " written meanwhile");
        for (Difference each : verified.found()) {
            out.line(
                    "",
                    each.path() + ": " + each.cause() + ", expected " + each.expected() + ", found " + each.actual());
        }
    }
}
