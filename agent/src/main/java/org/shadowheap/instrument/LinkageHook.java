package org.shadowheap.instrument;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Tells the barrier what {@code java.lang.invoke.MethodHandleNatives} gives the JVM to keep with the code that it links: the
 * appendix of a call, or the result itself. The JVM keeps no other result; the method that a call leads to is known by name.
 */
final class LinkageHook extends MethodVisitor {

    private static final String NATIVES = "java/lang/invoke/MethodHandleNatives";
    private static final Type REFERENCES = Type.getType(Object[].class);

    /** The local variable of the appendix, or -1 if the result is what is kept. */
    private final int appendix;

    LinkageHook(MethodVisitor next, String descriptor) {
        super(Opcodes.ASM9, next);
        this.appendix = appendix(descriptor);
    }

    /** Whether a method is one that the JVM calls to link something. */
    static boolean isFor(String owner, String name) {
        if (!owner.equals(NATIVES)) {
            return false;
        }
        return switch (name) {
            case "linkCallSite",
                    "linkMethod",
                    "linkDynamicConstant",
                    "linkMethodHandleConstant",
                    "findMethodHandleType" -> true;
            default -> false;
        };
    }

    /** The methods are static, and what they leave is their last parameter. */
    private static int appendix(String descriptor) {
        Type[] parameters = Type.getArgumentTypes(descriptor);
        if (!parameters[parameters.length - 1].equals(REFERENCES)) {
            return -1;
        }
        int local = 0;
        for (int i = 0; i < parameters.length - 1; i++) {
            local += parameters[i].getSize();
        }
        return local;
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode == Opcodes.ARETURN && appendix < 0) {
            super.visitInsn(Opcodes.DUP);
            call("linked", "(Ljava/lang/Object;)V");
        } else if (opcode == Opcodes.ARETURN) {
            super.visitVarInsn(Opcodes.ALOAD, appendix);
            call("linkedAppendix", "([Ljava/lang/Object;)V");
        }
        super.visitInsn(opcode);
    }

    private void call(String name, String descriptor) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, BarrierName.INTERNAL, name, descriptor, false);
    }
}
