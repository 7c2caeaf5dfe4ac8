package org.shadowheap.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class SitePairsTest {

    private static final int SITES = 100;
    private static final int TYPES = 50;

    @Test
    void numbersPairsAsTheyComeAndFindsThemAgain() {
        SitePairs pairs = new SitePairs();
        for (int round = 0; round < 2; round++) {
            int expected = 0;
            for (int site = 0; site < SITES; site++) {
                for (int type = 1; type <= TYPES; type++) {
                    assertEquals(expected, pairs.index(site, type));
                    assertEquals(expected, pairs.index(site, type));
                    assertEquals(site, pairs.site(expected));
                    assertEquals(type, pairs.other(expected));
                    expected++;
                }
            }
            assertEquals(SITES * TYPES, pairs.size());
        }
    }
}
