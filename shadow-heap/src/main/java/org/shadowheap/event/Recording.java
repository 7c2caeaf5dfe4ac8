package org.shadowheap.event;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a stream of events is a recording of: enough to understand its trace without the machine that made it.
 *
 * @param program main class or jar of the recorded program, with its arguments as far as they are known
 * @param jvm name and version of the JVM it ran in
 * @param startMillis when the recording began, milliseconds since 1970-01-01 UTC
 * @param model how that JVM lays out objects
 * @param options the options it was recorded with, sizes in bytes and without unit; sorted by key
 */
public record Recording(String program, String jvm, long startMillis, ObjectModel model, Map<String, String> options) {

    public Recording {
        options = Collections.unmodifiableMap(new TreeMap<>(options));
    }
}
