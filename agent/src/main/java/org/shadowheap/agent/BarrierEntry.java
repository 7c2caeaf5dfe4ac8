package org.shadowheap.agent;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.shadowheap.instrument.BarrierName;

/**
 * Makes the class that instrumented code calls: it lies in {@code java.lang}, and hands each call on to the barrier.
 *
 * <p>Class loaders of module systems (OSGi, JBoss Modules) let only {@code java.*} through to the boot loader; they must,
 * by the specification of {@code ClassLoader}. Compiled code inlines the way.
 */
final class BarrierEntry {

    /** Internal name of the class that is made. */
    static final String NAME = BarrierName.INTERNAL;

    /** Internal name of the barrier. */
    static final String TARGET = "org/shadowheap/barrier/WriteBarrier";

    private static final String INLINED = "Ljdk/internal/vm/annotation/ForceInline;";

    private BarrierEntry() {}

    /** The class file, with a static method for each public static one of the barrier. */
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
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void forward(ClassWriter writer, String name, String descriptor) {
        MethodVisitor method =
                writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, name, descriptor, null, null);
        method.visitAnnotation(INLINED, true).visitEnd();
        method.visitCode();
        int local = 0;
        for (Type argument : Type.getArgumentTypes(descriptor)) {
            method.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), local);
            local += argument.getSize();
        }
        method.visitMethodInsn(Opcodes.INVOKESTATIC, TARGET, name, descriptor, false);
        method.visitInsn(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN));
        method.visitMaxs(0, 0);
        method.visitEnd();
    }
}
