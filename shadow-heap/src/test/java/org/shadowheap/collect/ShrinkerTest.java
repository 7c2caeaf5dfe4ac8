package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShrinkerTest {

    @Test
    void leavesOutWhatDoesNotMatterAndMakesTheRestSimpler() {
        List<Integer> program = IntStream.range(0, 10_000).boxed().toList();
        int[] runs = {0};
        Shrinker<Integer> shrinker = new Shrinker<>(
                shorter -> {
                    runs[0]++;
                    boolean even = shorter.stream().anyMatch(step -> step > 20 && step % 2 == 0);
                    return shorter.contains(4711) && even && shorter.contains(9999);
                },
                step -> step > 100 ? List.of(step / 2) : List.of(),
                60);
        List<Integer> shortest = shrinker.shrink(program);
        assertEquals(3, shortest.size(), shortest::toString);
        assertEquals(
                List.of(4711, 9999),
                shortest.stream().filter(step -> step % 2 == 1).toList());
        System.out.println("ShrinkerTest: runs=" + runs[0]);
    }

    @Test
    void scriptCanBeReadBack() {
        List<Operation> program = List.of(
                Operation.of(Operation.Kind.BIRTH, 1000, ScriptedMutator.NODE, 0),
                Operation.of(Operation.Kind.THREAD_END, 3),
                Operation.of(Operation.Kind.MAJOR));
        StringBuilder script = new StringBuilder();
        program.forEach(step -> script.append("    ").append(step).append('\n'));
        assertEquals("    birth id=1000 type=2 extent=0\n    thread_end thread=3\n    major\n", script.toString());
        assertEquals(program, Operation.parse(script.toString()));
    }
}
