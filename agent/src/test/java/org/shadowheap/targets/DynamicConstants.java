package org.shadowheap.targets;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Lesson: a dynamic constant is made once, when the instruction that loads it is linked; from then on nothing but the JVM
 * refers to it, for that instruction.
 */
public final class DynamicConstants {

    private static final int CONSTANTS = 200;
    private static final int GARBAGE = 600_000;

    /** What it holds grows old and is garbage then: major collections, too, have to let the constants live. */
    static final Object[] RING = new Object[20_000];

    /** What the instructions gave later. */
    static final List<Object> LATER = new ArrayList<>();

    private DynamicConstants() {}

    /** Makes a constant. */
    public static Object make(MethodHandles.Lookup caller, String name, Class<?> type) {
        return new Object[] {name};
    }

    /** A supplier of a dynamic constant. */
    private static Supplier<?> supplier(int number) throws ReflectiveOperationException {
        String own = DynamicConstants.class.getName().replace('.', '/');
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(
                Opcodes.V11,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER,
                own + number,
                null,
                "java/lang/Object",
                new String[] {"java/util/function/Supplier"});
        MethodVisitor init = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        init.visitVarInsn(Opcodes.ALOAD, 0);
        init.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        init.visitInsn(Opcodes.RETURN);
        init.visitMaxs(0, 0);
        MethodVisitor get = writer.visitMethod(Opcodes.ACC_PUBLIC, "get", "()Ljava/lang/Object;", null, null);
        String descriptor =
                "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;)Ljava/lang/Object;";
        Handle bootstrap = new Handle(Opcodes.H_INVOKESTATIC, own, "make", descriptor, false);
        get.visitLdcInsn(new ConstantDynamic("constant", "Ljava/lang/Object;", bootstrap));
        get.visitInsn(Opcodes.ARETURN);
        get.visitMaxs(0, 0);
        return (Supplier<?>) MethodHandles.lookup()
                .defineClass(writer.toByteArray())
                .getDeclaredConstructor()
                .newInstance();
    }

    /** Runs. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        List<Supplier<?>> suppliers = new ArrayList<>();
        int linked = 0;
        for (int i = 0; i < CONSTANTS; i++) {
            Supplier<?> supplier = supplier(i);
            linked += supplier.get() == null ? 0 : 1;
            suppliers.add(supplier);
        }
        for (int i = 0; i < GARBAGE; i++) {
            RING[i % RING.length] = new Object[] {new int[8], i};
        }
        for (Supplier<?> supplier : suppliers) {
            LATER.add(supplier.get());
        }
        System.out.println(linked + " linked, " + LATER.size() + " kept");
    }
}
