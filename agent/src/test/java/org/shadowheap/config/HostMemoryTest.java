package org.shadowheap.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class HostMemoryTest {

    private static final long MIB = 1L << 20;

    @Test
    void leavesWhatIsBesideTheHeap() {
        assertEquals(3072 * MIB, HostMemory.leftBytes(4096 * MIB, 1024 * MIB));
    }

    @Test
    void leavesSomethingWhereTheHeapMayTakeAll() {
        assertEquals(256 * MIB, HostMemory.leftBytes(4096 * MIB, 4000 * MIB));
        assertEquals(256 * MIB, HostMemory.leftBytes(4096 * MIB, Long.MAX_VALUE));
    }
}
