package org.shadowheap.instrument;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Classes that could not be rewritten, each once, with the reason. Any thread adds, any thread reads. */
public final class Uninstrumented {

    private final TreeMap<String, String> reasons = new TreeMap<>();

    /**
     * A class that stayed as it was.
     *
     * @param className binary name
     * @param reason one line
     */
    public record Entry(String className, String reason) {}

    /** Enters a class; true if it is new. */
    synchronized boolean add(String className, String reason) {
        return reasons.putIfAbsent(className, reason) == null;
    }

    /** All of them by name. */
    public synchronized List<Entry> list() {
        List<Entry> entries = new ArrayList<>();
        reasons.forEach((name, reason) -> entries.add(new Entry(name, reason)));
        return entries;
    }
}
