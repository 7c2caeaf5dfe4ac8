package org.shadowheap.benchmarks.cards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shadowheap.benchmarks.cards.CardComparison.Window;

/** A planted number of dirty cards is found by G1 and by the shadow heap, at the same collections. */
class CardsAgainstG1IT {

    private static final int CARDS = 5_000;
    private static final int TIMES = 3;

    /** Cards that the program's garbage and the JDK dirty besides in one window, at most. */
    private static final int BESIDES = 50;

    /** The agent as well, in the JVM's heap alone, while it rewrites classes. */
    private static final int OF_THE_AGENT = 2_000;

    @TempDir
    private Path folder;

    @Test
    void plantedCardsAreFoundByBoth() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path agent = Path.of(System.getProperty("shadowheap.jar"));
        CardComparison comparison = new G1Run(java, agent, "32m", folder)
                .compare(List.of(
                        "-cp",
                        CardsAgainstG1.plantedFolder().toString(),
                        PlantedCards.class.getName(),
                        Integer.toString(CARDS)));
        List<Window> planted = comparison.windows().stream()
                .filter(window -> window.real() >= CARDS)
                .toList();
        assertEquals(TIMES, planted.size(), comparison::toString);
        for (Window each : planted) {
            assertTrue(each.real() <= CARDS + BESIDES + OF_THE_AGENT, comparison::toString);
            // In the first window the JDK's classes store besides, for the agent: G1 counts that, too.
            long most = Math.max(CARDS + BESIDES, each.real());
            assertTrue(each.ours() >= CARDS && each.ours() <= most, comparison::toString);
            assertTrue(each.filtered() >= CARDS && each.filtered() <= each.ours(), comparison::toString);
        }
    }
}
