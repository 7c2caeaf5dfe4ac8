package org.shadowheap.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Constructors that no javac writes but the verifier accepts: before super() returns nobody may be told of this. */
class UnusualConstructorsTest {

    private static final String NAME = "app/Unusual";
    private static final String OBJECT = "Ljava/lang/Object;";

    @BeforeEach
    void forget() {
        SeenCalls.CALLS.clear();
    }

    @Test
    void oneNewMayBeInitializedInTwoBranches() throws Exception {
        Object made = construct(true, m -> {
            Label otherwise = new Label();
            Label end = new Label();
            m.visitTypeInsn(Opcodes.NEW, "java/lang/StringBuilder");
            m.visitInsn(Opcodes.DUP);
            m.visitVarInsn(Opcodes.ILOAD, 1);
            m.visitJumpInsn(Opcodes.IFEQ, otherwise);
            m.visitIntInsn(Opcodes.BIPUSH, 10);
            m.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/StringBuilder", "<init>", "(I)V", false);
            m.visitJumpInsn(Opcodes.GOTO, end);
            m.visitLabel(otherwise);
            m.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/StringBuilder", "<init>", "()V", false);
            m.visitLabel(end);
            m.visitInsn(Opcodes.POP);
            store(m, "early");
            callSuper(m);
        });
        assertEquals(List.of(new SeenCalls.Call("fieldStore", made, "early", 1)), SeenCalls.CALLS);
    }

    @Test
    void eachBranchMayCallSuper() throws Exception {
        for (boolean first : List.of(true, false)) {
            forget();
            Object made = construct(first, m -> {
                Label otherwise = new Label();
                Label end = new Label();
                m.visitVarInsn(Opcodes.ILOAD, 1);
                m.visitJumpInsn(Opcodes.IFEQ, otherwise);
                store(m, "one");
                callSuper(m);
                m.visitJumpInsn(Opcodes.GOTO, end);
                m.visitLabel(otherwise);
                store(m, "two");
                callSuper(m);
                m.visitLabel(end);
            });
            SeenCalls.Call last = SeenCalls.CALLS.get(SeenCalls.CALLS.size() - 1);
            assertEquals(new SeenCalls.Call("fieldStore", made, first ? "one" : "two", last.slot()), last);
        }
    }

    @Test
    void aNewMayBeAbandoned() throws Exception {
        Object made = construct(true, m -> {
            m.visitTypeInsn(Opcodes.NEW, "java/lang/Object");
            m.visitInsn(Opcodes.POP);
            store(m, "early");
            callSuper(m);
            store(m, "late");
        });
        assertEquals(
                List.of(
                        new SeenCalls.Call("fieldStore", made, "early", 1),
                        new SeenCalls.Call("fieldStore", made, "late", 2)),
                SeenCalls.CALLS);
    }

    private static Object construct(boolean argument, Consumer<MethodVisitor> body) throws Exception {
        Class<?> type = new Rewriting.Loader().define(Rewriting.withStandIn(Rewriting.rewrite(classWith(body))));
        return type.getConstructor(boolean.class).newInstance(argument);
    }

    private static byte[] classWith(Consumer<MethodVisitor> body) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES | ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, NAME, null, "java/lang/Object", null);
        writer.visitField(0, "field", OBJECT, null, null);
        MethodVisitor constructor = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "(Z)V", null, null);
        constructor.visitCode();
        body.accept(constructor);
        constructor.visitInsn(Opcodes.RETURN);
        constructor.visitMaxs(0, 0);
        constructor.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void store(MethodVisitor m, String value) {
        m.visitVarInsn(Opcodes.ALOAD, 0);
        m.visitLdcInsn(value);
        m.visitFieldInsn(Opcodes.PUTFIELD, NAME, "field", OBJECT);
    }

    private static void callSuper(MethodVisitor m) {
        m.visitVarInsn(Opcodes.ALOAD, 0);
        m.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
    }
}
