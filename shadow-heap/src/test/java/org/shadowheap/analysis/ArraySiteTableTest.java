package org.shadowheap.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class ArraySiteTableTest {

    private static final int SITES = 100;
    private static final int TYPES = 50;

    @Test
    void numbersPairsAsTheyComeAndFindsThemAgain() {
        ArraySiteTable table = new ArraySiteTable();
        for (int round = 0; round < 2; round++) {
            int expected = 0;
            for (int site = 0; site < SITES; site++) {
                for (int type = 1; type <= TYPES; type++) {
                    assertEquals(expected, table.index(site, type));
                    assertEquals(expected, table.index(site, type));
                    assertEquals(site, table.site(expected));
                    assertEquals(type, table.arrayType(expected));
                    expected++;
                }
            }
            assertEquals(SITES * TYPES, table.size());
        }
    }
}
