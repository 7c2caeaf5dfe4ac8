package org.shadowheap.instrument;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Each kind of write, instruction by instruction. BARRIER stands for the name of the barrier's class; sites count from 1.
 * The last lines are the method's room for operands and locals.
 */
class MethodRewriterTest implements Opcodes {

    private static final String TARGET = "app/Target";
    private static final String OTHER = "org/shadowheap/instrument/RewriterTarget";
    private static final String OBJECT = "Ljava/lang/Object;";

    private static void assertStatic(String descriptor, Consumer<MethodVisitor> body, String expected) {
        Rewriting.assertRewritten(V17, ACC_STATIC, "m", descriptor, body, expected);
    }

    @Test
    void aStoreToAFieldOfAnotherClassIsFollowedByItsHolderItsValueAndItsSite() {
        assertStatic(
                "(L" + OTHER + ";" + OBJECT + ")V",
                m -> {
                    m.visitVarInsn(ALOAD, 0);
                    m.visitVarInsn(ALOAD, 1);
                    m.visitFieldInsn(PUTFIELD, OTHER, "payload", OBJECT);
                    m.visitInsn(RETURN);
                },
                """
                ALOAD 0
                ALOAD 1
                DUP2
                PUTFIELD org/shadowheap/instrument/RewriterTarget.payload : Ljava/lang/Object;
                SIPUSH 1
                INVOKESTATIC BARRIER.fieldStore (Ljava/lang/Object;Ljava/lang/Object;I)V
                RETURN
                MAXSTACK = 6
                MAXLOCALS = 5
                """);
    }

    /** Volatile, or not in a local. */
    @Test
    void soIsAStoreThatCannotBeToldOfLater() {
        assertStatic(
                "(L" + TARGET + ";" + OBJECT + "[L" + TARGET + ";)V",
                m -> {
                    m.visitVarInsn(ALOAD, 0);
                    m.visitVarInsn(ALOAD, 1);
                    m.visitFieldInsn(PUTFIELD, TARGET, "hot", OBJECT);
                    m.visitVarInsn(ALOAD, 2);
                    m.visitInsn(ICONST_0);
                    m.visitInsn(AALOAD);
                    m.visitInsn(ACONST_NULL);
                    m.visitFieldInsn(PUTFIELD, TARGET, "field", OBJECT);
                    m.visitInsn(RETURN);
                },
                """
                ALOAD 0
                ALOAD 1
                DUP2
                PUTFIELD app/Target.hot : Ljava/lang/Object;
                SIPUSH 1
                INVOKESTATIC BARRIER.fieldStore (Ljava/lang/Object;Ljava/lang/Object;I)V
                ALOAD 2
                ICONST_0
                AALOAD
                ACONST_NULL
                DUP2
                PUTFIELD app/Target.field : Ljava/lang/Object;
                SIPUSH 2
                INVOKESTATIC BARRIER.fieldStore (Ljava/lang/Object;Ljava/lang/Object;I)V
                RETURN
                MAXSTACK = 6
                MAXLOCALS = 6
                """);
    }

    @Test
    void aStoreToAStaticFieldIsFollowedByItsValueTheClassAndItsSite() {
        assertStatic(
                "(" + OBJECT + ")V",
                m -> {
                    m.visitVarInsn(ALOAD, 0);
                    m.visitFieldInsn(PUTSTATIC, TARGET, "shared", OBJECT);
                    m.visitInsn(RETURN);
                },
                """
                ALOAD 0
                DUP
                PUTSTATIC app/Target.shared : Ljava/lang/Object;
                LDC Lapp/Target;.class
                SIPUSH 1
                INVOKESTATIC BARRIER.staticStore (Ljava/lang/Object;Ljava/lang/Class;I)V
                RETURN
                MAXSTACK = 5
                MAXLOCALS = 4
                """);
    }

    /** There no instruction loads a class: these few old classes' static stores are not seen. */
    @Test
    void beforeJava5AStoreToAStaticFieldStaysAsItIs() {
        Rewriting.assertRewritten(
                V1_4,
                ACC_STATIC,
                "m",
                "(" + OBJECT + ")V",
                m -> {
                    m.visitVarInsn(ALOAD, 0);
                    m.visitFieldInsn(PUTSTATIC, TARGET, "shared", OBJECT);
                    m.visitInsn(RETURN);
                },
                """
                ALOAD 0
                PUTSTATIC app/Target.shared : Ljava/lang/Object;
                RETURN
                MAXSTACK = 5
                MAXLOCALS = 4
                """);
    }

