package org.shadowheap.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shadowheap.analysis.AnalysisResult.Caller;
import org.shadowheap.analysis.CallerCounts.Place;
import org.shadowheap.event.CallerDefinition;

/** Shares of those who call. */
final class CallerCountsTest {

    private static final Place PUT = new Place("java.util.HashMap.putVal:654", "java.util.HashMap$Node.value");
    private static final Place TABLE = new Place("java.util.HashMap.putVal:629", null);

    private final CallerCounts counts = new CallerCounts();

    private Map<Place, List<Caller>> byPlace() {
        return counts.byPlace(site -> site == 9 ? TABLE : PUT);
    }

    private void caller(int id, String method, int line) {
        counts.define(new CallerDefinition(id, "app.Main", method, line));
    }

    @Test
    void aSampleCountsForAsManyStoresAsItStandsFor() {
        caller(1, "often", 10);
        caller(2, "seldom", 20);
        counts.add(1, 2, 100);
        counts.add(1, 1, 50);
        counts.add(1, 1, 250);
        assertEquals(
                Map.of(PUT, List.of(new Caller("app.Main.often:10", 0.75), new Caller("app.Main.seldom:20", 0.25))),
                byPlace());
    }

    @Test
    void placesOfOneNameAreOne() {
        caller(1, "main", 10);
        caller(2, "main", 10); // another loader's, or entered by two threads
        caller(3, "native", -1);
        counts.add(1, 1, 10);
        counts.add(2, 2, 20); // another class file's, with the same name
        counts.add(2, 3, 10);
        counts.add(9, 3, 10);
        assertEquals(
                Map.of(
                        PUT, List.of(new Caller("app.Main.main:10", 0.75), new Caller("app.Main.native", 0.25)),
                        TABLE, List.of(new Caller("app.Main.native", 1))),
                byPlace());
    }

    @Test
    void whoeverIsNotDefinedIsNobodyAndComesFirstAmongEquals() {
        caller(1, "main", 10);
        counts.add(1, 1, 10);
        counts.add(1, 0, 10);
        assertEquals(Map.of(PUT, List.of(new Caller(null, 0.5), new Caller("app.Main.main:10", 0.5))), byPlace());
    }

    @Test
    void samplesThatStandForNothingHaveNoShare() {
        counts.add(1, 0, 0);
        counts.add(1, 0, -7);
        assertEquals(Map.of(PUT, List.of(new Caller(null, 0))), byPlace());
    }

    @Test
    void thereIsRoomForAnyNumberOfPairs() {
        int callers = 1_000;
        for (int id = 1; id <= callers; id++) {
            caller(id, "m" + id, id);
            counts.add(1, id, 1);
        }
        List<Caller> found = byPlace().get(PUT);
        assertEquals(callers, found.size());
        assertEquals(1.0 / callers, found.get(callers - 1).share());
    }
}
