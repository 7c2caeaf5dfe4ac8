package org.shadowheap.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.Opcodes;
import org.shadowheap.instrument.SeenCalls.Call;
import org.shadowheap.testing.Subroutines;

/** Class files with JSR and RET, as compilers made them for {@code finally} until Java 5, and may still be in version 50. */
class SubroutinesTest {

    @BeforeEach
    void forget() {
        SeenCalls.CALLS.clear();
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcodes.V1_3, Opcodes.V1_5, Opcodes.V1_6})
    void everyStoreInThemAndBehindThemIsTold(int version) throws Exception {
        byte[] original = Subroutines.classFile(version);
        byte[] rewritten = Rewriting.rewrite(original);
        ClassLoader loader = getClass().getClassLoader();
        assertEquals(Rewriting.complaints(original, loader), Rewriting.complaints(rewritten, loader));
        Class<?> type = new Rewriting.Loader().define(Rewriting.withStandIn(rewritten));
        Object[] array = new Object[4];
        Object made = type.getConstructor(Object[].class).newInstance(new Object[] {array});
        assertEquals(List.of("first", "second", "last", "last"), List.of(array));
        assertEquals(
                List.of(
                        new Call("fieldStore", made, "early", 1),
                        new Call("fieldStore", made, "first", 2),
                        new Call("arrayStore", array, "first", 0),
                        new Call("fieldStore", made, "second", 2),
                        new Call("arrayStore", array, "second", 1),
                        new Call("arrayStore", array, "last", 2),
                        new Call("arrayStore", array, "last", 3)),
                SeenCalls.CALLS);
    }
}
