package org.shadowheap.trace;

import java.util.Map;
import org.shadowheap.event.Recording;
import org.shadowheap.event.RecordingEnd;

/**
 * What is in a trace, told from the heads of its blocks: the events themselves are neither read nor checked.
 *
 * @param fileBytes size of the file
 * @param blocks blocks of events
 * @param records records by kind, definitions included, in the order of kinds
 * @param lost events that were lost while recording
 * @param cut whether the trace ends without its end
 */
public record TraceSummary(
        Recording recording,
        long fileBytes,
        long blocks,
        Map<String, Long> records,
        long types,
        long sites,
        long lost,
        boolean cut,
        RecordingEnd end) {

    /** Number of records, those of definitions not counted. */
    public long events() {
        return records.values().stream().mapToLong(Long::longValue).sum();
    }
}
