package org.shadowheap.replay;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Reads lines of Elephant Tracks as a simulator of garbage collection would, which knows nothing of how they were made, and fails
 * where they contradict themselves.
 */
final class EtReader {

    /** Targets by slot, of each object that lives. */
    final Map<String, Map<String, String>> living = new HashMap<>();

    final Set<String> dead = new HashSet<>();

    /** Old targets that are not what the slot held. */
    int surprises;

    int updates;

    void read(String line) {
        String[] token = line.split(" ", -1);
        switch (token[0]) {
            case "A", "N", "P", "V" -> allocate(token);
            case "U" -> update(token);
            case "R" -> require(token[1], line);
            case "D" -> die(token);
            default -> throw new AssertionError("no such line: " + line);
        }
    }

    /** {@code N id size type site thread}, of an array with its length before the thread. */
    private void allocate(String[] token) {
        boolean isArray = token[3].startsWith("[");
        if (token.length != (isArray ? 7 : 6) || Long.parseLong(token[2], 16) <= 0) {
            throw new AssertionError("no allocation: " + String.join(" ", token));
        }
        if (dead.contains(token[1]) || living.put(token[1], new HashMap<>()) != null) {
            throw new AssertionError("twice: " + String.join(" ", token));
        }
    }

    /** {@code U old-target object new-target slot thread}. */
    private void update(String[] token) {
        String line = String.join(" ", token);
        Map<String, String> slots = require(token[2], line);
        if (!token[3].equals("0")) {
            require(token[3], line);
        }
        String before = slots.put(token[4], token[3]);
        updates++;
        if (!token[1].equals(before == null ? "0" : before)) {
            surprises++;
        }
    }

    private void die(String[] token) {
        require(token[1], String.join(" ", token));
        living.remove(token[1]);
        dead.add(token[1]);
    }

    private Map<String, String> require(String object, String line) {
        Map<String, String> slots = living.get(object);
        if (slots == null) {
            throw new AssertionError((dead.contains(object) ? "dead: " : "never allocated: ") + line);
        }
        return slots;
    }

    /** How many slots of living objects refer to dead ones: but for weak references none may. */
    long danglingSlots() {
        return living.values().stream()
                .flatMap(slots -> slots.values().stream())
                .filter(dead::contains)
                .count();
    }
}
