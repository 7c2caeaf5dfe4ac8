package org.shadowheap.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known only when a recording ends.
 *
 * @param nanos how long it ran, null if nobody could tell
 * @param allocatedBytes bytes the JVM itself says the program allocated meanwhile, null if it does not say
 * @param stopped why the recording ended before its program did, null if it did not
 * @param uninstrumented classes that were left as they are, each named once
 */
public record RecordingEnd(
        @Nullable Long nanos,
        @Nullable Long allocatedBytes,
        @Nullable String stopped,
        List<UninstrumentedClass> uninstrumented) {

    /** The end of a trace that has none, because its process was killed. */
    public static final RecordingEnd CUT =
            new RecordingEnd(null, null, "the trace was cut off, what it holds is valid", List.of());

    public RecordingEnd {
        uninstrumented = List.copyOf(uninstrumented);
    }

    /** The end of a recording that ran as long as its program. */
    public static RecordingEnd after(long nanos, List<UninstrumentedClass> uninstrumented) {
        return new RecordingEnd(nanos, null, null, uninstrumented);
    }
}
