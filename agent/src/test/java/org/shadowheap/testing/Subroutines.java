package org.shadowheap.testing;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Writes a class with subroutines: its constructor stores before {@code super()}, then calls a subroutine twice, then a static
 * method that calls another one and stores behind it.
 */
public final class Subroutines implements Opcodes {

    /** Stores to its field, and to elements of the array that its constructor is given. */
    public static final int FIELD_STORES = 3;

    public static final int ARRAY_STORES = 4;

    private static final String OBJECT = "Ljava/lang/Object;";

    private final String name;

    private Subroutines(String name) {
        this.name = name;
    }

    /** Binary name of the class. */
    public static String name(int version) {
        return "generated.Subroutines" + (version & 0xffff);
    }

    /** The class file, of a version that has subroutines: 50 at most. */
    public static byte[] classFile(int version) {
        return new Subroutines(name(version).replace('.', '/')).generate(version);
    }

    private byte[] generate(int version) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(version, ACC_PUBLIC | ACC_SUPER, name, null, "java/lang/Object", null);
        writer.visitField(ACC_PUBLIC, "field", OBJECT, null, null);
        MethodVisitor constructor = writer.visitMethod(ACC_PUBLIC, "<init>", "([" + OBJECT + ")V", null, null);
        constructor.visitCode();
        constructor(constructor);
        constructor.visitMaxs(0, 0);
        constructor.visitEnd();
        MethodVisitor last = writer.visitMethod(ACC_PUBLIC | ACC_STATIC, "last", "([" + OBJECT + ")V", null, null);
        last.visitCode();
        last(last);
        last.visitMaxs(0, 0);
        last.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private void constructor(MethodVisitor m) {
        Label both = new Label();
        m.visitVarInsn(ALOAD, 0);
        m.visitLdcInsn("early");
        m.visitFieldInsn(PUTFIELD, name, "field", OBJECT);
        m.visitVarInsn(ALOAD, 0);
        m.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        int index = 0;
        for (String value : new String[] {"first", "second"}) {
            m.visitLdcInsn(value);
            m.visitVarInsn(ASTORE, 2);
            m.visitInsn(ICONST_0 + index++);
            m.visitVarInsn(ISTORE, 3);
            m.visitJumpInsn(JSR, both);
        }
        m.visitVarInsn(ALOAD, 1);
        m.visitMethodInsn(INVOKESTATIC, name, "last", "([" + OBJECT + ")V", false);
        m.visitInsn(RETURN);
        m.visitLabel(both);
        m.visitVarInsn(ASTORE, 4);
        m.visitVarInsn(ALOAD, 0);
        m.visitVarInsn(ALOAD, 2);
        m.visitFieldInsn(PUTFIELD, name, "field", OBJECT);
        store(m, 1, 2, 3);
        m.visitVarInsn(RET, 4);
    }

    private static void last(MethodVisitor m) {
        Label sub = new Label();
        m.visitLdcInsn("last");
        m.visitVarInsn(ASTORE, 1);
        m.visitInsn(ICONST_2);
        m.visitVarInsn(ISTORE, 2);
        m.visitJumpInsn(JSR, sub);
        m.visitIincInsn(2, 1);
        store(m, 0, 1, 2);
        m.visitInsn(RETURN);
        m.visitLabel(sub);
        m.visitVarInsn(ASTORE, 3);
        store(m, 0, 1, 2);
        m.visitVarInsn(RET, 3);
    }

    private static void store(MethodVisitor m, int array, int value, int index) {
        m.visitVarInsn(ALOAD, array);
        m.visitVarInsn(ILOAD, index);
        m.visitVarInsn(ALOAD, value);
        m.visitInsn(AASTORE);
    }
}
