package org.shadowheap.targets;

import java.util.Map;
import java.util.TreeMap;

/** What a program knows that it stored: prints a line for each field, with how often. */
final class WriteCounts {

    private final String program;
    private final Map<String, Integer> counts = new TreeMap<>();

    WriteCounts(Class<?> program) {
        this.program = program.getName();
    }

    /** @param field of a nested class, {@code Class.field} or {@code Class[]}; a star at the end stands for all that follows */
    void expect(String field, int times) {
        counts.put(program + '$' + field, times);
    }

    /** As {@link #expect}, of the program itself. */
    void expectOwn(String field, int times) {
        counts.put(program + '.' + field, times);
    }

    void print() {
        counts.forEach((field, times) -> System.out.println(field + ' ' + times));
    }
}
