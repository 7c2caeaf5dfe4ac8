package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.shadowheap.drain.Definitions;
import org.shadowheap.instrument.BarrierTransformer;
import org.shadowheap.instrument.ClassSelection;
import org.shadowheap.instrument.ClassTable;
import org.shadowheap.instrument.Uninstrumented;
import org.slf4j.helpers.NOPLogger;

/**
 * A class that cannot be linked makes a whole batch fail, one that only names a missing class does not. Batches are as large as their pauses
 * allow.
 */
class RetransformationTest {

    private static final String NAME = "app/Linked";
    private static final String MISSING = "Lapp/Missing;";

    private static final long MILLI = 1_000_000;
    private static final int LEAST = 100;
    private static final int MOST = 1000;
    private static final int BOOT_WEIGHT = 6;
    private static final int BETWEEN_MILLIS = 9999;

    /** What the JVM was asked to do: the classes of each operation, and transformers as they came and went. */
    private final List<List<Class<?>>> operations = new ArrayList<>();

    private final List<ClassFileTransformer> transformers = new ArrayList<>();
    /** How many there were at each operation. */
    private final List<Integer> transformersThen = new ArrayList<>();

    private final List<Class<?>> loaded = new ArrayList<>();

    /** Those that the JVM was asked whether it lets them be transformed. */
    private final List<Class<?>> asked = new ArrayList<>();

    /** Fails each operation that it is in. */
    private Class<?> unlinkable = Void.class;

    private Error failure = new InternalError();

    /** How long an operation on so many classes pauses the program. */
    private IntUnaryOperator pauseMillis = size -> 0;

    private int longestMillis;

    private final Instrumentation jvm = (Instrumentation) Proxy.newProxyInstance(
            RetransformationTest.class.getClassLoader(),
            new Class<?>[] {Instrumentation.class},
            (proxy, method, arguments) -> answer(method.getName(), arguments));

    private long takeNanos() {
        long nanos = longestMillis * MILLI;
        longestMillis = 0;
        return nanos;
    }

    private @Nullable Object answer(String method, Object[] arguments) {
        return switch (method) {
            case "retransformClasses" -> transform(List.of((Class<?>[]) arguments[0]));
            case "getAllLoadedClasses" -> loaded.toArray(new Class<?>[0]);
            case "isModifiableClass" -> asked.add((Class<?>) arguments[0]);
            case "addTransformer" -> {
                assertEquals(true, arguments[1], "may be asked to transform again");
                transformers.add((ClassFileTransformer) arguments[0]);
                yield null;
            }
            case "removeTransformer" -> transformers.remove((ClassFileTransformer) arguments[0]);
            default -> throw new UnsupportedOperationException(method);
        };
    }

    private @Nullable Object transform(List<Class<?>> classes) {
        if (classes.contains(unlinkable)) {
            throw failure;
        }
        operations.add(classes);
        transformersThen.add(transformers.size());
        longestMillis = Math.max(longestMillis, pauseMillis.applyAsInt(classes.size()));
        return null;
    }

    /**
     * Sizes of the batches in which classes are transformed.
     *
     * @param millis how long a batch of so many pauses the program
     */
    private List<Integer> batches(List<Class<?>> classes, IntUnaryOperator millis) throws Exception {
        List<Integer> done = new ArrayList<>();
        pauseMillis = millis;
        longestMillis = BETWEEN_MILLIS;
        Retransformation.inBatches(jvm, classes, this::takeNanos, (batch, number) -> {
            done.add(number);
            longestMillis = BETWEEN_MILLIS; // what is done between two batches does not count
        });
        List<Class<?>> all = new ArrayList<>();
        operations.forEach(all::addAll);
        assertEquals(classes, all, "each once, in order");
        List<Integer> ends = new ArrayList<>();
        int end = 0;
        for (List<Class<?>> each : operations) {
            end += each.size();
            ends.add(end);
        }
        assertEquals(ends, done);
        return operations.stream().map(List::size).toList();
    }

    @Test
    void batchesGrowWhileTheirPausesAreShort() throws Exception {
        List<Integer> sizes = batches(Collections.nCopies(20 * MOST, RetransformationTest.class), size -> 5);
        assertEquals(List.of(100, 125, 156, 195), sizes.subList(0, 4));
        assertEquals(MOST, sizes.get(sizes.size() - 2));
    }

    @Test
    void batchesStaySmallWhereTheyPauseTheProgramLong() throws Exception {
        List<Class<?>> classes = Collections.nCopies(681, RetransformationTest.class);
        List<Integer> sizes = batches(classes, size -> operations.size() == 1 ? 20 : 20 + size);
        assertEquals(List.of(100, 125, 156, 100, 100, 100), sizes);
    }

    @Test
    void aClassOfTheBootLoaderWeighsMore() throws Exception {
        List<Integer> sizes = batches(Collections.nCopies(LEAST, Object.class), size -> 40);
        assertEquals((LEAST + BOOT_WEIGHT - 1) / BOOT_WEIGHT, sizes.get(0));
    }

