package org.shadowheap.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.shadowheap.instrument.SeenCalls.Call;

/** Rewritten classes pass ASM's verifier and the JVM's, compute what they did before, and tell the barrier every store. */
class RewrittenCodeTest {

    private final Rewriting.Loader loader = new Rewriting.Loader();

    @BeforeEach
    void forget() {
        SeenCalls.CALLS.clear();
    }

    @Test
    void whatJavacMakesComputesTheSameAndEveryStoreIsSeen() throws Exception {
        String expected = new RewriterTarget().run(17, 1.5);
        String inner = RewriterTarget.class.getName() + "$Inner";
        Class<?> rewritten = define(Rewriting.bytesOf(RewriterTarget.class));
        define(Rewriting.bytesOf(Class.forName(inner)));
        Object target = rewritten.getConstructor().newInstance();
        Object actual = rewritten.getMethod("run", long.class, double.class).invoke(target, 17L, 1.5);

        assertEquals(expected, actual);
        // this() stores four fields and one array of characters, and is called twice; Inner stores four more.
        assertEquals(
                Map.of(
                        "arrayBirth", 5L, // characters twice, strings, longs, Inner.own
                        "arrayCopy", 1L,
                        "arrayStore", 5L, // nested three times, strings, Inner.own
                        "fieldStore", 14L, // and twin.shared, payload
                        "filledBirth", 4L, // nested, copyOf, two clones
                        "staticStore", 5L),
                kinds());
    }

    private static Map<String, Long> kinds() {
        return SeenCalls.CALLS.stream().collect(Collectors.groupingBy(Call::what, TreeMap::new, Collectors.counting()));
    }

    @Test
    void aStoreBeforeSuperIsToldWithThisAndWhatItHolds() throws Exception {
        define(Rewriting.bytesOf(RewriterTarget.class));
        Class<?> outer = loader.loadClass(RewriterTarget.class.getName());
        assertSame(loader, outer.getClassLoader());
        Object target = outer.getConstructor().newInstance();
        SeenCalls.CALLS.clear();
        Class<?> inner = define(Rewriting.bytesOf(Class.forName(RewriterTarget.class.getName() + "$Inner")));
        var constructor = inner.getDeclaredConstructor(outer);
        constructor.setAccessible(true);
        Object made = constructor.newInstance(target);
        List<Call> toMade = SeenCalls.CALLS.stream()
                .filter(call -> call.what().equals("fieldStore") && call.object() == made)
                .toList();
        // parent and payload by super(), then this$0, then own.
        assertEquals(4, toMade.size());
        assertSame(target, toMade.get(2).value());
    }

    /** The holder of such a store is another object of the class, long initialized. */
    @Test
    void aStoreToAnotherObjectBeforeSuperIsToldWithThatObject() throws Exception {
        String name = "app/Chained";
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, name, null, "java/lang/Object", null);
        writer.visitField(Opcodes.ACC_PUBLIC, "next", "Ljava/lang/Object;", null, null);
        MethodVisitor constructor = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "(Lapp/Chained;)V", null, null);
        constructor.visitCode();
        constructor.visitVarInsn(Opcodes.ALOAD, 1);
        constructor.visitLdcInsn("next");
        constructor.visitFieldInsn(Opcodes.PUTFIELD, name, "next", "Ljava/lang/Object;");
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        constructor.visitInsn(Opcodes.RETURN);
        constructor.visitMaxs(0, 0);
        constructor.visitEnd();
        MethodVisitor empty = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        empty.visitCode();
        empty.visitVarInsn(Opcodes.ALOAD, 0);
        empty.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        empty.visitInsn(Opcodes.RETURN);
        empty.visitMaxs(0, 0);
        empty.visitEnd();
        writer.visitEnd();
        Class<?> type = define(writer.toByteArray());
        Object other = type.getConstructor().newInstance();
        type.getConstructor(type).newInstance(other);
        assertEquals(List.of(new Call("fieldStore", other, "next", 1)), SeenCalls.CALLS);
    }

    /** Straight code, loops, branches and stores that fail, at random: each store that happens is told once, in order. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyStoreOfARandomProgramIsToldOnce(long seed) throws Exception {
        for (int i = 0; i < 40; i++) {
            long own = seed * 1000 + i;
            RandomStores program = new RandomStores(own);
            byte[] original = program.classFile();
            Class<?> plain = new Rewriting.Loader().define(original);
            Class<?> rewritten = new Rewriting.Loader().define(checked(original));
            SeenCalls.CALLS.clear();
            List<Object> expectedState = run(plain);
            assertTrue(SeenCalls.CALLS.isEmpty());
            List<Object> state = run(rewritten);
            assertEquals(expectedState, state, () -> "seed=" + own);
            assertEquals(program.expected(), described(SeenCalls.CALLS, rewritten), () -> "seed=" + own);
        }
    }

    private static List<Object> run(Class<?> type) throws Exception {
        try {
            return RandomStores.run(type);
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private static List<String> described(List<Call> calls, Class<?> type) throws Exception {
        Field objects = type.getField("objects");
        return RandomStores.describe(calls, (Object[]) objects.get(null));
    }

    private Class<?> define(byte[] original) {
        return loader.define(checked(original));
    }

    private static byte[] checked(byte[] original) {
        byte[] rewritten = Rewriting.rewrite(original);
        String complaints = Rewriting.complaints(rewritten, RewrittenCodeTest.class.getClassLoader());
        assertEquals(Rewriting.complaints(original, RewrittenCodeTest.class.getClassLoader()), complaints);
        return Rewriting.withStandIn(rewritten);
    }
}
