package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.shadowheap.targets.LoadsGenerated;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;
import org.shadowheap.testing.Subroutines;

/** Class files as no compiler makes them: the program sees of each what it would alone. The JVM verifies every class. */
class UnusualClassFilesIT {

    private static final String OBJECT = "Ljava/lang/Object;";

    /** As the JVM loads it: by its name, and by none. */
    private static final int LOADS = 2;

    @TempDir
    private Path folder;

    private Map<String, Object> report() throws Exception {
        return Json.read(folder.resolve("report.json"));
    }

    /** Runs the classes alone and with the agent, and gives what is on stderr then. */
    private List<String> assertUnchanged(Jdk jdk, Map<String, byte[]> classes, String expected) throws Exception {
        for (Map.Entry<String, byte[]> each : classes.entrySet()) {
            Files.write(folder.resolve(each.getKey() + ".class"), each.getValue());
        }
        String[] arguments = Stream.concat(Stream.of(folder.toString()), classes.keySet().stream())
                .toArray(String[]::new);
        TargetProgram programs = new TargetProgram(jdk, folder);
        ChildJvm alone = programs.run(
                        List.of("-Xverify:all"), TargetProgram.classPath(), LoadsGenerated.class, arguments)
                .succeeded();
        List<String> options = List.of("-Xverify:all", TargetProgram.agent("report=report.json"));
        ChildJvm watched = programs.run(options, TargetProgram.classPath(), LoadsGenerated.class, arguments)
                .succeeded();
        alone.out().lines().forEach(line -> assertTrue(line.matches("[^ ]+ " + expected), line));
        assertEquals(alone.out(), watched.out());
        assertEquals(0, Json.number(report(), "fidelity", "lost"), "lost");
        assertEquals(0, Json.number(report(), "fidelity", "contradictions"), "contradictions");
        return watched.err().lines().toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void subroutinesRunAndEachOfTheirStoresIsCounted(Jdk jdk) throws Exception {
        Map<String, byte[]> classes = Stream.of(Opcodes.V1_3, Opcodes.V1_5, Opcodes.V1_6)
                .collect(Collectors.toMap(
                        version -> Subroutines.name(version),
                        Subroutines::classFile,
                        (one, other) -> one,
                        TreeMap::new));
        assertEquals(List.of(), assertUnchanged(jdk, classes, "\\[first, second, last, last]"));
        Map<String, Long> stores = Json.objects(report(), "sites").stream()
                .filter(each -> ((String) each.get("site")).startsWith("generated.Subroutines"))
                .collect(Collectors.groupingBy(
                        each -> ((String) each.get("site")).replaceFirst("[.][^.]*$", ""),
                        TreeMap::new,
                        Collectors.summingLong(each -> Json.number(each, "stores"))));
        long each = LOADS * (Subroutines.FIELD_STORES + Subroutines.ARRAY_STORES);
        assertEquals(classes.keySet().stream().collect(Collectors.toMap(Function.identity(), name -> each)), stores);
        assertEquals(List.of(), Json.objects(report(), "uninstrumented"));
    }

    /** The barrier makes the copies, as there is no room for what goes around them elsewhere. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void aLargeMethodThatCopiesArraysIsRewrittenAndEachElementCounted(Jdk jdk) throws Exception {
        int copies = 150;
        byte[] copying = copying("Copying", copies, m -> {});
        assertEquals(List.of(), assertUnchanged(jdk, Map.of("Copying", copying), "\\[stored, stored, stored, stored]"));
        long stores = Json.objects(report(), "sites").stream()
                .filter(each -> ((String) each.get("site")).startsWith("Copying."))
                .mapToLong(each -> Json.number(each, "stores"))
                .sum();
        assertEquals(LOADS * (1 + 3L * copies), stores);
        assertEquals(List.of(), Json.objects(report(), "uninstrumented"));
    }

    /** As without us, and what was told of the others counts. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void whatACopyThrowsThereGoesToTheProgram(Jdk jdk) throws Exception {
        int copies = 150;
        Map<String, byte[]> classes = new TreeMap<>(Map.of(
                "TooLong",
                copying("TooLong", copies, m -> {
                    m.visitVarInsn(Opcodes.ALOAD, 1);
                    m.visitInsn(Opcodes.ICONST_0);
                    m.visitVarInsn(Opcodes.ALOAD, 1);
                    m.visitInsn(Opcodes.ICONST_1);
                    m.visitIntInsn(Opcodes.BIPUSH, 99);
                    copy(m);
                }),
                "ToNothing",
                copying("ToNothing", copies, m -> {
                    m.visitVarInsn(Opcodes.ALOAD, 1);
                    m.visitInsn(Opcodes.ICONST_0);
                    m.visitInsn(Opcodes.ACONST_NULL);
                    m.visitInsn(Opcodes.ICONST_0);
                    m.visitInsn(Opcodes.ICONST_1);
                    copy(m);
                }),
                "NotFitting",
                copying("NotFitting", copies, m -> {
                    m.visitVarInsn(Opcodes.ALOAD, 1);
                    m.visitInsn(Opcodes.ICONST_0);
                    m.visitInsn(Opcodes.ICONST_4);
                    m.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Integer");
                    m.visitInsn(Opcodes.ICONST_0);
                    m.visitInsn(Opcodes.ICONST_1);
                    copy(m);
                })));
        assertEquals(
                List.of(),
                assertUnchanged(jdk, classes, "java.lang.(ArrayIndexOutOfBounds|NullPointer|ArrayStore)Exception.*"));
        assertEquals(List.of(), Json.objects(report(), "uninstrumented"));
    }

    /** So many copies that there is no room for what goes around them elsewhere, and a last one. */
    private static byte[] copying(String name, int copies, Consumer<MethodVisitor> last) {
        return generated(name, new Object[] {name, "[Ljava/lang/Object;"}, m -> {
            for (int i = 0; i < copies; i++) {
                m.visitVarInsn(Opcodes.ALOAD, 1);
                m.visitInsn(Opcodes.ICONST_0);
                m.visitVarInsn(Opcodes.ALOAD, 1);
                m.visitInsn(Opcodes.ICONST_1);
                m.visitInsn(Opcodes.ICONST_3);
                copy(m);
            }
            last.accept(m);
        });
    }

    private static void copy(MethodVisitor m) {
        m.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                "java/lang/System",
                "arraycopy",
                "(Ljava/lang/Object;ILjava/lang/Object;II)V",
                false);
    }

