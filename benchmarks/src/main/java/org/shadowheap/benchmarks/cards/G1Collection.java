package org.shadowheap.benchmarks.cards;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What G1's log says of a young collection.
 *
 * @param number G1's own, which counts other collections as well
 * @param uptimeSeconds when it began, since the JVM did
 * @param dirtiedCards cards that were dirtied since the collection before; exact if nobody refines them meanwhile
 */
record G1Collection(int number, double uptimeSeconds, long dirtiedCards) {

    /** {@code [7.983s][gc,refine,stats] GC(0) Total refinement: 0.00ms, refined: 0, precleaned: 0, dirtied: 2138}, as of 17 and 25. */
    private static final Pattern LINE = Pattern.compile("\\[([0-9.]+)s]\\[[^]]*] GC\\(([0-9]+)\\) (.*)");

    private static final Pattern DIRTIED = Pattern.compile("Total refinement: .* dirtied: ([0-9]+)");
    private static final String YOUNG = "Pause Young";
    private static final String FULL = "Pause Full";

    /**
     * The young collections of a log, in their order: those that begin or end a marking, and mixed ones, are among them, since G1 tells of
     * all of them as young. Concurrent cycles and their pauses are none.
     *
     * @throws IllegalArgumentException if a full collection moved everything, or of a young one the cards are not told
     */
    static List<G1Collection> parse(List<String> lines) {
        Map<Integer, Double> begins = new HashMap<>();
        Map<Integer, Long> dirtied = new HashMap<>();
        Set<Integer> seen = new HashSet<>();
        List<G1Collection> young = new ArrayList<>();
        for (String line : lines) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                continue;
            }
            int number = Integer.parseInt(parts.group(2));
            String text = parts.group(3).strip();
            begins.putIfAbsent(number, Double.parseDouble(parts.group(1)));
            Matcher cards = DIRTIED.matcher(text);
            if (cards.matches()) {
                dirtied.put(number, Long.parseLong(cards.group(1)));
            } else if (text.startsWith(FULL)) {
                throw new IllegalArgumentException("a full collection cleans cards by itself: " + line);
            } else if (text.startsWith(YOUNG) && seen.add(number)) {
                young.add(new G1Collection(number, begins.getOrDefault(number, 0.0), cards(dirtied.get(number), line)));
            }
        }
        return young;
    }

    private static long cards(@Nullable Long dirtied, String line) {
        if (dirtied == null) {
            throw new IllegalArgumentException("dirty cards are not told: " + line);
        }
        return dirtied;
    }
}
