package org.shadowheap.instrument;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Lets the barrier rewrite the bytes that the JDK's {@code JavaLangAccess.defineClass} is given for a hidden class. */
final class HiddenClassHook extends MethodVisitor {

    private static final String ACCESS = "jdk/internal/access/JavaLangAccess";
    private static final String DESCRIPTOR = "(Ljava/lang/ClassLoader;Ljava/lang/Class;Ljava/lang/String;[B"
            + "Ljava/security/ProtectionDomain;ZILjava/lang/Object;)Ljava/lang/Class;";

    private static final int LOADER = 1;
    private static final int LOOKUP = 2;
    private static final int BYTES = 4;

    HiddenClassHook(MethodVisitor next) {
        super(Opcodes.ASM9, next);
    }

    /** Whether a class with these interfaces declares the method in question under this name and descriptor. */
    static boolean isFor(String[] interfaces, String name, String descriptor) {
        if (name.equals("defineClass") && descriptor.equals(DESCRIPTOR)) {
            // No list of them: its class may not be there yet, and is not rewritten if it comes while one is.
            for (String each : interfaces) {
                if (each.equals(ACCESS)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        super.visitVarInsn(Opcodes.ALOAD, LOADER);
        super.visitVarInsn(Opcodes.ALOAD, LOOKUP);
        super.visitVarInsn(Opcodes.ALOAD, BYTES);
        call("hiddenClassBytes", "(Ljava/lang/ClassLoader;Ljava/lang/Class;[B)[B");
        super.visitVarInsn(Opcodes.ASTORE, BYTES);
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode == Opcodes.ARETURN) {
            super.visitInsn(Opcodes.DUP);
            super.visitVarInsn(Opcodes.ALOAD, BYTES);
            call("hiddenClassDefined", "(Ljava/lang/Class;[B)V");
        }
        super.visitInsn(opcode);
    }

    private void call(String name, String descriptor) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, BarrierName.INTERNAL, name, descriptor, false);
    }
}
