package org.shadowheap.instrument;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A method that the calls would make too large for HotSpot's compilers, or for the format, stays as it is; no other does. */
class MethodsThatDoNotFitTest implements Opcodes {

    private static final String NAME = "app/Sized";
    private static final String OBJECT = "Ljava/lang/Object;";
    private static final String FILLS = "(Z[" + OBJECT + OBJECT + ")V";

    /** A store to an element has so many bytes here, and with our calls. */
    private static final int STORE = 5;

    private static final int REWRITTEN_STORE = 17;

    /** A copy of an element has so many bytes here, with our calls, and if these are short. */
    private static final int COPY = 8;

    private static final int REWRITTEN_COPY = 57;
    private static final int SHORT_COPY = 11;

    private static final int JUMP = 3;

    private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);

    MethodsThatDoNotFitTest() {
        writer.visit(V17, ACC_PUBLIC | ACC_SUPER, NAME, null, "java/lang/Object", null);
        writer.visitField(ACC_STATIC, "shared", OBJECT, null, null);
    }

    private void method(int access, String name, String descriptor, Consumer<MethodVisitor> body) {
        MethodVisitor method = writer.visitMethod(access, name, descriptor, null, null);
        method.visitCode();
        body.accept(method);
        method.visitInsn(RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    private void fills(String name, int stores) {
        method(ACC_PUBLIC | ACC_STATIC, name, FILLS, m -> store(m, stores));
    }

    /** As {@link #fills}, with a jump, and so perhaps in a loop; has so many bytes more. */
    private void jumpsAndFills(String name, int stores) {
        method(ACC_PUBLIC | ACC_STATIC, name, FILLS, m -> {
            Label behind = new Label();
            m.visitJumpInsn(GOTO, behind);
            m.visitLabel(behind);
            store(m, stores);
        });
    }

    private static void store(MethodVisitor m, int stores) {
        for (int i = 0; i < stores; i++) {
            m.visitVarInsn(ALOAD, 1);
            m.visitIntInsn(BIPUSH, i % 16);
            m.visitVarInsn(ALOAD, 2);
            m.visitInsn(AASTORE);
        }
    }

    private static void jumpsAndCopies(MethodVisitor m, int copies) {
        Label behind = new Label();
        m.visitJumpInsn(GOTO, behind);
        m.visitLabel(behind);
        for (int i = 0; i < copies; i++) {
            m.visitVarInsn(ALOAD, 1);
            m.visitInsn(ICONST_0);
            m.visitVarInsn(ALOAD, 1);
            m.visitInsn(ICONST_1);
            m.visitInsn(ICONST_2);
            m.visitMethodInsn(
                    INVOKESTATIC, "java/lang/System", "arraycopy", "(Ljava/lang/Object;ILjava/lang/Object;II)V", false);
        }
    }

    private static void storeStatics(MethodVisitor m, int stores) {
        for (int i = 0; i < stores; i++) {
            m.visitInsn(ACONST_NULL);
            m.visitFieldInsn(PUTSTATIC, NAME, "shared", OBJECT);
        }
    }

    private FittedClass fit() {
        FittedClass fitted = Rewriting.fit(writer.toByteArray(), Rewriting.FIRST_SITE, CodeLimits.HOTSPOT);
        assertEquals("", Rewriting.complaints(fitted.bytes(), getClass().getClassLoader()));
        return fitted;
    }

    private static List<String> named(FittedClass fitted) {
        return fitted.leftOut().stream().map(FittedClass.LeftOut::method).toList();
    }

    @Test
    void oneThatWouldNotBeCompiledAnyMoreIsLeftAndTheOthersAreNot() {
        int most = (8_000 - JUMP - 1) / REWRITTEN_STORE;
        jumpsAndFills("fits", most);
        jumpsAndFills("crosses", most + 1);
        fills("behind", 1);
        byte[] original = writer.toByteArray();
        FittedClass fitted = fit();
        int before = JUMP + (most + 1) * STORE + 1;
        int after = JUMP + (most + 1) * REWRITTEN_STORE + 1;
        assertEquals(
                List.of(new FittedClass.LeftOut(
                        "crosses" + FILLS,
                        "its code of " + before + " bytes would have " + after + ", more than 8000")),
                List.copyOf(fitted.leftOut()));
        assertEquals(Rewriting.instructions(original, "crosses"), Rewriting.instructions(fitted.bytes(), "crosses"));
        assertArrayEquals(
                new int[] {JUMP + most * REWRITTEN_STORE + 1, before, REWRITTEN_STORE + 1},
                CodeLimits.lengths(new ClassReader(fitted.bytes())));
        // The numbers have no gap where it was.
        assertEquals(most + 1, fitted.sites().size());
        assertTrue(Rewriting.instructions(fitted.bytes(), "behind").contains("SIPUSH " + (most + 1)));
    }

    @Test
    void oneThatFitsIfTheBarrierCopiesArraysIsRewrittenSoAndTheOthersAreNot() throws Exception {
        int most = (8_000 - JUMP - 1) / REWRITTEN_COPY;
        method(ACC_PUBLIC | ACC_STATIC, "fits", FILLS, m -> jumpsAndCopies(m, most));
        method(ACC_PUBLIC | ACC_STATIC, "crosses", FILLS, m -> jumpsAndCopies(m, most + 1));
        FittedClass fitted = fit();
        assertEquals(List.of(), named(fitted));
        assertArrayEquals(
                new int[] {JUMP + most * REWRITTEN_COPY + 1, JUMP + (most + 1) * SHORT_COPY + 1},
                CodeLimits.lengths(new ClassReader(fitted.bytes())));
        assertEquals(2 * most + 1, fitted.sites().size());
        Class<?> type = new Rewriting.Loader().define(Rewriting.withStandIn(fitted.bytes()));
        for (String name : List.of("fits", "crosses")) {
            SeenCalls.CALLS.clear();
            Object[] array = {"a", "b", "c", "d"};
            type.getMethod(name, boolean.class, Object[].class, Object.class).invoke(null, false, array, null);
            assertArrayEquals(new Object[] {"a", "a", "a", "d"}, array);
            assertEquals(name.equals("fits") ? most : most + 1, SeenCalls.CALLS.size());
            assertEquals(new SeenCalls.Call("arrayCopy", array, 2, 1), SeenCalls.CALLS.get(0));
        }
    }

    @Test
    void oneThatDoesNotFitThenIsLeft() {
        int copies = (8_000 - JUMP - 1) / SHORT_COPY;
        method(ACC_PUBLIC | ACC_STATIC, "fits", FILLS, m -> jumpsAndCopies(m, copies));
        method(ACC_PUBLIC | ACC_STATIC, "crosses", FILLS, m -> jumpsAndCopies(m, copies + 1));
        assertEquals(
                List.of(new FittedClass.LeftOut(
                        "crosses" + FILLS,
                        "its code of " + (JUMP + (copies + 1) * COPY + 1) + " bytes would have "
                                + (JUMP + (copies + 1) * SHORT_COPY + 1) + ", more than 8000")),
                List.copyOf(fit().leftOut()));
    }

    /** A loop ends with a jump, a switch, or an exception whose handler lies before it. */
    @Test
    void whateverMayBeALoopIsLeft() {
        int stores = 8_000 / REWRITTEN_STORE + 1;
        jumpsAndFills("jumps", stores);
        switches("switchesByTable", stores, (m, end) -> m.visitTableSwitchInsn(0, 0, end, end));
        switches(
                "switchesByLookup", stores, (m, end) -> m.visitLookupSwitchInsn(end, new int[] {0}, new Label[] {end}));
        method(ACC_PUBLIC | ACC_STATIC, "catches", FILLS, m -> {
            Label begin = new Label();
            Label end = new Label();
            Label handler = new Label();
            m.visitTryCatchBlock(begin, end, handler, null);
            m.visitLabel(begin);
            store(m, stores);
            m.visitLabel(end);
            m.visitInsn(RETURN);
            m.visitLabel(handler);
            m.visitInsn(POP);
        });
        FittedClass fitted = fit();
        assertEquals(
                List.of("jumps" + FILLS, "switchesByTable" + FILLS, "switchesByLookup" + FILLS, "catches" + FILLS),
                named(fitted));
    }

    private void switches(String name, int stores, BiConsumer<MethodVisitor, Label> instruction) {
        method(ACC_PUBLIC | ACC_STATIC, name, FILLS, m -> {
            Label end = new Label();
            m.visitVarInsn(ILOAD, 0);
            instruction.accept(m, end);
            m.visitLabel(end);
            store(m, stores);
        });
    }

    /** It stores each thing once, and the mirror would miss what it stores. */
    @Test
    void oneWithoutJumpsIsRewrittenAsLongAsTheFormatAllows() {
        int crosses = 8_000 / REWRITTEN_STORE + 1;
        fills("crosses", crosses);
        fills("exceeds", 65_535 / REWRITTEN_STORE);
        FittedClass fitted = fit();
        assertEquals(List.of("exceeds" + FILLS), named(fitted));
        assertEquals(crosses * REWRITTEN_STORE + 1, CodeLimits.lengths(new ClassReader(fitted.bytes()))[0]);
        assertEquals(crosses, fitted.sites().size());
    }

    @Test
    void oneThatNobodyCompilesAnywayIsRewrittenAsLongAsTheFormatAllows() {
        int most = (65_535 - 1) / REWRITTEN_STORE;
        int fitting = (65_535 - JUMP - 1) / REWRITTEN_STORE;
        jumpsAndFills("fits", fitting);
        fills("exceeds", most + 1);
        fills("exceedsToo", 2 * most);
        FittedClass fitted = fit();
        assertEquals(List.of("exceeds" + FILLS, "exceedsToo" + FILLS), named(fitted));
        assertEquals(JUMP + fitting * REWRITTEN_STORE + 1, CodeLimits.lengths(new ClassReader(fitted.bytes()))[0]);
    }

    /** It runs once, and what it stores are roots. */
    @Test
    void aClassInitializerIsRewrittenAsLongAsTheFormatAllows() {
        method(ACC_STATIC, "<clinit>", "()V", m -> {
            Label behind = new Label();
            m.visitJumpInsn(GOTO, behind);
            m.visitLabel(behind);
            storeStatics(m, 1_000);
        });
        FittedClass fitted = fit();
        assertEquals(List.of(), named(fitted));
        assertTrue(CodeLimits.lengths(new ClassReader(fitted.bytes()))[0] > 8_000);
    }

    @Test
    void oneWithoutRoomForOurLocalsOrOperandsIsLeft() {
        method(ACC_STATIC, "manyLocals", "()V", m -> {
            m.visitInsn(ICONST_0);
            m.visitVarInsn(ISTORE, 65_534);
            storeStatics(m, 1);
        });
        fills("behind", 1);
        FittedClass fitted = fit();
        assertEquals(
                List.of(new FittedClass.LeftOut("manyLocals()V", "no room for more: maxLocals=65535 maxStack=1")),
                List.copyOf(fitted.leftOut()));
        assertEquals(1, fitted.sites().size());
    }

    /** Births begin there. */
    @Test
    void theConstructorOfObjectIsNeverLeft() {
        byte[] object =
                Rewriting.classWith("java/lang/Object", V17, ACC_PUBLIC, "<init>", "()V", m -> m.visitInsn(RETURN));
        FittedClass fitted = Rewriting.fit(object, Rewriting.FIRST_SITE, new CodeLimits(1, 1));
        assertEquals(List.of(), named(fitted));
        assertTrue(Rewriting.instructions(fitted.bytes(), "<init>").contains("birth"));
    }

    @Test
    void rewrittenAgainItIsTheSame() {
        fills("fits", 10);
        jumpsAndFills("crosses", 1_000);
        fills("behind", 10);
        assertArrayEquals(fit().bytes(), fit().bytes());
    }

    /** 32,767 bytes are as far as a jump reaches; beyond that the instruction is another one, with a frame behind it. */
    @Test
    void aJumpThatHasBecomeTooFarForItsInstructionStillArrives() throws Exception {
        int stores = 2_500;
        method(ACC_PUBLIC | ACC_STATIC, "jumps", FILLS, m -> {
            Label end = new Label();
            Label top = new Label();
            m.visitLabel(top);
            m.visitVarInsn(ILOAD, 0);
            m.visitJumpInsn(IFEQ, end);
            store(m, stores);
            m.visitInsn(ICONST_0);
            m.visitVarInsn(ISTORE, 0);
            m.visitJumpInsn(GOTO, top);
            m.visitLabel(end);
            store(m, 1);
        });
        FittedClass fitted = fit();
        assertEquals(List.of(), named(fitted));
        assertTrue(CodeLimits.lengths(new ClassReader(fitted.bytes()))[0] > stores * REWRITTEN_STORE);
        Class<?> type = new Rewriting.Loader().define(Rewriting.withStandIn(fitted.bytes()));
        for (boolean jumpsAtOnce : List.of(true, false)) {
            SeenCalls.CALLS.clear();
            Object[] array = new Object[16];
            type.getMethod("jumps", boolean.class, Object[].class, Object.class)
                    .invoke(null, !jumpsAtOnce, array, "stored");
            assertEquals(jumpsAtOnce ? 1 : stores + 1, SeenCalls.CALLS.size());
            assertEquals(
                    jumpsAtOnce ? 1 : 16,
                    Arrays.stream(array).filter("stored"::equals).count());
        }
    }

    @Test
    void oneThatItsJumpsAloneMakeTooLargeIsLeft() {
        int jumps = 80;
        int stores = (65_535 - 4 * jumps - 1) / REWRITTEN_STORE;
        method(ACC_PUBLIC | ACC_STATIC, "jumps", FILLS, m -> {
            Label end = new Label();
            for (int i = 0; i < jumps; i++) {
                m.visitVarInsn(ILOAD, 0);
                m.visitJumpInsn(IFEQ, end);
            }
            store(m, stores);
            m.visitLabel(end);
        });
        fills("behind", 1);
        FittedClass fitted = fit();
        assertEquals(List.of("jumps" + FILLS), named(fitted));
        assertEquals(1, fitted.sites().size());
    }

    /** Each number of a site above 32,767 is a constant: there is no room for more in this class. */
    @Test
    void aClassWithoutRoomForOurConstantsIsRefusedAsAWhole() {
        for (int i = 0; i < 65_400; i++) {
            writer.newConst(i + 100_000);
        }
        fills("fills", 200);
        assertThrows(
                ClassTooLargeException.class,
                () -> Rewriting.fit(writer.toByteArray(), Short.MAX_VALUE + 1, CodeLimits.HOTSPOT));
    }
}