    @Test
    void aStoreToAnArrayPutsItsValueByInALocalOfItsOwn() {
        assertStatic(
                "([" + OBJECT + "I" + OBJECT + ")V",
                m -> {
                    m.visitVarInsn(ALOAD, 0);
                    m.visitVarInsn(ILOAD, 1);
                    m.visitVarInsn(ALOAD, 2);
                    m.visitInsn(AASTORE);
                    m.visitInsn(RETURN);
                },
                """
                ALOAD 0
                ILOAD 1
                ALOAD 2
                ASTORE 3
                DUP2
                ALOAD 3
                AASTORE
                ALOAD 3
                SIPUSH 1
                INVOKESTATIC BARRIER.arrayStore (Ljava/lang/Object;ILjava/lang/Object;I)V
                ACONST_NULL
                ASTORE 3
                RETURN
                MAXSTACK = 7
                MAXLOCALS = 6
                """);
    }

    /** A long takes two locals; the barrier's own begin behind everything the method uses. */
    @Test
    void longsAndDoublesInLocalsStayWhatTheyAre() {
        assertStatic(
                "(J[" + OBJECT + "D)D",
                m -> {
                    m.visitVarInsn(LLOAD, 0);
                    m.visitVarInsn(LSTORE, 5);
                    m.visitVarInsn(ALOAD, 2);
                    m.visitInsn(ICONST_0);
                    m.visitInsn(ACONST_NULL);
                    m.visitInsn(AASTORE);
                    m.visitVarInsn(LLOAD, 5);
                    m.visitInsn(L2D);
                    m.visitVarInsn(DLOAD, 3);
                    m.visitInsn(DADD);
                    m.visitInsn(DRETURN);
                },
                """
                LLOAD 0
                LSTORE 5
                ALOAD 2
                ICONST_0
                ACONST_NULL
                ASTORE 7
                DUP2
                ALOAD 7
                AASTORE
                ALOAD 7
                SIPUSH 1
                INVOKESTATIC BARRIER.arrayStore (Ljava/lang/Object;ILjava/lang/Object;I)V
                ACONST_NULL
                ASTORE 7
                LLOAD 5
                L2D
                DLOAD 3
                DADD
                DRETURN
                MAXSTACK = 8
                MAXLOCALS = 10
                """);
    }

    @Test
    void newArraysAreBornEmptyAndNestedOnesFilled() {
        assertStatic(
                "()V",
                m -> {
                    m.visitInsn(ICONST_1);
                    m.visitIntInsn(NEWARRAY, T_INT);
                    m.visitInsn(POP);
                    m.visitInsn(ICONST_1);
                    m.visitTypeInsn(ANEWARRAY, "java/lang/String");
                    m.visitInsn(POP);
                    m.visitInsn(ICONST_1);
                    m.visitInsn(ICONST_2);
                    m.visitMultiANewArrayInsn("[[I", 2);
                    m.visitInsn(POP);
                    m.visitInsn(RETURN);
                },
                """
                ICONST_1
                NEWARRAY T_INT
                DUP
                INVOKESTATIC BARRIER.arrayBirth (Ljava/lang/Object;)V
                POP
                ICONST_1
                ANEWARRAY java/lang/String
                DUP
                INVOKESTATIC BARRIER.arrayBirth (Ljava/lang/Object;)V
                POP
                ICONST_1
                ICONST_2
                MULTIANEWARRAY [[I 2
                DUP
                INVOKESTATIC BARRIER.filledBirth (Ljava/lang/Object;)V
                POP
                RETURN
                MAXSTACK = 6
                MAXLOCALS = 3
                """);
    }

    /** An inner class stores its outer instance so. Nobody may see this before super() returns, so the store waits. */
    @Test
    void aStoreBeforeTheSuperConstructorIsToldOfWhenThatReturns() {
        Rewriting.assertRewritten(
                V17,
                0,
                "<init>",
                "(" + OBJECT + ")V",
                m -> {
                    m.visitVarInsn(ALOAD, 0);
                    m.visitVarInsn(ALOAD, 1);
                    m.visitFieldInsn(PUTFIELD, TARGET, "field", OBJECT);
                    m.visitVarInsn(ALOAD, 0);
                    m.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
                    m.visitInsn(RETURN);
                },
                """
                ALOAD 0
                ALOAD 1
                PUTFIELD app/Target.field : Ljava/lang/Object;
                ALOAD 0
                INVOKESPECIAL java/lang/Object.<init> ()V
                ALOAD 0
                ALOAD 0
                GETFIELD app/Target.field : Ljava/lang/Object;
                SIPUSH 1
                INVOKESTATIC BARRIER.fieldStore (Ljava/lang/Object;Ljava/lang/Object;I)V
                RETURN
                MAXSTACK = 6
                MAXLOCALS = 5
                """);
    }

