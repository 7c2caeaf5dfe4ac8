package org.shadowheap.agent;

import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.shadowheap.barrier.FrameSlots;

/**
 * Makes the class in {@code java.lang} that asks live frames for their slots.
 *
 * <p>Method handles would do the same, but the JDK makes classes for them at the start, and compiles them anew, into new
 * classes, after a hundred calls, which may not happen inside a barrier.
 */
final class LiveFrames {

    static final String FRAME = "java.lang.LiveStackFrame";

    private static final String NAME = "java/lang/ShadowHeapFrames";
    private static final String ASKED = FRAME.replace('.', '/');
    private static final String OF_FRAME = "(Ljava/lang/StackWalker$StackFrame;)[Ljava/lang/Object;";
    private static final String WALKER = "(Ljava/util/Set;)Ljava/lang/StackWalker;";

    /** A class can be defined once. */
    private static @Nullable FrameSlots made;

    private LiveFrames() {}

    /** It, which is made for the first session of a JVM. One thread at a time asks. */
    static FrameSlots get() throws InstantiationException {
        FrameSlots slots = made;
        if (slots == null) {
            slots = make();
            made = slots;
        }
        return slots;
    }

    private static FrameSlots make() throws InstantiationException {
        byte[] bytes = bytes();
        Unsafe unsafe = Unsafe.getUnsafe();
        Class<?> type = unsafe.defineClass(NAME, bytes, 0, bytes.length, null, null);
        return (FrameSlots) unsafe.allocateInstance(type);
    }

    private static byte[] bytes() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(
                Opcodes.V17,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER,
                NAME,
                null,
                "java/lang/Object",
                new String[] {Type.getInternalName(FrameSlots.class)});
        MethodVisitor walker = writer.visitMethod(Opcodes.ACC_PUBLIC, "walker", WALKER, null, null);
        walker.visitCode();
        walker.visitVarInsn(Opcodes.ALOAD, 1);
        walker.visitMethodInsn(Opcodes.INVOKESTATIC, ASKED, "getStackWalker", WALKER, true);
        walker.visitInsn(Opcodes.ARETURN);
        walker.visitMaxs(1, 2);
        walker.visitEnd();
        ask(writer, "locals", "getLocals");
        ask(writer, "operands", "getStack");
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void ask(ClassWriter writer, String name, String asked) {
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC, name, OF_FRAME, null, null);
        method.visitCode();
        method.visitVarInsn(Opcodes.ALOAD, 1);
        method.visitTypeInsn(Opcodes.CHECKCAST, ASKED);
        // Stack: frame
        method.visitMethodInsn(Opcodes.INVOKEINTERFACE, ASKED, asked, "()[Ljava/lang/Object;", true);
        // Stack: slots
        method.visitInsn(Opcodes.ARETURN);
        method.visitMaxs(1, 2);
        method.visitEnd();
    }
}
