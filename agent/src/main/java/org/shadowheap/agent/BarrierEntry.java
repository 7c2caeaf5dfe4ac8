package org.shadowheap.agent;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.shadowheap.instrument.BarrierName;

/**
 * Makes the class that instrumented code calls: it lies in {@code java.lang}, and hands each call on to the barrier.
 *
 * <p>Class loaders of module systems (OSGi, JBoss Modules) let only {@code java.*} through to the boot loader; they must,
 * by the specification of {@code ClassLoader}. Compiled code inlines the way.
 *
 * <p>A stack overflow in the barrier ends here, and is counted: the program comes to its own one when it goes on. What was to
 * return something returns its last argument: the bytes of a hidden class as they were.
 */
final class BarrierEntry {

    /** Internal name of the class that is made. */
    static final String NAME = BarrierName.INTERNAL;

    /** Internal name of the barrier. */
    static final String TARGET = "org/shadowheap/barrier/WriteBarrier";

    private static final String INLINED = "Ljdk/internal/vm/annotation/ForceInline;";

    /** Of a copy of an array: its arguments, and the site. */
    private static final String WITH_SITE = "(Ljava/lang/Object;ILjava/lang/Object;III)V";

    private BarrierEntry() {}

    /** The class file, with a static method for each public static one of the barrier, and one that copies arrays. */
    static byte[] forwardingTo(byte[] barrier) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(
                Opcodes.V17,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER,
                NAME,
                null,
                "java/lang/Object",
                null);
        new ClassReader(barrier)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public @Nullable MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String signature, String[] thrown) {
                                if ((access & Opcodes.ACC_PUBLIC) != 0 && (access & Opcodes.ACC_STATIC) != 0) {
                                    forward(writer, name, descriptor);
                                }
                                return null;
                            }
                        },
                        ClassReader.SKIP_CODE);
        copyArray(writer);
        writer.visitEnd();
        return writer.toByteArray();
    }

    /**
     * What stands in place of {@code System.arraycopy} where a method has no room for more: the copy is the program's own, so what it throws goes
     * there, and only what tells of it is guarded.
     */
    private static void copyArray(ClassWriter writer) {
        int source = 0;
        int sourceFrom = 1;
        int array = 2;
        int from = 3;
        int length = 4;
        int site = 5;
        MethodVisitor method =
                writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "copyArray", WITH_SITE, null, null);
        method.visitAnnotation(INLINED, true).visitEnd();
        method.visitCode();
        method.visitVarInsn(Opcodes.ALOAD, source);
        method.visitVarInsn(Opcodes.ILOAD, sourceFrom);
        method.visitVarInsn(Opcodes.ALOAD, array);
        method.visitVarInsn(Opcodes.ILOAD, from);
        method.visitVarInsn(Opcodes.ILOAD, length);
        method.visitVarInsn(Opcodes.ILOAD, site);
        method.visitMethodInsn(Opcodes.INVOKESTATIC, NAME, "arrayCopyBegins", WITH_SITE, false);
        method.visitVarInsn(Opcodes.ALOAD, source);
        method.visitVarInsn(Opcodes.ILOAD, sourceFrom);
        method.visitVarInsn(Opcodes.ALOAD, array);
        method.visitVarInsn(Opcodes.ILOAD, from);
        method.visitVarInsn(Opcodes.ILOAD, length);
        method.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                "java/lang/System",
                "arraycopy",
                "(Ljava/lang/Object;ILjava/lang/Object;II)V",
                false);
        method.visitVarInsn(Opcodes.ALOAD, array);
        method.visitVarInsn(Opcodes.ILOAD, from);
        method.visitVarInsn(Opcodes.ILOAD, length);
        method.visitVarInsn(Opcodes.ILOAD, site);
        method.visitMethodInsn(Opcodes.INVOKESTATIC, NAME, "arrayCopy", "(Ljava/lang/Object;III)V", false);
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    private static void forward(ClassWriter writer, String name, String descriptor) {
        MethodVisitor method =
                writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, name, descriptor, null, null);
        method.visitAnnotation(INLINED, true).visitEnd();
        method.visitCode();
        Label begin = new Label();
        Label end = new Label();
        Label overflow = new Label();
        method.visitTryCatchBlock(begin, end, overflow, null);
        int local = 0;
        int last = 0;
        for (Type argument : Type.getArgumentTypes(descriptor)) {
            method.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), local);
            last = local;
            local += argument.getSize();
        }
        method.visitLabel(begin);
        method.visitMethodInsn(Opcodes.INVOKESTATIC, TARGET, name, descriptor, false);
        method.visitLabel(end);
        Type returned = Type.getReturnType(descriptor);
        method.visitInsn(returned.getOpcode(Opcodes.IRETURN));
        method.visitLabel(overflow);
        method.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {"java/lang/Throwable"});
        countOverflow(method, events(name, descriptor));
        if (returned.getSize() > 0) {
            method.visitVarInsn(returned.getOpcode(Opcodes.ILOAD), last);
        }
        method.visitInsn(returned.getOpcode(Opcodes.IRETURN));
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    /** How many events a call tells of at most. */
    private static long events(String name, String descriptor) {
        // All arguments but the holder and the site are values.
        return name.equals("fieldStores") ? Type.getArgumentTypes(descriptor).length - 2 : 1;
    }

    /** No call: it would overflow again. */
    private static void countOverflow(MethodVisitor method, long events) {
        // Stack: throwable
        method.visitInsn(Opcodes.POP);
        method.visitFieldInsn(Opcodes.GETSTATIC, TARGET, "overflows", "J");
        method.visitLdcInsn(events);
        method.visitInsn(Opcodes.LADD);
        method.visitFieldInsn(Opcodes.PUTSTATIC, TARGET, "overflows", "J");
    }
}
