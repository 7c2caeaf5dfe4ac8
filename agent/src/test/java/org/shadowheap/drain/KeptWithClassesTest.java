package org.shadowheap.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.shadowheap.drain.BarrierCopy.Mistake;

/** The JVM holds a protection domain for ever: that is told once, however many classes in a row are defined with it. */
class KeptWithClassesTest {

    private static final long CLASSES = 100;

    private static long told(String program) throws Exception {
        return new BarrierCopy(Mistake.NONE).run(KeptWithClasses.class, program, CLASSES)[0];
    }

    @Test
    void whatManyClassesComeWithIsToldOnce() throws Exception {
        assertEquals(1, told("ofOne"));
    }

    @Test
    void whatNobodyHasMetIsMetAndToldOnce() throws Exception {
        assertEquals(1, told("ofOneThatIsNotMet"));
    }

    @Test
    void anotherOneIsToldToo() throws Exception {
        assertEquals(4, told("ofTwo"));
    }

    @Test
    void whatASilentThreadHasNotToldIsToldByTheNext() throws Exception {
        assertEquals(1, told("firstByASilentThread"));
    }

    @Test
    void anotherSessionIsToldAgain() throws Exception {
        assertEquals(1, told("inTheNextSession"));
    }
}
