package org.shadowheap.analysis;

import java.util.ArrayList;
import java.util.List;
import org.shadowheap.event.Recording;
import org.shadowheap.event.RecordingEnd;

/** What a reader must know before any figure: that only part was instrumented, that recording ended early. */
final class Notes {

    private Notes() {}

    static List<String> of(Recording recording, RecordingEnd end) {
        List<String> notes = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (String option : List.of("include", "exclude", "jdk")) {
            String value = recording.options().get(option);
            if (value != null && !(option.equals("jdk") && value.equals("true"))) {
                leftOut.add(option + '=' + value);
            }
        }
        if (!leftOut.isEmpty()) {
            notes.add("partial: not all classes were instrumented, " + String.join(", ", leftOut));
        }
        if (end.stopped() != null) {
            notes.add("recording ended early: " + end.stopped());
        }
        return notes;
    }
}
