package org.shadowheap.report;

import static org.shadowheap.report.Units.bytes;
import static org.shadowheap.report.Units.mean;
import static org.shadowheap.report.Units.percent;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.AnalysisResult.Caller;
import org.shadowheap.analysis.AnalysisResult.Field;
import org.shadowheap.analysis.AnalysisResult.Site;
import org.shadowheap.analysis.CollectionFigures;

/**
 * A thing to do after reading the report.
 *
 * @param command what to type for it, null if there is nothing to type
 */
record NextStep(String text, @Nullable String command) {

    /** Pages in each collection that nobody needs to care about. */
    private static final double FEW_PAGES = 4;

    /** Share of what was promoted from which on nepotism is worth a look. */
    private static final double MUCH_NEPOTISM = 0.01;

    /** Share of the nursery by which the JVM's eden may differ from it. */
    private static final double MUCH_OFF = 0.25;

    /** What matters most first. */
    static List<NextStep> of(AnalysisResult result) {
        if (result.fidelity().lost() != 0) {
            return one("Record again with a larger log= and a longer max-wait=, so that nothing is lost.");
        }
        if (result.collections().minor().count() == 0) {
            return one("Give it more work or a smaller nursery=, so that there is a minor collection to look at.");
        }
        if (result.stores().oldToYoung() == 0 || result.sites().isEmpty()) {
            return one("Nothing to do, no store is old-to-young.");
        }
        List<NextStep> steps = new ArrayList<>();
        steps.add(new NextStep(look(result), null));
        steps.add(new NextStep(fix(result), null));
        nepotism(result, steps);
        rerun(result, steps);
        steps.add(new NextStep(
                "See what another heap would pay: record with trace=run.shtrace, then",
                "java -jar shadowheap.jar replay run.shtrace --nursery 64m"));
        return steps;
    }

    private static List<NextStep> one(String text) {
        return List.of(new NextStep(text, null));
    }

    private static void rerun(AnalysisResult result, List<NextStep> steps) {
        long eden = RealYoung.edenBytes(result);
        long nursery = result.configuration().nurseryBytes();
        if (!RealTime.is(result) && eden >> 20 > 0 && Math.abs(eden - nursery) > nursery * MUCH_OFF) {
            steps.add(new NextStep(
                    "Run again with a nursery of the size of the JVM's eden; this one had " + bytes(nursery) + ".",
                    "-javaagent:shadowheap.jar=nursery=" + (eden >> 20) + "m"));
        }
    }

    private static String look(AnalysisResult result) {
        Site top = result.sites().get(0);
        String caller = firstOfApplication(top.callers() == null ? List.of() : top.callers());
        String from = caller == null ? "" : ", called most from " + caller;
        return "Look at " + top.site() + ", the source of "
                + percent((double) top.oldToYoung() / result.stores().oldToYoung())
                + " of the old-to-young stores" + from + ".";
    }

    private static @Nullable String firstOfApplication(List<Caller> callers) {
        for (Caller each : callers) {
            if (each.caller() != null) {
                return each.caller();
            }
        }
        return null;
    }

    /** Goes by the field that dirties most pages, because pages are what a collection pays for. */
    private static String fix(AnalysisResult result) {
        Field most = result.fields().get(0); // the first of all is old-to-young, if any is
        for (Field each : result.fields()) {
            if (each.oldToYoung() > 0 && each.pagesDirtied() > most.pagesDirtied()) {
                most = each;
            }
        }
        double pages =
                (double) most.pagesDirtied() / result.collections().minor().count();
        String costs = most.field() + " dirties most pages, " + mean(pages) + " in each collection";
        if (pages < FEW_PAGES) {
            return costs + ": that is cheap, however many stores there are.";
        }
        return costs + ". "
                + (most.field().endsWith("[]")
                        ? "Split a large array into small ones, or store to few of them."
                        : "Overwrite what it refers to in place, or make it together with its holder, "
                                + "instead of storing a new object.");
    }

    private static void nepotism(AnalysisResult result, List<NextStep> steps) {
        CollectionFigures.Major major = result.collections().major();
        Long nepotismBytes = result.collections().minor().nepotismBytes();
        if (major == null || nepotismBytes == null || major.nepotism().isEmpty()) {
            return;
        }
        long promotedBytes = result.collections().minor().promotedBytes();
        if (nepotismBytes > MUCH_NEPOTISM * promotedBytes) {
            CollectionFigures.Nepotism most = major.nepotism().get(0);
            steps.add(new NextStep(
                    "Let a dead " + most.holder() + " forget what it refers to: it kept " + bytes(most.bytes())
                            + " of young objects alive.",
                    null));
        }
    }
}
