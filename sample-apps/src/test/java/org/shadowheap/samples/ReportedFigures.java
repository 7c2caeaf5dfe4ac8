package org.shadowheap.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.shadowheap.testing.Json;

/** Compares a report with the known answers of samples. */
final class ReportedFigures {

    private final Map<String, Object> result;

    ReportedFigures(Map<String, Object> result) {
        this.result = result;
    }

    /** Asserts every figure of every sample, and says which are wrong. */
    void areThoseOf(List<Sample> samples) {
        List<String> wrong = samples.stream()
                .flatMap(sample -> sample.figures().get().stream()
                        .filter(figure -> !figure.bounds().contain(reported(figure)))
                        .map(figure -> sample.name() + ": " + figure.name() + " " + figure.key() + " expected="
                                + figure.bounds() + " found=" + reported(figure)))
                .toList();
        assertEquals(List.of(), wrong);
    }

    private long reported(Figure figure) {
        return switch (figure.of()) {
            case SITE -> sum("sites", figure, row -> ((String) row.get("site")).startsWith(figure.name() + ':'));
            case FIELD -> sum("fields", figure, row -> figure.name().equals(row.get("field")));
            case NEPOTISM -> nepotism(figure);
            case MINOR -> Json.number(result, "collections", "minor", figure.key());
        };
    }

    private long nepotism(Figure figure) {
        Map<?, ?> major = (Map<?, ?>) ((Map<?, ?>) result.get("collections")).get("major");
        if (major == null) {
            return 0;
        }
        return ((List<?>) major.get("nepotism"))
                .stream()
                        .map(holder -> (Map<?, ?>) holder)
                        .filter(holder -> figure.name().equals(holder.get("holder")))
                        .mapToLong(holder -> ((Number) holder.get("bytes")).longValue())
                        .sum();
    }

    private long sum(String list, Figure figure, Predicate<Map<String, Object>> isMeant) {
        return Json.objects(result, list).stream()
                .filter(isMeant)
                .mapToLong(row -> Json.number(row, figure.key()))
                .sum();
    }
}
