package org.shadowheap.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.shadowheap.analysis.Difference;
import org.shadowheap.analysis.DifferingField;
import org.shadowheap.analysis.Verified;

/** Counts what a comparison comes across; keeps the first differences whole. */
final class Findings {

    /** Differences that are kept with their paths. */
    static final int KEPT = 20;

    /** Slots of one field that differ for one cause. */
    private record Key(String field, Cause cause) {}

    private final Map<Key, Long> byField = new HashMap<>();
    private final List<Difference> found = new ArrayList<>();
    private final SlotSet differing = new SlotSet();
    private final SlotSet changing = new SlotSet();
    private long edges;
    private long differences;
    private long explained;
    private long racing;

    /** A slot was compared. */
    void edge() {
        edges++;
    }

    /** Whether a difference of this cause would still be kept whole. */
    boolean keeps(Cause cause) {
        return cause.isDifference() && found.size() < KEPT;
    }

    /**
     * A slot differs.
     *
     * @param id of the object that has it, and {@code slot} its place there: what it is known by in another comparison
     */
    void count(String field, Cause cause, int id, int slot) {
        byField.merge(new Key(field, cause), 1L, Long::sum);
        if (cause.isExplained()) {
            explained++;
        } else if (cause == Cause.RACING_WRITE) {
            racing++;
            changing.add(id, slot);
        } else {
            differences++;
            differing.add(id, slot);
        }
    }

    /** Keeps a difference that was counted. */
    void keep(String path, Cause cause, String expected, String actual) {
        found.add(new Difference(path, cause.text, expected, actual));
    }

    /** The slots that differ. */
    SlotSet differing() {
        return differing;
    }

    /** The slots that were not compared, as they were stored to meanwhile. */
    SlotSet changing() {
        return changing;
    }

    /** @param objects how many were paired */
    Verified result(long objects) {
        List<DifferingField> fields = byField.entrySet().stream()
                .sorted(Comparator.<Map.Entry<Key, Long>>comparingLong(Map.Entry::getValue)
                        .reversed()
                        .thenComparing(each -> each.getKey().field())
                        .thenComparing(each -> each.getKey().cause()))
                .map(each ->
                        new DifferingField(each.getKey().field(), each.getKey().cause().text, each.getValue()))
                .toList();
        return new Verified(objects, edges, differences, explained, racing, found, fields);
    }
}
