package org.shadowheap.drain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import org.shadowheap.drain.BarrierCopy.Mistake;

/** A hash that the JVM gave is no id, although an id is the same number. */
class HashesThatAreIdsTest {

    private static final long OBJECTS = 5_000;

    @Test
    void anObjectIsNotTakenForTheOneWithThatId() throws Exception {
        long[] found = new BarrierCopy(Mistake.NONE).run(HashesThatAreIds.class, "run", OBJECTS);
        assertArrayEquals(new long[] {0, OBJECTS}, found);
    }
}
