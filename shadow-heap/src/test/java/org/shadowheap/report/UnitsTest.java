package org.shadowheap.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class UnitsTest {

    @Test
    void countsInFullUpToTenMillion() {
        assertEquals("0", Units.count(0));
        assertEquals("9,999,999", Units.count(9_999_999));
        assertEquals("10.0 M", Units.count(10_000_000));
        assertEquals("1.5 G", Units.count(1_500_000_000));
        assertEquals("1 store", Units.countOf(1, "store"));
        assertEquals("0 stores", Units.countOf(0, "store"));
    }

    @Test
    void writesBytesInPowersOf1024() {
        assertEquals("1023 B", Units.bytes(1023));
        assertEquals("4 KiB", Units.bytes(4096));
        assertEquals("1.5 GiB", Units.bytes(3L << 29));
        assertEquals("2 TiB", Units.bytes(2L << 40));
    }

    @Test
    void neverWritesZeroForWhatIsNot() {
        assertEquals("<0.1 %", Units.percent(1e-9));
        assertEquals("0.0 %", Units.percent(0));
        assertEquals("100.0 %", Units.percent(1));
    }

    @Test
    void picksAUnitOfTime() {
        assertEquals("999.0 ns", Units.nanos(999));
        assertEquals("1.5 us", Units.nanos(1_500));
        assertEquals("2.0 ms", Units.nanos(2e6));
        assertEquals("60.0 s", Units.nanos(6e10));
    }

    @Test
    void roundsWhatIsAGuess() {
        assertEquals("0 s", Units.duration(0.2));
        assertEquals("119 s", Units.duration(119.4));
        assertEquals("2 min", Units.duration(120));
        assertEquals("119 min", Units.duration(7_140));
        assertEquals("2.0 h", Units.duration(7_200));
        assertEquals("3.0 days", Units.duration(3 * 86_400));
    }
}
