package org.shadowheap.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.DefinitionSink;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;

class CallersTest {

    private final Set<CallerDefinition> told = ConcurrentHashMap.newKeySet();

    private final Callers callers = new Callers(new DefinitionSink() {
        @Override
        public void site(SiteDefinition site) {
            throw new AssertionError(site);
        }

        @Override
        public void type(TypeDefinition type) {
            throw new AssertionError(type);
        }

        @Override
        public void caller(CallerDefinition caller) {
            told.add(caller);
        }
    });

    private int number(String className, String method, int line) {
        return callers.number(new StackTraceElement(className, method, "File.java", line));
    }

    @Test
    void aPlaceIsToldOfOnceAndKeepsItsNumber() {
        int main = number("app.Main", "main", 7);
        assertEquals(main, number("app.Main", "main", 7));
        assertEquals(Set.of(new CallerDefinition(main, "app.Main", "main", 7)), told);
    }

    @Test
    void aPlaceIsClassMethodAndLine() {
        int main = number("app.Main", "main", 7);
        assertNotEquals(main, number("app.Main", "main", 8));
        assertNotEquals(main, number("app.Main", "run", 7));
        assertNotEquals(main, number("app.Main2", "main", 7));
        assertEquals(4, told.size());
    }

    @Test
    void withoutALineTheLineIsMinusOneAndOfANativeMethodToo() {
        int unknown = number("app.Main", "main", -1);
        assertEquals(unknown, number("app.Main", "main", -2));
        assertEquals(Set.of(new CallerDefinition(unknown, "app.Main", "main", -1)), told);
    }

    /** More than there are lists; threads may both enter a place, but no number stands for two. */
    @Test
    void threadsThatEnterTheSamePlacesFindThem() throws Exception {
        int places = 5_000;
        CyclicBarrier begin = new CyclicBarrier(2);
        List<Thread> threads = new ArrayList<>();
        int[][] numbers = new int[2][places];
        for (int[] own : numbers) {
            Thread thread = new Thread(() -> {
                try {
                    begin.await();
                } catch (Exception broken) {
                    throw new IllegalStateException(broken);
                }
                for (int i = 0; i < places; i++) {
                    own[i] = number("app.Main", "m" + i % 100, i);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(
                told.size(), told.stream().map(CallerDefinition::id).distinct().count());
        for (int[] own : numbers) {
            for (int i = 0; i < places; i++) {
                CallerDefinition expected = new CallerDefinition(own[i], "app.Main", "m" + i % 100, i);
                assertEquals(true, told.contains(expected), () -> expected + " was not told of");
            }
        }
    }
}
