package org.shadowheap.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RepeatedTest {

    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void worksOnceWithoutAnArgumentAndElseAsOftenAsItSays() throws Exception {
        assertEquals("same", Repeated.run(List.of(), "same", () -> counted("same")));
        assertEquals(1, runs.get());
        assertEquals("same", Repeated.run(List.of("3"), "same", () -> counted("same")));
        assertEquals(1 + 3, runs.get());
    }

    @Test
    void everyTimeIsChecked() {
        WrongResultException wrong = assertThrows(
                WrongResultException.class,
                () -> Repeated.run(List.of("3"), "same", () -> counted(runs.get() == 2 ? "other" : "same")));
        assertEquals("wrong result: expected=[same] found=[other]", wrong.getMessage());
        assertEquals(3, runs.get());
    }

    @Test
    void anIllegalArgumentInALibraryIsNotTheUsers() {
        assertThrows(
                IllegalStateException.class,
                () -> Repeated.run(List.of(), "same", () -> {
                    throw new IllegalArgumentException("of a library");
                }));
    }

    private String counted(String result) {
        runs.incrementAndGet();
        return result;
    }
}