    @Test
    void nothingIsAskedOfTheJvmForNoClasses() throws Exception {
        assertEquals(List.of(), batches(List.of(), size -> 0));
    }

    @Test
    void onlyTheClassThatMakesItsBatchFailStaysAsItIs() throws Exception {
        unlinkable = load("", "I");
        for (Error each : List.of(new InternalError(), new VerifyError())) {
            failure = each;
            operations.clear();
            List<Class<?>> classes = new ArrayList<>(Collections.nCopies(70, RetransformationTest.class));
            classes.add(41, unlinkable);
            int[] ends = {0};
            Retransformation.inBatches(jvm, classes, () -> 0, (batch, done) -> ends[0] = done);
            assertEquals(71, ends[0]);
            assertEquals(70, operations.stream().mapToInt(List::size).sum(), each.toString());
        }
    }

    /** Each question is a native method of a class that is transformed itself: from JDK 20 on versions with compiled ones stay. */
    @Test
    void whatIsKnownOfAClassIsNotAskedAgain() throws Exception {
        ClassTable table = new ClassTable(new Definitions());
        BarrierTransformer transformer = transformer(table);
        Class<?> type = load("method", "Ljava/lang/Object;");
        transformer.transform(null, type.getClassLoader(), NAME, type, null, file("method", "Ljava/lang/Object;"));
        loaded.addAll(List.of(String.class, type));
        Retransformation.undo(jvm, table);
        assertEquals(List.of(type), asked, "not of one that is as it was");
        Retransformation.undo(jvm, table);
        assertEquals(List.of(type), asked);
        assertEquals(List.of(List.of(type), List.of(type)), operations);
    }

    private static BarrierTransformer transformer(ClassTable table) {
        return new BarrierTransformer(
                new ClassSelection(List.of(), List.of(), true), table, new Uninstrumented(), NOPLogger.NOP_LOGGER);
    }

    /** Only those, and while they are given it back there is a transformer that may change them, and none before or after. */
    @Test
    void whatWasRewrittenIsGivenItsCodeBackInThePresenceOfATransformer() throws Exception {
        ClassTable table = new ClassTable(new Definitions());
        BarrierTransformer transformer = transformer(table);
        byte[] file = file("method", "Ljava/lang/Object;");
        Class<?> rewritten = load("method", "Ljava/lang/Object;");
        assertNotNull(transformer.transform(null, rewritten.getClassLoader(), NAME, rewritten, null, file));
        loaded.addAll(List.of(String.class, rewritten));
        Retransformation.undo(jvm, table);
        assertEquals(List.of(List.of(rewritten)), operations);
        assertEquals(List.of(1), transformersThen);
        assertEquals(List.of(), transformers);
        unlinkable = rewritten;
        failure = new OutOfMemoryError();
        assertThrows(OutOfMemoryError.class, () -> Retransformation.undo(jvm, table));
        assertEquals(List.of(), transformers, "whatever happens");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<init>", "method", "field", "<init>, field", "<init>, method", "method, field"})
    void aClassIsLinkedEvenIfItNamesOneThatIsMissing(String member) throws Exception {
        Class<?> type = load(member, "Ljava/lang/Object;");
        assertThrows(NoClassDefFoundError.class, () -> all(type), "not all can be asked for");
        assertTrue(Retransformation.isLinked(type), member);
    }

    @Test
    void aClassThatTheVerifierRefusesIsNot() throws Exception {
        assertFalse(Retransformation.isLinked(load("", "I")));
    }

    private static int all(Class<?> type) {
        return type.getDeclaredFields().length
                + type.getDeclaredMethods().length
                + type.getDeclaredConstructors().length;
    }

    /**
     * A class that names a missing one.
     *
     * @param member whose descriptor does
     * @param field type of a field that is given an object: the verifier refuses a number
     */
    private static Class<?> load(String member, String field) throws Exception {
        byte[] bytes = file(member, field);
        return new ClassLoader(RetransformationTest.class.getClassLoader()) {
            Class<?> define() {
                return defineClass(NAME.replace('/', '.'), bytes, 0, bytes.length);
            }
        }.define();
    }

    private static byte[] file(String member, String field) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, NAME, null, "java/lang/Object", null);
        writer.visitField(0, "field", member.contains("field") ? MISSING : "Ljava/lang/Object;", null, null);
        writer.visitField(Opcodes.ACC_STATIC, "stored", field, null, null);
        method(writer, "method", member.contains("method") ? '(' + MISSING + ")V" : "()V", field);
        method(writer, "<init>", member.contains("<init>") ? '(' + MISSING + ")V" : "()V", field);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void method(ClassWriter writer, String name, String descriptor, String field) {
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC, name, descriptor, null, null);
        method.visitCode();
        if (name.equals("<init>")) {
            method.visitVarInsn(Opcodes.ALOAD, 0);
            method.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        }
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitFieldInsn(Opcodes.PUTSTATIC, NAME, "stored", field);
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }
}
