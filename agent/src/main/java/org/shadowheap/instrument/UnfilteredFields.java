package org.shadowheap.instrument;

import java.lang.reflect.Field;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes the class that asks the JVM for the fields of another one: a hidden nest mate of {@code java.lang.Class}, whose native method is private.
 */
final class UnfilteredFields {

    private static final String NAME = "java/lang/ShadowHeapFields";
    private static final String CLASS = "java/lang/Class";

    private UnfilteredFields() {}

    /** It, null if this JVM has no such method. Its answers are not filtered, and must not be changed. */
    @SuppressWarnings("unchecked") // of that type by how it is made
    static @Nullable Function<Class<?>, Field[]> make() {
        try {
            byte[] bytes = bytes();
            var made = (Function<Class<?>, Field[]>) NestMates.instance(Class.class, NAME, bytes);
            return made.apply(Object.class) == null ? null : made;
        } catch (InstantiationException | RuntimeException | LinkageError absent) {
            return null;
        }
    }

    private static byte[] bytes() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, NAME, null, "java/lang/Object", new String[] {
            "java/util/function/Function"
        });
        MethodVisitor apply =
                writer.visitMethod(Opcodes.ACC_PUBLIC, "apply", "(Ljava/lang/Object;)Ljava/lang/Object;", null, null);
        apply.visitCode();
        apply.visitVarInsn(Opcodes.ALOAD, 1);
        apply.visitTypeInsn(Opcodes.CHECKCAST, CLASS);
        apply.visitInsn(Opcodes.ICONST_0); // not the public ones alone
        // Stack: class, 0
        apply.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, CLASS, "getDeclaredFields0", "(Z)[Ljava/lang/reflect/Field;", false);
        // Stack: fields
        apply.visitInsn(Opcodes.ARETURN);
        apply.visitMaxs(2, 2);
        apply.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }
}
