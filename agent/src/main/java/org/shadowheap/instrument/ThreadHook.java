package org.shadowheap.instrument;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Tells the barrier of a thread that its constructor has just made, by one of those that the JVM calls for threads of its own and for
 * native ones that attach: it starts them without {@code start0}, and nobody else may hold them until they record something.
 */
final class ThreadHook extends MethodVisitor {

    private static final String OWNER = "java/lang/Thread";

    ThreadHook(MethodVisitor next) {
        super(Opcodes.ASM9, next);
    }

    /** Whether a method is one of these constructors. */
    static boolean isFor(String owner, String name, String descriptor) {
        return owner.equals(OWNER)
                && name.equals("<init>")
                && (descriptor.equals("(Ljava/lang/ThreadGroup;Ljava/lang/String;)V")
                        || descriptor.equals("(Ljava/lang/ThreadGroup;Ljava/lang/Runnable;)V"));
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode == Opcodes.RETURN) {
            super.visitVarInsn(Opcodes.ALOAD, 0);
            super.visitMethodInsn(Opcodes.INVOKESTATIC, BarrierName.INTERNAL, "starts", "(Ljava/lang/Object;)V", false);
        }
        super.visitInsn(opcode);
    }
}
