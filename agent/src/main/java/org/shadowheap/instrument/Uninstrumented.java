package org.shadowheap.instrument;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.shadowheap.event.UninstrumentedClass;

/** Classes that could not be rewritten, each once, with the reason. Any thread adds, any thread reads. */
public final class Uninstrumented {

    private final TreeMap<String, String> reasons = new TreeMap<>();

    /** Enters a class; true if it is new. */
    synchronized boolean add(String className, String reason) {
        return reasons.putIfAbsent(className, reason) == null;
    }

    /** All of them by name. */
    public synchronized List<UninstrumentedClass> list() {
        List<UninstrumentedClass> entries = new ArrayList<>();
        reasons.forEach((name, reason) -> entries.add(new UninstrumentedClass(name, reason)));
        return entries;
    }
}
