package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A class that cannot be linked makes a whole batch fail, one that only names a missing class does not. */
class RetransformationTest {

    private static final String NAME = "app/Linked";
    private static final String MISSING = "Lapp/Missing;";

    @ParameterizedTest
    @ValueSource(strings = {"<init>", "method", "field"})
    void aClassIsLinkedEvenIfItNamesOneThatIsMissing(String member) throws Exception {
        Class<?> type = load(member, "Ljava/lang/Object;");
        assertThrows(NoClassDefFoundError.class, () -> all(type), "not all can be asked for");
        assertTrue(Retransformation.isLinked(type), member);
    }

    @Test
    void aClassThatTheVerifierRefusesIsNot() throws Exception {
        assertFalse(Retransformation.isLinked(load("method", "I")));
    }

    private static int all(Class<?> type) {
        return type.getDeclaredFields().length
                + type.getDeclaredMethods().length
                + type.getDeclaredConstructors().length;
    }

    /**
     * A class that names a missing one.
     *
     * @param member whose descriptor does
     * @param field type of a field that is given an object: the verifier refuses a number
     */
    private static Class<?> load(String member, String field) throws Exception {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, NAME, null, "java/lang/Object", null);
        writer.visitField(0, "field", member.equals("field") ? MISSING : "Ljava/lang/Object;", null, null);
        writer.visitField(Opcodes.ACC_STATIC, "stored", field, null, null);
        method(writer, "method", member.equals("field") ? "()V" : '(' + MISSING + ")V", field);
        method(writer, "<init>", member.equals("<init>") ? '(' + MISSING + ")V" : "()V", field);
        writer.visitEnd();
        byte[] bytes = writer.toByteArray();
        return new ClassLoader(RetransformationTest.class.getClassLoader()) {
            Class<?> define() {
                return defineClass(NAME.replace('/', '.'), bytes, 0, bytes.length);
            }
        }.define();
    }

    private static void method(ClassWriter writer, String name, String descriptor, String field) {
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC, name, descriptor, null, null);
        method.visitCode();
        if (name.equals("<init>")) {
            method.visitVarInsn(Opcodes.ALOAD, 0);
            method.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        }
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitFieldInsn(Opcodes.PUTSTATIC, NAME, "stored", field);
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }
}