    /** Two of them have valid code around what is wrong, and so are rewritten. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void aWrongStackMapIsTheSameErrorAsAlone(Jdk jdk) throws Exception {
        Map<String, byte[]> classes = new TreeMap<>(Map.of(
                "WrongType", withFrame("WrongType", new Object[] {"WrongType", Opcodes.INTEGER}),
                "FrameMissing", withFrame("FrameMissing", new Object[0])));
        assertEquals(List.of(), assertUnchanged(jdk, classes, "java.lang.VerifyError: .*"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void whatCannotBeReadIsLeftToTheJvmAndNamed(Jdk jdk) throws Exception {
        byte[] sound = withFrame("Sound", new Object[] {"Sound", "[Ljava/lang/Object;"});
        byte[] future = withFrame("Future", new Object[] {"Future", "[Ljava/lang/Object;"});
        future[7] = 120;
        byte[] damaged = withFrame("Damaged", new Object[] {"Damaged", "[Ljava/lang/Object;"});
        Arrays.fill(damaged, 20, 40, (byte) 0xff);
        Map<String, byte[]> classes = new TreeMap<>(
                Map.of("Truncated", Arrays.copyOf(sound, sound.length / 2), "Future", future, "Damaged", damaged));
        List<String> err =
                assertUnchanged(jdk, classes, "java.lang.(ClassFormatError|UnsupportedClassVersionError): .*");
        List<String> named = Json.objects(report(), "uninstrumented").stream()
                .map(each -> (String) each.get("className"))
                .toList();
        assertTrue(named.containsAll(classes.keySet()), () -> "named=" + named);
        assertTrue(
                err.stream().allMatch(line -> line.matches("shadowheap: class=.* is not instrumented: .*")),
                () -> "stderr=" + err);
    }

    /** Stores to the array that its constructor is given; with a frame of these locals, or none, where two ways meet. */
    private static byte[] withFrame(String name, Object[] locals) {
        return generated(name, locals, m -> m.visitInsn(Opcodes.NOP));
    }

    /** @param body runs if there is an array, after the first store to it */
    private static byte[] generated(String name, Object[] locals, Consumer<MethodVisitor> body) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, name, null, "java/lang/Object", null);
        MethodVisitor m = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "([" + OBJECT + ")V", null, null);
        Label end = new Label();
        m.visitCode();
        m.visitVarInsn(Opcodes.ALOAD, 0);
        m.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        m.visitVarInsn(Opcodes.ALOAD, 1);
        m.visitInsn(Opcodes.ICONST_0);
        m.visitLdcInsn("stored");
        m.visitInsn(Opcodes.AASTORE);
        m.visitVarInsn(Opcodes.ALOAD, 1);
        m.visitJumpInsn(Opcodes.IFNULL, end);
        body.accept(m);
        m.visitLabel(end);
        if (locals.length > 0) {
            m.visitFrame(Opcodes.F_NEW, locals.length, locals, 0, new Object[0]);
        }
        m.visitInsn(Opcodes.RETURN);
        m.visitMaxs(0, 0);
        m.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }
}
