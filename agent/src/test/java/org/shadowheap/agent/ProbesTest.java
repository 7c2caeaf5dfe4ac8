package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jdk.internal.misc.Unsafe;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;
import org.shadowheap.barrier.LockedHeader;
import org.shadowheap.event.ObjectModel;

/** What the probes find in the JVM that runs the tests. */
class ProbesTest {

    @Test
    void aHashIsWhereTheProbeSays() {
        int shift = HeaderProbe.hashShift();
        assertNotEquals(HeaderProbe.UNEXPECTED, shift);
        Object object = new Object();
        int hash = System.identityHashCode(object);
        assertEquals(hash, (int) (Unsafe.getUnsafe().getLong(object, 0L) >>> shift) & 0x7fff_ffff);
    }

    /** Both kinds of locks, or {@link LockedHeader} helps nobody. */
    @Test
    void lockedHeadersAreFound() {
        int shift = HeaderProbe.hashShift();
        assertNotEquals(LockedHeader.UNKNOWN, HeaderProbe.locked(shift, false), "a simple lock");
        assertNotEquals(LockedHeader.UNKNOWN, HeaderProbe.locked(shift, true), "a monitor");
    }

    @Test
    void arraysAreLaidOutAsTheProbeSays() {
        ObjectModel model = ObjectModelProbe.probe(ByteBuddyAgent.install());
        Object[] array = new Object[12_345];
        assertEquals(12_345, Unsafe.getUnsafe().getInt(array, (long) model.arrayLengthOffset()));
        assertEquals(Unsafe.getUnsafe().arrayIndexScale(Object[].class), model.referenceBytes());
        assertEquals(1, Integer.bitCount(model.alignmentBytes()));
    }

    @Test
    void fieldsBeginBehindTheHeader() {
        int header = ObjectModelProbe.headerBytes();
        assertTrue(header >= Long.BYTES && header <= 2 * Long.BYTES, "header=" + header);
    }
}
