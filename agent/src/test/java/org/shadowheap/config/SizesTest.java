package org.shadowheap.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SizesTest {

    @ParameterizedTest
    @CsvSource({"512, 512", "4k, 4096", "4K, 4096", "16m, 16777216", "1g, 1073741824", "2T, 2199023255552", "007, 7"})
    void parsesSizesWithAndWithoutUnits(String text, long bytes) {
        assertEquals(bytes, Sizes.bytes("heap", text, 0, Long.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "k", "-1", "+1", "1.5m", "4kb", "4 k", " 4", "0x10", "4kk", "\u0664k"})
    void refusesWhatIsNoSize(String text) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Sizes.bytes("heap", text, 0, Long.MAX_VALUE - 1));
        assertEquals("heap must be a size from 0 to 9223372036854775806: heap=" + text, e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"3k", "2t", "9999999999999999999999", "99999999999t", "16777217t"})
    void refusesSizesOutOfRange(String text) {
        assertEquals(
                "nursery must be a size from 4k to 1t: nursery=" + text,
                assertThrows(IllegalArgumentException.class, () -> HeapOptions.nursery(text))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"100", "256", "128k", "3k", "x"})
    void refusesPagesThatAreNoPowerOfTwoOrOutOfRange(String text) {
        assertEquals(
                "page must be a power of two from 512 to 64k: page=" + text,
                assertThrows(IllegalArgumentException.class, () -> HeapOptions.page(text))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "16", "", "1k", "-3", "two"})
    void refusesTenuresOutOfRange(String text) {
        assertEquals(
                "tenure must be from 1 to 15: tenure=" + text,
                assertThrows(IllegalArgumentException.class, () -> HeapOptions.tenure(text))
                        .getMessage());
    }

    @Test
    void acceptsTheBounds() {
        assertEquals(4096, HeapOptions.nursery("4k"));
        assertEquals(512, HeapOptions.page("512"));
        assertEquals(65536, HeapOptions.page("64k"));
        assertEquals(15, HeapOptions.tenure("15"));
    }
}