    /** The constructor of an argument is not the one that initializes this; nor is one that is called afterwards. */
    @Test
    void anObjectMadeForTheSuperConstructorDoesNotInitializeThis() {
        Rewriting.assertRewritten(
                V17,
                0,
                "<init>",
                "()V",
                m -> {
                    m.visitVarInsn(ALOAD, 0);
                    m.visitTypeInsn(NEW, "java/lang/Object");
                    m.visitInsn(DUP);
                    m.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
                    m.visitFieldInsn(PUTFIELD, TARGET, "field", OBJECT);
                    m.visitVarInsn(ALOAD, 0);
                    m.visitMethodInsn(INVOKESPECIAL, TARGET, "<init>", "()V", false);
                    m.visitVarInsn(ALOAD, 0);
                    m.visitInsn(ACONST_NULL);
                    m.visitFieldInsn(PUTFIELD, TARGET, "field", OBJECT);
                    m.visitInsn(RETURN);
                },
                """
                ALOAD 0
                NEW java/lang/Object
                DUP
                INVOKESPECIAL java/lang/Object.<init> ()V
                PUTFIELD app/Target.field : Ljava/lang/Object;
                ALOAD 0
                INVOKESPECIAL app/Target.<init> ()V
                ALOAD 0
                ALOAD 0
                GETFIELD app/Target.field : Ljava/lang/Object;
                SIPUSH 1
                INVOKESTATIC BARRIER.fieldStore (Ljava/lang/Object;Ljava/lang/Object;I)V
                ALOAD 0
                ACONST_NULL
                PUTFIELD app/Target.field : Ljava/lang/Object;
                ALOAD 0
                ALOAD 0
                GETFIELD app/Target.field : Ljava/lang/Object;
                SIPUSH 2
                INVOKESTATIC BARRIER.fieldStore (Ljava/lang/Object;Ljava/lang/Object;I)V
                RETURN
                MAXSTACK = 7
                MAXLOCALS = 4
                """);
    }

    @Test
    void everyObjectIsBornWhereTheConstructorOfObjectReturns() {
        byte[] object =
                Rewriting.classWith("java/lang/Object", V17, ACC_PUBLIC, "<init>", "()V", m -> m.visitInsn(RETURN));
        assertEquals("""
                ALOAD 0
                INVOKESTATIC BARRIER.birth (Ljava/lang/Object;)V
                RETURN
                MAXSTACK = 4
                MAXLOCALS = 4
                """, Rewriting.instructions(Rewriting.rewrite(object), "<init>"));
    }

    @Test
    void aMethodThatStoresNumbersAloneStaysAsItIs() {
        byte[] original = Rewriting.classWith(V17, ACC_STATIC, "m", "(L" + TARGET + ";J)V", m -> {
            m.visitVarInsn(ALOAD, 0);
            m.visitVarInsn(LLOAD, 1);
            m.visitFieldInsn(PUTFIELD, TARGET, "number", "J");
            m.visitInsn(RETURN);
        });
        assertArrayEquals(original, Rewriting.rewrite(original));
    }

    @Test
    void anInitializerThatNeverRunsAgainStaysAsItIs() {
        ClassReader reader = new ClassReader(Rewriting.classWith(V17, ACC_STATIC, "<clinit>", "()V", m -> {
            m.visitInsn(ACONST_NULL);
            m.visitFieldInsn(PUTSTATIC, TARGET, "shared", "Ljava/lang/Object;");
            m.visitInsn(RETURN);
        }));
        assertTrue(Rewriting.scan(reader, false).needsRewriting(), "of a class that is to be initialized");
        assertFalse(Rewriting.scan(reader, true).needsRewriting(), "of one that has been");
    }

    @Test
    void aSiteNumberThatIsNoShortIsAConstant() {
        byte[] original = Rewriting.classWith(V17, ACC_STATIC, "m", "(L" + TARGET + ";)V", m -> {
            for (int i = 0; i < 2; i++) {
                m.visitVarInsn(ALOAD, 0);
                m.visitInsn(ACONST_NULL);
                m.visitFieldInsn(PUTFIELD, TARGET, "field", OBJECT);
            }
            m.visitInsn(RETURN);
        });
        String text = Rewriting.instructions(Rewriting.rewrite(original, Short.MAX_VALUE), "m");
        assertEquals(2, text.split("SIPUSH 32767|LDC 32768", -1).length - 1, text);
    }

    @Test
    void theClassConstantOfAStaticStoreIsItsOwnerAsTheInstructionNamesIt() {
        byte[] original = Rewriting.classWith(V17, ACC_STATIC, "m", "()V", m -> {
            m.visitInsn(ACONST_NULL);
            m.visitFieldInsn(PUTSTATIC, "app/Other$Inner", "f", OBJECT);
            m.visitInsn(RETURN);
        });
        String text = Rewriting.instructions(Rewriting.rewrite(original), "m");
        assertEquals(
                1,
                text.lines()
                        .filter(("LDC " + Type.getObjectType("app/Other$Inner") + ".class")::equals)
                        .count(),
                text);
    }
}
