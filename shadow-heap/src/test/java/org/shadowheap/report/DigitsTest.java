package org.shadowheap.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** As the JDK's own formatter writes them. */
class DigitsTest {

    private static final int NUMBERS = 20_000;

    @Test
    void digitsAreGroupedByThree() {
        for (long count :
                new long[] {0, 9, 99, 999, 1000, 123_456, 1_234_567, Long.MAX_VALUE, -1, -999, -1000, -654_321}) {
            assertEquals(String.format(Locale.ROOT, "%,d", count), Digits.grouped(count));
        }
    }

    @Test
    void oneDecimalIsRounded() {
        for (double value :
                new double[] {0, -0.0, 0.04, 0.05, 0.15, 0.25, 0.95, 9.95, 99.949, 100, 1e9, 1e15, -1.25, 1e-9}) {
            assertEquals(String.format(Locale.ROOT, "%.1f", value), Digits.tenths(value), "value=" + value);
        }
        Random random = new Random(7);
        for (int i = 0; i < NUMBERS; i++) {
            double value = random.nextInt(1_000_000) / 1000.0; // with halves among them
            assertEquals(String.format(Locale.ROOT, "%.1f", value), Digits.tenths(value), "value=" + value);
        }
    }

    @Test
    void whatIsNoNumberIsSaidSo() {
        assertEquals("NaN", Digits.tenths(Double.NaN));
        assertEquals("Infinity", Digits.tenths(Double.POSITIVE_INFINITY));
    }
}
