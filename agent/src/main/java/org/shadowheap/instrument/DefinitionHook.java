package org.shadowheap.instrument;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Tells the barrier what a {@code ClassLoader} gives the JVM to keep with a class that it has defined: the protection domain and the
 * signers. On JDK 17 they lie where no field is, on 25 the JVM writes the domain to a field by itself.
 */
final class DefinitionHook extends MethodVisitor {

    private static final String LOADER = "java/lang/ClassLoader";

    /** The parameter of both methods that is kept, behind the loader and the class. */
    private static final int KEPT = 2;

    DefinitionHook(MethodVisitor next) {
        super(Opcodes.ASM9, next);
    }

    /** Whether a method has them. */
    static boolean isFor(String owner, String name) {
        return owner.equals(LOADER) && (name.equals("postDefineClass") || name.equals("setSigners"));
    }

    @Override
    public void visitCode() {
        super.visitCode();
        super.visitVarInsn(Opcodes.ALOAD, KEPT);
        super.visitMethodInsn(
                Opcodes.INVOKESTATIC, BarrierName.INTERNAL, "definedWith", "(Ljava/lang/Object;)V", false);
    }
}
