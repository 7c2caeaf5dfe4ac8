package org.shadowheap.barrier;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jdk.internal.misc.Unsafe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwnStackTest {

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final long LOW = 0x7f00_1000_0000L;
    private static final long HIGH = LOW + 0x2000;

    private final long cell = U.allocateMemory(LogCell.BYTES);

    OwnStackTest() {
        U.setMemory(cell, LogCell.BYTES, (byte) 0);
    }

    @AfterEach
    void free() {
        U.freeMemory(cell);
    }

    private boolean contains(long address) {
        return OwnStack.contains(cell, address);
    }

    @Test
    void aThreadThatHasLearnedNothingKnowsNoAddress() {
        assertFalse(contains(0), "the header of what just becomes a monitor");
        assertFalse(contains(LOW));
        assertFalse(contains(-1));
    }

    @Test
    void whatLiesBetweenTwoAddressesOfAStackIsOnItInWhateverOrderTheyCome() {
        OwnStack.learn(cell, HIGH);
        assertTrue(contains(HIGH));
        assertFalse(contains(LOW));
        OwnStack.learn(cell, LOW);
        OwnStack.learn(cell, LOW + 0x100);
        assertTrue(contains(LOW) && contains(LOW + 8) && contains(HIGH - 8) && contains(HIGH));
        assertFalse(contains(LOW - 8));
        assertFalse(contains(HIGH + 8));
        OwnStack.learn(cell, HIGH + 0x100);
        assertTrue(contains(LOW) && contains(HIGH + 0x100));
        assertFalse(contains(HIGH + 0x108));
    }

    @Test
    void aMonitorAndWhatBecomesOneAreNoAddressesOfAStack() {
        OwnStack.learn(cell, LOW);
        OwnStack.learn(cell, HIGH | 2);
        OwnStack.learn(cell, 0);
        assertFalse(contains(HIGH));
        assertFalse(contains(0));
        assertTrue(contains(LOW));
    }

    @Test
    void noStackIsSoLarge() {
        OwnStack.learn(cell, LOW);
        OwnStack.learn(cell, LOW + (1L << 32));
        assertTrue(contains(LOW));
        assertFalse(contains(LOW + 0x100));
    }

    @Test
    void aThreadWithoutACellLearnsNothing() {
        OwnStack.learn(Cells.NONE, LOW);
        assertFalse(OwnStack.contains(Cells.NONE, LOW));
    }
}
