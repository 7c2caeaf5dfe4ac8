package org.shadowheap.instrument;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.shadowheap.testing.Subroutines;

/** The scan of the bytes finds in every class file what ASM finds, which reads each instruction. */
class ClassScanTest implements Opcodes {

    private static final String OBJECT = "Ljava/lang/Object;";

    /** What a scan has found, as lines. */
    private static String found(ClassFacts facts, List<Integer> locals, Object... others) {
        return "fields=" + facts.fields + "\nconstants=" + facts.constants + "\nlocals=" + locals + '\n'
                + Arrays.toString(others);
    }

    private static String byAsm(byte[] bytes) {
        ClassFacts facts = new ClassFacts(true);
        AsmScan scan = new AsmScan(facts);
        new ClassReader(bytes).accept(scan, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return found(
                facts,
                scan.locals,
                scan.leftOut,
                scan.subroutines,
                scan.branching,
                scan.needsRewriting(),
                scan.sites(),
                scan.sharesArrays());
    }

    private static String byUs(byte[] bytes) {
        ClassFacts facts = new ClassFacts(true);
        ClassScan scan = Rewriting.scan(bytes, facts);
        return found(
                facts,
                Arrays.stream(scan.locals).boxed().toList(),
                scan.leftOut,
                scan.subroutines,
                scan.branching,
                scan.needsRewriting(),
                scan.sites(),
                scan.sharesArrays());
    }

    private static void assertSame(byte[] bytes) {
        assertEquals(byAsm(bytes), byUs(bytes), () -> new ClassReader(bytes).getClassName());
    }

    private static byte[] method(Consumer<MethodVisitor> body) {
        return Rewriting.classWith(V17, ACC_STATIC, "m", "(I" + OBJECT + ")V", body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.base", "java.desktop", "jdk.compiler", "jdk.unsupported"})
    void findsWhatAsmFindsInEveryClassOfTheJdk(String module) throws IOException {
        Path root = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", module);
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> classes =
                    files.filter(file -> file.toString().endsWith(".class")).toList();
            assertTrue(classes.size() > 1, () -> "classes=" + classes);
            for (Path each : classes) {
                assertSame(Files.readAllBytes(each));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {V1_3, V1_5, V1_6})
    void findsSubroutines(int version) {
        assertSame(Subroutines.classFile(version));
        assertTrue(byUs(Subroutines.classFile(version)).contains("[0, 1]"));
    }

    @Test
    void findsWhatIsBehindASwitchWhereverItsOperandsBegin() {
        for (int padding = 0; padding < 5; padding++) {
            for (int cases = 0; cases < 4; cases++) {
                byte[] bytes = withSwitches(padding, cases);
                assertSame(bytes);
                assertEquals(2, Rewriting.scan(bytes, new ClassFacts(true)).sites());
            }
        }
    }

    private static byte[] withSwitches(int padding, int cases) {
        int[] keys = new int[cases];
        Label[] labels = new Label[cases];
        Label end = new Label();
        for (int i = 0; i < cases; i++) {
            keys[i] = i * 1_000 - 1_500;
            labels[i] = end;
        }
        return method(m -> {
            for (int i = 0; i < padding; i++) {
                m.visitInsn(NOP);
            }
            m.visitVarInsn(ILOAD, 0);
            m.visitLookupSwitchInsn(end, keys, labels);
            store(m);
            m.visitVarInsn(ILOAD, 0);
            if (cases > 0) {
                m.visitTableSwitchInsn(-7, cases - 8, end, labels);
            } else {
                m.visitInsn(POP);
            }
            store(m);
            m.visitLabel(end);
            m.visitInsn(RETURN);
        });
    }

    private static void store(MethodVisitor m) {
        m.visitVarInsn(ALOAD, 1);
        m.visitFieldInsn(PUTSTATIC, "app/Target", "shared", OBJECT);
    }

    @Test
    void findsWhatIsBehindWideInstructions() {
        byte[] bytes = method(m -> {
            for (int opcode : new int[] {ILOAD, LLOAD, FLOAD, DLOAD, ALOAD, ISTORE, LSTORE, FSTORE, DSTORE, ASTORE}) {
                m.visitVarInsn(opcode, 256);
            }
            m.visitIincInsn(0, 300);
            m.visitIincInsn(300, 1);
            store(m);
            m.visitInsn(RETURN);
        });
        assertSame(bytes);
        assertEquals(1, Rewriting.scan(bytes, new ClassFacts(true)).sites());
    }

    @Test
    void findsAMethodWithoutRoomAndOnesThatAreTooLarge() {
        byte[] bytes = method(m -> {
            m.visitVarInsn(ALOAD, 65_534);
            for (int i = 0; i < 10_000; i++) {
                store(m);
            }
            m.visitInsn(RETURN);
        });
        assertSame(bytes);
        assertArrayEquals(new int[] {40_005}, Rewriting.scan(bytes, new ClassFacts(true)).lengths);
    }

    /** Names that are not ASCII, two fields of one name, a method without code, far constants. */
    @Test
    void findsWhatCompilersDoNotWrite() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(V1_2, ACC_PUBLIC | ACC_SUPER, "app/Ünüsual", null, "java/lang/Object", null);
        for (int i = 0; i < 300; i++) {
            writer.newConst("filler" + i);
        }
        writer.visitField(ACC_STATIC, "same", OBJECT, null, null);
        writer.visitField(ACC_VOLATILE, "same", "J", null, null);
        writer.visitField(ACC_STATIC, "größe\0\uD83D\uDE00", "Ljava/lang/String;", null, "text");
        writer.visitField(0, "instance", "Ljava/lang/String;", null, "ignored");
        writer.visitField(ACC_STATIC, "number", "J", null, 5L);
        writer.visitMethod(ACC_ABSTRACT, "abstract", "()V", null, null).visitEnd();
        MethodVisitor m = writer.visitMethod(ACC_STATIC, "größe", "()V", null, null);
        m.visitCode();
        m.visitLdcInsn("größe\0\uD83D\uDE00");
        m.visitLdcInsn(5L);
        m.visitMethodInsn(INVOKESTATIC, "app/Any", "newUpdater", "()V", false);
        m.visitMethodInsn(INVOKESTATIC, "app/Any", "größe", "()V", false);
        store(m);
        m.visitInsn(RETURN);
        m.visitMaxs(0, 0);
        m.visitEnd();
        writer.visitEnd();
        assertSame(writer.toByteArray());
        assertTrue(byUs(writer.toByteArray())
                .contains("[name=größe\0\uD83D\uDE00, bytes=0, isStatic=true, isVolatile=true]"));
    }

    /** Owners, names and types in every combination, by every kind of call. */
    @Test
    void findsEveryMethodOfTheListAndNoneThatIsOnlyLikeOne() throws IOException {
        for (String owner : List.of(
                "jdk/internal/misc/Unsafe",
                "sun/misc/Unsafe",
                "sun/misc/Unsaf3",
                "java/util/Arrays",
                "java/lang/reflect/Array",
                "java/lang/System",
                "java/lang/Object",
                "java/lang/ref/Reference",
                "java/lang/ref/PhantomReference",
                "java/lang/invoke/MethodHandles",
                "[J",
                "app/Any")) {
            for (String name : List.of(
                    "<init>",
                    "clone",
                    "clome",
                    "copyOf",
                    "copyOfRange",
                    "newInstance",
                    "newArray",
                    "multiNewArray",
                    "allocateInstance",
                    "allocateUninitializedArray",
                    "arraycopy",
                    "set",
                    "clear0",
                    "arrayElementVarHandle",
                    "arrayBaseOffset",
                    "compareAndSetInt",
                    "putReference",
                    "getAndSetObject",
                    "objectFieldOffset",
                    "staticFieldOffset",
                    "newUpdater",
                    "findVarHandle",
                    "findStaticVarHandle",
                    "x")) {
                for (String descriptor : List.of(
                        "()V",
                        "()" + OBJECT,
                        "(" + OBJECT + "J" + OBJECT + ")V",
                        "(" + OBJECT + "J" + OBJECT + OBJECT + ")Z",
                        "(" + OBJECT + "J" + OBJECT + OBJECT + ")" + OBJECT)) {
                    for (int opcode = INVOKEVIRTUAL; opcode <= INVOKEINTERFACE; opcode++) {
                        assertSame(calling(opcode, owner, name, descriptor));
                    }
                }
            }
        }
    }

    private static byte[] calling(int opcode, String owner, String name, String descriptor) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(V17, ACC_PUBLIC | ACC_SUPER, "app/Calls", null, "java/lang/Object", null);
        writer.visitField(0, "field", OBJECT, null, null);
        MethodVisitor m = writer.visitMethod(ACC_STATIC, "m", "()V", null, null);
        m.visitCode();
        m.visitLdcInsn("field");
        m.visitMethodInsn(opcode, owner, name, descriptor, opcode == INVOKEINTERFACE);
        m.visitInsn(RETURN);
        m.visitMaxs(9, 9);
        m.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** Damaged at random: either an exception, or an end. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void aDamagedFileIsRefusedOrReadButNeverForEver(long seed) throws IOException {
        byte[] sound = Rewriting.bytesOf(RewriterTarget.class);
        Random random = new Random(seed);
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int i = 0; i < 20_000; i++) {
                byte[] damaged = sound.clone();
                for (int left = 1 + random.nextInt(3); left > 0; left--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                try {
                    Rewriting.scan(damaged, new ClassFacts(true));
                } catch (RuntimeException refused) {
                    // As the transformer expects it.
                }
            }
        });
    }

    @Test
    void aTruncatedFileIsRefusedWhereverItEnds() throws IOException {
        byte[] sound = Rewriting.bytesOf(RewriterTarget.class);
        for (int length = 8; length < sound.length; length++) {
            byte[] truncated = Arrays.copyOf(sound, length);
            assertThrows(
                    RuntimeException.class,
                    () -> Rewriting.scan(truncated, new ClassFacts(true)),
                    () -> "length=" + truncated.length);
        }
    }

    /** An instruction that names a constant of another kind, or none. */
    @Test
    void aWrongIndexIsRefused() {
        byte[] sound = method(m -> {
            store(m);
            m.visitMethodInsn(INVOKESTATIC, "app/Target", "m", "(I" + OBJECT + ")V", false);
            m.visitInsn(RETURN);
        });
        int code = sound.length;
        while ((sound[code - 1] & 0xff) != INVOKESTATIC) {
            code--;
        }
        assertSame(sound);
        byte[] methodAsField = sound.clone();
        methodAsField[code - 2] = sound[code + 1];
        byte[] fieldAsMethod = sound.clone();
        fieldAsMethod[code + 1] = sound[code - 2];
        byte[] none = sound.clone();
        none[code + 1] = 0;
        for (byte[] wrong : List.of(methodAsField, fieldAsMethod, none)) {
            assertThrows(IllegalArgumentException.class, () -> Rewriting.scan(wrong, new ClassFacts(true)));
        }
    }
}
