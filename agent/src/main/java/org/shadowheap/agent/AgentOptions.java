package org.shadowheap.agent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shadowheap.remset.RememberedSetPolicy;

/**
 * What the user asked the agent for.
 *
 * @param reports where the report goes at the end; empty for nowhere
 * @param trace file to record the event stream to, null for none
 * @param live whether to mirror and collect in this JVM
 * @param nurseryBytes bytes allocated between minor collections
 * @param pageBytes old-space page
 * @param tenure minor collections an object must survive to be promoted
 * @param remset how old objects that may refer to young ones are found
 * @param cardBytes size of a card, for those remembered sets that have cards
 * @param appliers threads that apply events to the heap
 * @param collectors threads of a minor collection
 * @param check whether the heap is verified after every collection
 * @param debugClasses whether what is left uninstrumented, and why, is printed at the end
 * @param debugDrain whether it is printed each second how the drain keeps up
 * @param verify whether the shadow heap is compared with a heap dump before the JVM ends
 * @param include class name globs, empty for all
 * @param exclude class name globs
 * @param app class name globs of what counts as the application, empty for everything outside the JDK
 * @param jdk whether the JDK's own classes are instrumented
 * @param headerIdentity whether ids live in object headers
 * @param stacks whether thread stacks are walked for roots
 * @param logBytes bound of the event log
 * @param heapBytes bound of the shadow heap, 0 for the default
 * @param maxWaitNanos how long a barrier may wait for the drain
 * @param cache folder for rewritten classes of the JDK, empty for the default, null for none
 */
record AgentOptions(
        List<ReportTarget> reports,
        @Nullable String trace,
        boolean live,
        long nurseryBytes,
        int pageBytes,
        int tenure,
        RememberedSetPolicy remset,
        int cardBytes,
        int appliers,
        int collectors,
        boolean check,
        boolean debugClasses,
        boolean debugDrain,
        boolean verify,
        List<String> include,
        List<String> exclude,
        List<String> app,
        boolean jdk,
        boolean headerIdentity,
        boolean stacks,
        long logBytes,
        long heapBytes,
        long maxWaitNanos,
        @Nullable String cache) {

    /** The same, with relative paths beginning at a folder. */
    AgentOptions withPathsFrom(Path folder) {
        return new AgentOptions(
                from(reports, folder),
                trace == null ? null : folder.resolve(trace).toString(),
                live,
                nurseryBytes,
                pageBytes,
                tenure,
                remset,
                cardBytes,
                appliers,
                collectors,
                check,
                debugClasses,
                debugDrain,
                verify,
                include,
                exclude,
                app,
                jdk,
                headerIdentity,
                stacks,
                logBytes,
                heapBytes,
                maxWaitNanos,
                cache);
    }

    private static List<ReportTarget> from(List<ReportTarget> reports, Path folder) {
        List<ReportTarget> found = new ArrayList<>(reports);
        found.replaceAll(target -> target.from(folder));
        return List.copyOf(found);
    }

    /**
     * A place for the report.
     *
     * @param file path, null for text on stderr
     * @param json whether it is JSON
     */
    record ReportTarget(@Nullable String file, boolean json) {

        ReportTarget from(Path folder) {
            return file == null ? this : new ReportTarget(folder.resolve(file).toString(), json);
        }
    }
}
