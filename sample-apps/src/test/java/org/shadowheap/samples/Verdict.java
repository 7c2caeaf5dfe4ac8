package org.shadowheap.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.shadowheap.testing.Json;

/** What a report with {@code verify=exit} says of the shadow heap, beside the heap dump. */
final class Verdict {

    /** How the line begins that tells of slots that differ, {@link #holds} says how many may. */
    private static final String DIFFERS = "shadowheap: the shadow heap differs from the heap dump in ";

    /**
     * The one cause that may be left, for so many slots: an object that only a weak reference led to when a collection of
     * the shadow heap ran, and that the program got back from that reference, because the JVM's collector had not run.
     */
    private static final String JUDGED_DEAD = "judged dead";

    private static final long MOST_JUDGED_DEAD = 20;

    /** Slots stored to while the dump was taken, which nobody can compare. */
    private static final long MOST_RACING = 1000;

    private final Map<String, Object> verified;

    private Verdict(Map<String, Object> verified) {
        this.verified = verified;
    }

    @SuppressWarnings("unchecked")
    static Verdict of(Map<String, Object> report) {
        return new Verdict((Map<String, Object>) ((Map<String, Object>) report.get("fidelity")).get("verified"));
    }

    /** Asserts that a program with the agent wrote nothing to stderr, the line apart that tells of slots that differ. */
    static void isAllOf(String stderr) {
        assertEquals(
                List.of(),
                stderr.lines().filter(line -> !line.startsWith(DIFFERS)).toList());
    }

    /**
     * Asserts that the shadow heap is the heap, for all slots but those that are excepted above.
     *
     * @param leastSlots how many must have been compared at least
     */
    void holds(long leastSlots) {
        List<Map<String, Object>> fields = Json.objects(verified, "byField");
        List<String> unlike = fields.stream()
                .filter(each -> !List.of("written by the JVM", "of the agent", "racing write", JUDGED_DEAD)
                        .contains(each.get("cause")))
                .map(Object::toString)
                .toList();
        assertEquals(List.of(), unlike, () -> "first found: " + verified.get("found"));
        assertTrue(Json.number(verified, "differences") <= MOST_JUDGED_DEAD, () -> "judged dead: " + fields);
        assertTrue(Json.number(verified, "racing") <= MOST_RACING, () -> "racing: " + fields);
        assertTrue(Json.number(verified, "edges") >= leastSlots, this::toString);
    }

    /** Asserts that no slot differs for a store that should have been seen. */
    void hasNoUnseenStore() {
        List<Map<String, Object>> unseen = Json.objects(verified, "byField").stream()
                .filter(each -> List.of("unseen store", "JNI").contains(each.get("cause")))
                .toList();
        assertEquals(List.of(), unseen);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String key : List.of("objects", "edges", "differences", "explained", "racing")) {
            text.append(key).append('=').append(verified.get(key)).append(' ');
        }
        return text.toString().trim();
    }
}
