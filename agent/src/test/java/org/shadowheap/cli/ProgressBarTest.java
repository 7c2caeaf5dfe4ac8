package org.shadowheap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.shadowheap.replay.SweepMeter;

final class ProgressBarTest {

    private static final long SECOND = 1_000_000_000;
    private static final long MOST_SECONDS = 10;
    private static final long LITTLE_MILLIS = 100;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CountDownLatch asked = new CountDownLatch(1);

    private String drawn(boolean isTerminal, boolean waits) throws InterruptedException {
        CountDownLatch written = new CountDownLatch(1);
        PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8) {
            @Override
            public void flush() {
                super.flush();
                written.countDown();
            }
        };
        ProgressBar bar = ProgressBar.start(
                new SweepMeter(),
                err,
                () -> {
                    asked.countDown();
                    return isTerminal;
                },
                80,
                waits ? 0 : 60_000);
        try {
            boolean wasAsked = asked.await(waits ? MOST_SECONDS * 1000 : LITTLE_MILLIS, TimeUnit.MILLISECONDS);
            assertEquals(waits, wasAsked, "looks for a terminal");
            if (waits && isTerminal) {
                assertTrue(written.await(MOST_SECONDS, TimeUnit.SECONDS));
            }
        } finally {
            bar.close();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void onATerminalItDrawsOneLineAndWipesIt() throws InterruptedException {
        String drawn = drawn(true, true);
        assertTrue(drawn.startsWith("\r[------------------------]   0 %  0.0 M events, "), drawn);
        assertTrue(drawn.matches("(?s)\r\\[.*\r +\r"), drawn);
        assertEquals(-1, drawn.indexOf('\n'));
    }

    @Test
    void elsewhereItDrawsNothing() throws InterruptedException {
        assertEquals("", drawn(false, true));
    }

    @Test
    void whoDoesNotWaitLongSeesNothingAndNobodyLooksForATerminal() throws InterruptedException {
        assertEquals("", drawn(true, false));
    }

    @Test
    void lineTellsEventsRateAndTimeLeft() {
        assertEquals(
                "[######------------------]  25 %  50.0 M events, 12.5 M/s, 0:12 left",
                ProgressBar.line(0.25, 50_000_000, 4 * SECOND, 80));
        assertEquals(
                "[------------------------]   1 %  1.0 M events, 0.1 M/s, 16:30 left",
                ProgressBar.line(0.01, 1_000_000, 10 * SECOND, 80));
        assertEquals(
                "[########################] 100 %  1.0 M events, 0.1 M/s, 0:00 left",
                ProgressBar.line(1, 1_000_000, 10 * SECOND, 80));
        assertEquals("[------------------------]   0 %  0.0 M events, 0.0 M/s", ProgressBar.line(0, 0, SECOND, 80));
        assertTrue(ProgressBar.line(0.0001, 5, 10 * SECOND, 80).endsWith(", 27:46:30 left"));
    }

    /** A line that wraps stays on the terminal for ever. */
    @Test
    void lineFitsEveryTerminal() {
        for (int columns = 20; columns < 200; columns++) {
            for (double share : new double[] {0, 0.0001, 0.01, 0.5, 1}) {
                String line = ProgressBar.line(share, 99_999_999_999L, 900_000 * SECOND, columns);
                assertTrue(line.length() < columns, columns + ": " + line);
                assertTrue(line.contains((int) (100 * share) + " %"), line);
            }
        }
        assertEquals(" 25 %  0:12 left", ProgressBar.line(0.25, 50_000_000, 4 * SECOND, 40));
        assertEquals(" 25 %  50.0 M events, 12.5 M/s, 0:12 left", ProgressBar.line(0.25, 50_000_000, 4 * SECOND, 60));
    }

    @Test
    void columnsAreThoseOfTheEnvironmentOrEighty() {
        assertEquals(132, ProgressBar.columns("132"));
        assertEquals(20, ProgressBar.columns("3"));
        assertEquals(80, ProgressBar.columns(null));
        assertEquals(80, ProgressBar.columns("wide"));
        assertEquals(80, ProgressBar.columns("-5"));
        assertEquals(80, ProgressBar.columns("99999999999"));
    }
}
