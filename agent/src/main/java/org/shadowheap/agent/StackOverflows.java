package org.shadowheap.agent;

import java.lang.instrument.Instrumentation;
import java.util.List;
import org.shadowheap.report.Digits;

/**
 * How often the stack overflowed in this JVM, in whatever code: it counts its StackOverflowErrors.
 *
 * <p>One that is thrown where a barrier is called ends the call before anything of ours runs: nobody else could count it.
 */
final class StackOverflows {

    /** In the text that {@code jcmd VM.info} prints, if there is anything to count. */
    private static final String HEADING = "OutOfMemory and StackOverflow Exception counts:";

    private static final String COUNT = "StackOverflowErrors=";

    private StackOverflows() {}

    /** What a report must say of them; nothing if there were none, or the JVM does not tell. Takes 4 to 25 milliseconds. */
    static List<String> notes(Instrumentation instrumentation) {
        try {
            return notes(Management.execute(instrumentation, "VM.info"));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError otherJvm) {
            return List.of();
        }
    }

    static List<String> notes(String info) {
        long count = count(info);
        if (count == 0) {
            return List.of();
        }
        return List.of(
                count == 1
                        ? "the stack overflowed once: that may have cost up to four stores that are not counted"
                        : "the stack overflowed " + Digits.grouped(count)
                                + " times: each may have cost up to four stores that are not counted");
    }

    private static long count(String info) {
        int heading = info.indexOf(HEADING);
        int at = heading < 0 ? -1 : info.indexOf(COUNT, heading);
        if (at < 0) {
            return 0;
        }
        int begin = at + COUNT.length();
        int end = begin;
        while (end < info.length() && Character.isDigit(info.charAt(end))) {
            end++;
        }
        return end == begin ? 0 : Long.parseLong(info.substring(begin, end));
    }
}
