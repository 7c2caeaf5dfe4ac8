package org.shadowheap.instrument;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.shadowheap.event.UninstrumentedClass;

/** Classes that are not rewritten: what could not be, each once, with the reason; and what is left out by rule. Any thread. */
public final class Uninstrumented {

    private final TreeMap<String, String> reasons = new TreeMap<>();
    private final Map<Exclusion, TreeMap<String, Integer>> excluded = new EnumMap<>(Exclusion.class);

    /** Enters a class that could not be rewritten; true if it is new. */
    synchronized boolean add(String className, String reason) {
        return reasons.putIfAbsent(className, reason) == null;
    }

    /** Enters a class that is left out by rule. Several may have one name. */
    public synchronized void exclude(String className, Exclusion rule) {
        excluded.computeIfAbsent(rule, ignored -> new TreeMap<>()).merge(className, 1, Integer::sum);
    }

    /** All that could not be rewritten, by name. */
    public synchronized List<UninstrumentedClass> list() {
        List<UninstrumentedClass> entries = new ArrayList<>();
        for (Map.Entry<String, String> each : reasons.entrySet()) {
            entries.add(new UninstrumentedClass(each.getKey(), each.getValue()));
        }
        return entries;
    }

    /** Every rule, the classes that it left out, and the classes that could not be rewritten: a line each. */
    public synchronized List<String> describe() {
        List<String> lines = new ArrayList<>();
        for (Exclusion rule : Exclusion.values()) {
            Map<String, Integer> names = excluded.getOrDefault(rule, new TreeMap<>());
            int count = names.values().stream().mapToInt(Integer::intValue).sum();
            lines.add("left as they are: " + rule.line() + (count == 0 ? "" : " (" + count + ')'));
            names.forEach((name, times) -> lines.add("  " + name + (times == 1 ? "" : ", " + times + " times")));
        }
        lines.add("could not be rewritten: " + (reasons.isEmpty() ? "none" : reasons.size()));
        reasons.forEach((name, reason) -> lines.add("  " + name + ": " + reason));
        return lines;
    }
}
