package org.shadowheap.analysis;

import java.util.List;

/**
 * The comparison of a shadow heap with a JVM that goes on meanwhile.
 *
 * @param notes what a reader must know first
 * @param passes how often both heaps were compared
 * @param unsettled slots that were stored to during each pass, so that none compared them
 * @param verified what the last pass found
 */
public record RunningVerified(List<String> notes, int passes, long unsettled, Verified verified) {

    public RunningVerified {
        notes = List.copyOf(notes);
    }
}
