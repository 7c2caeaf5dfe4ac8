package org.shadowheap.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unchecked")
class UncheckedMemoryTest {

    @Test
    void whoDoesNotAskForChecksGetsNone() {
        assertFalse(CheckedMemory.ON);
        NativeMemory memory = new NativeMemory();
        long reserved = memory.reserve(64, "test");
        OffHeap.putIntPlain(reserved, 1);
        CheckedMemory.inaccessible(reserved, 64, "test");
        assertEquals(1, OffHeap.getIntPlain(reserved));
        assertEquals(reserved + 8, CheckedMemory.insideObject(reserved, reserved + 8, 4));
        memory.release(reserved, 64);
    }
}
