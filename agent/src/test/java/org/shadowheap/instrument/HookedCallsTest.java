package org.shadowheap.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Each kind of call that stores, makes an object, waits or starts a thread, instruction by instruction; see {@link MethodRewriterTest}. */
class HookedCallsTest implements Opcodes {

    private static final String OBJECT = "Ljava/lang/Object;";
    private static final String INTERNAL = "jdk/internal/misc/Unsafe";
    private static final String PUT = '(' + OBJECT + 'J' + OBJECT + ")V";
    private static final String GET_AND_SET = '(' + OBJECT + 'J' + OBJECT + ')' + OBJECT;
    private static final String SET_IF = '(' + OBJECT + 'J' + OBJECT + OBJECT + ")Z";
    private static final String EXCHANGE = '(' + OBJECT + 'J' + OBJECT + OBJECT + ')' + OBJECT;

    private static void assertRewritten(String descriptor, Consumer<MethodVisitor> body, String expected) {
        Rewriting.assertRewritten(V17, ACC_STATIC, "m", descriptor, body, expected);
    }

    @Test
    void aBulkCopyIsAnnouncedAndThenFollowedByItsDestination() {
        assertRewritten(
                "(" + OBJECT + OBJECT + ")V",
                m -> {
                    m.visitVarInsn(ALOAD, 0);
                    m.visitInsn(ICONST_1);
                    m.visitVarInsn(ALOAD, 1);
                    m.visitInsn(ICONST_2);
                    m.visitInsn(ICONST_3);
                    m.visitMethodInsn(
                            INVOKESTATIC, "java/lang/System", "arraycopy", "(" + OBJECT + "I" + OBJECT + "II)V", false);
                    m.visitInsn(RETURN);
                },
                """
                ALOAD 0
                ICONST_1
                ALOAD 1
                ICONST_2
                ICONST_3
                ISTORE 4
                ISTORE 3
                ASTORE 2
                ISTORE 6
                ASTORE 5
                ALOAD 5
                ILOAD 6
                ALOAD 2
                ILOAD 3
                ILOAD 4
                SIPUSH 1
                INVOKESTATIC BARRIER.arrayCopyBegins (Ljava/lang/Object;ILjava/lang/Object;III)V
                ALOAD 5
                ILOAD 6
                ALOAD 2
                ILOAD 3
                ILOAD 4
                INVOKESTATIC java/lang/System.arraycopy (Ljava/lang/Object;ILjava/lang/Object;II)V
                ALOAD 2
                ILOAD 3
                ILOAD 4
                SIPUSH 1
                INVOKESTATIC BARRIER.arrayCopy (Ljava/lang/Object;III)V
                ACONST_NULL
                ASTORE 2
                ACONST_NULL
                ASTORE 5
                RETURN
                MAXSTACK = 9
                MAXLOCALS = 7
                """);
    }

    @Test
    void aReflectiveStoreToAnArrayIsFollowedByItsArguments() {
        assertRewritten(
                "(" + OBJECT + OBJECT + ")V",
                m -> {
                    m.visitVarInsn(ALOAD, 0);
                    m.visitInsn(ICONST_1);
                    m.visitVarInsn(ALOAD, 1);
                    m.visitMethodInsn(
                            INVOKESTATIC, "java/lang/reflect/Array", "set", "(" + OBJECT + "I" + OBJECT + ")V", false);
                    m.visitInsn(RETURN);
                },
                """
                ALOAD 0
                ICONST_1
                ALOAD 1
                ASTORE 2
                DUP2
                ALOAD 2
                INVOKESTATIC java/lang/reflect/Array.set (Ljava/lang/Object;ILjava/lang/Object;)V
                ALOAD 2
                SIPUSH 1
                INVOKESTATIC BARRIER.reflectiveArrayStore (Ljava/lang/Object;ILjava/lang/Object;I)V
                ACONST_NULL
                ASTORE 2
                RETURN
                MAXSTACK = 7
                MAXLOCALS = 5
                """);
    }

    /** The JDK's own: its native method is private, so the verifier is not asked. */
    @ParameterizedTest
    @ValueSource(strings = {"java/lang/ref/Reference", "java/lang/ref/PhantomReference"})
    void aReferenceThatIsClearedIsFollowedByItselfAndNull(String owner) {
        byte[] rewritten = Rewriting.rewrite(Rewriting.classWith(V17, ACC_STATIC, "m", '(' + OBJECT + ")V", m -> {
            m.visitVarInsn(ALOAD, 0);
            m.visitMethodInsn(INVOKEVIRTUAL, owner, "clear0", "()V", false);
            m.visitInsn(RETURN);
        }));
        assertEquals("""
                ALOAD 0
                DUP
                INVOKEVIRTUAL %s.clear0 ()V
                ACONST_NULL
                SIPUSH 1
                INVOKESTATIC BARRIER.fieldStore (Ljava/lang/Object;Ljava/lang/Object;I)V
                RETURN
                MAXSTACK = 5
                MAXLOCALS = 4
                """.formatted(owner), Rewriting.instructions(rewritten, "m"));
        assertFalse(Intrinsics.clearsReferent("app/Buffer", "clear0", "()V"));
    }

    @Test
    void clonesAndCopiesAreBornFilledWhereTheyAreCalled() {
        assertRewritten(
                "([" + OBJECT + ")V",
                m -> {
                    m.visitVarInsn(ALOAD, 0);
                    m.visitMethodInsn(INVOKEVIRTUAL, "[" + OBJECT, "clone", "()" + OBJECT, false);
                    m.visitInsn(POP);
                    m.visitVarInsn(ALOAD, 0);
                    m.visitInsn(ICONST_2);
                    m.visitMethodInsn(
                            INVOKESTATIC, "java/util/Arrays", "copyOf", "([" + OBJECT + "I)[" + OBJECT, false);
                    m.visitInsn(POP);
                    m.visitInsn(RETURN);
                },
                """
                ALOAD 0
                INVOKEVIRTUAL [Ljava/lang/Object;.clone ()Ljava/lang/Object;
                DUP
                INVOKESTATIC BARRIER.filledBirth (Ljava/lang/Object;)V
                POP
                ALOAD 0
                ICONST_2
                INVOKESTATIC java/util/Arrays.copyOf ([Ljava/lang/Object;I)[Ljava/lang/Object;
                DUP
                INVOKESTATIC BARRIER.filledBirth (Ljava/lang/Object;)V
                POP
                RETURN
                MAXSTACK = 6
                MAXLOCALS = 4
                """);
    }

    @Test
    void aCallThatWaitsComesAfterTheThreadHasHadTimeToListWhatItHolds() {
        assertRewritten(
                "(" + OBJECT + ")V",
                m -> {
                    m.visitVarInsn(ALOAD, 0);
                    m.visitInsn(LCONST_0);
                    m.visitMethodInsn(INVOKEVIRTUAL, "java/lang/Object", "wait", "(J)V", false);
                    m.visitInsn(RETURN);
                },
                """
                ALOAD 0
                LCONST_0
                INVOKESTATIC BARRIER.waits ()V
                INVOKEVIRTUAL java/lang/Object.wait (J)V
                RETURN
                MAXSTACK = 7
                MAXLOCALS = 4
                """);
    }

    @Test
    void aCallThatStartsAThreadComesAfterTheThreadWasListed() {
        assertRewritten(
                "(Ljava/lang/Thread;)V",
                m -> {
                    m.visitVarInsn(ALOAD, 0);
                    m.visitMethodInsn(INVOKEVIRTUAL, "java/lang/Thread", "start0", "()V", false);
                    m.visitInsn(RETURN);
                },
                """
                ALOAD 0
                DUP
                INVOKESTATIC BARRIER.starts (Ljava/lang/Object;)V
                INVOKEVIRTUAL java/lang/Thread.start0 ()V
                RETURN
                MAXSTACK = 5
                MAXLOCALS = 4
                """);
    }

    private static void assertUnsafe(String owner, String name, String descriptor, String expected) {
        boolean compares = descriptor.startsWith('(' + OBJECT + 'J' + OBJECT + OBJECT);
        int result = Type.getReturnType(descriptor).getOpcode(IRETURN);
        assertRewritten(
                '('
                        + ('L' + owner + ';')
                        + OBJECT
                        + OBJECT
                        + OBJECT
                        + ')'
                        + Type.getReturnType(descriptor).getDescriptor(),
                m -> {
                    m.visitVarInsn(ALOAD, 0);
                    m.visitVarInsn(ALOAD, 1);
                    m.visitInsn(LCONST_1);
                    if (compares) {
                        m.visitVarInsn(ALOAD, 2);
                    }
                    m.visitVarInsn(ALOAD, 3);
                    m.visitMethodInsn(INVOKEVIRTUAL, owner, name, descriptor, false);
                    m.visitInsn(result);
                },
                expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {INTERNAL, "sun/misc/Unsafe"})
    void aStoreThroughUnsafeIsFollowedByHolderOffsetAndValue(String owner) {
        assertUnsafe(owner, "putReferenceRelease", PUT, """
                ALOAD 0
                ALOAD 1
                LCONST_1
                ALOAD 3
                ASTORE 7
                LSTORE 5
                ASTORE 4
                ALOAD 4
                LLOAD 5
                ALOAD 7
                INVOKEVIRTUAL %s.putReferenceRelease (Ljava/lang/Object;JLjava/lang/Object;)V
                ALOAD 4
                LLOAD 5
                ALOAD 7
                SIPUSH 1
                INVOKESTATIC BARRIER.unsafeStore (Ljava/lang/Object;JLjava/lang/Object;I)V
                ACONST_NULL
                ASTORE 4
                ACONST_NULL
                ASTORE 7
                RETURN
                MAXSTACK = 9
                MAXLOCALS = 9
                """.formatted(owner));
    }

    @Test
    void whatGetAndSetReturnsStaysOnTheStack() {
        assertUnsafe(INTERNAL, "getAndSetReference", GET_AND_SET, """
                ALOAD 0
                ALOAD 1
                LCONST_1
                ALOAD 3
                ASTORE 7
                LSTORE 5
                ASTORE 4
                ALOAD 4
                LLOAD 5
                ALOAD 7
                INVOKEVIRTUAL jdk/internal/misc/Unsafe.getAndSetReference (Ljava/lang/Object;JLjava/lang/Object;)Ljava/lang/Object;
                ALOAD 4
                LLOAD 5
                ALOAD 7
                SIPUSH 1
                INVOKESTATIC BARRIER.unsafeStore (Ljava/lang/Object;JLjava/lang/Object;I)V
                ACONST_NULL
                ASTORE 4
                ACONST_NULL
                ASTORE 7
                ARETURN
                MAXSTACK = 9
                MAXLOCALS = 9
                """);
    }

    @Test
    void aCompareAndSetTellsTheBarrierWhetherItWasDone() {
        assertUnsafe(INTERNAL, "weakCompareAndSetReferencePlain", SET_IF, """
                ALOAD 0
                ALOAD 1
                LCONST_1
                ALOAD 2
                ALOAD 3
                ASTORE 7
                ASTORE 8
                LSTORE 5
                ASTORE 4
                ALOAD 4
                LLOAD 5
                ALOAD 8
                ALOAD 7
                INVOKEVIRTUAL jdk/internal/misc/Unsafe.weakCompareAndSetReferencePlain (Ljava/lang/Object;JLjava/lang/Object;Ljava/lang/Object;)Z
                DUP
                ALOAD 4
                LLOAD 5
                ALOAD 7
                SIPUSH 1
                INVOKESTATIC BARRIER.unsafeCompareAndSet (ZLjava/lang/Object;JLjava/lang/Object;I)V
                ACONST_NULL
                ASTORE 4
                ACONST_NULL
                ASTORE 7
                ACONST_NULL
                ASTORE 8
                IRETURN
                MAXSTACK = 10
                MAXLOCALS = 9
                """);
    }

    @Test
    void aCompareAndExchangeTellsTheBarrierWhatItFoundAndExpected() {
        assertUnsafe(INTERNAL, "compareAndExchangeReferenceAcquire", EXCHANGE, """
                ALOAD 0
                ALOAD 1
                LCONST_1
                ALOAD 2
                ALOAD 3
                ASTORE 7
                ASTORE 8
                LSTORE 5
                ASTORE 4
                ALOAD 4
                LLOAD 5
                ALOAD 8
                ALOAD 7
                INVOKEVIRTUAL jdk/internal/misc/Unsafe.compareAndExchangeReferenceAcquire (Ljava/lang/Object;JLjava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;
                DUP
                ALOAD 8
                ALOAD 4
                LLOAD 5
                ALOAD 7
                SIPUSH 1
                INVOKESTATIC BARRIER.unsafeCompareAndExchange (Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;JLjava/lang/Object;I)V
                ACONST_NULL
                ASTORE 4
                ACONST_NULL
                ASTORE 7
                ACONST_NULL
                ASTORE 8
                ARETURN
                MAXSTACK = 10
                MAXLOCALS = 9
                """);
    }

    /** Every method of this JDK's Unsafes that can write a reference is in the list, by its shape; and nothing else is. */
    @ParameterizedTest
    @ValueSource(strings = {"jdk.internal.misc.Unsafe", "sun.misc.Unsafe"})
    void theListHasEveryMethodOfUnsafeThatWritesAReference(String name) throws Exception {
        Set<String> writing = new TreeSet<>();
        Set<String> listed = new TreeSet<>();
        for (Method method : Class.forName(name).getDeclaredMethods()) {
            String called = method.getName();
            boolean writes =
                    called.matches("(put|getAndSet|(weak)?[cC]ompareAnd).*(Reference|Object).*|putOrderedObject");
            if (!Modifier.isStatic(method.getModifiers()) && writes) {
                writing.add(called);
            }
            if (Intrinsics.unsafeWrite(name.replace('.', '/'), called, Type.getMethodDescriptor(method)) != null) {
                listed.add(called);
            }
        }
        assertEquals(writing, listed);
        assertTrue(writing.size() >= 5, () -> "methods=" + writing);
    }

    @Test
    void whatReadsOrWritesNumbersIsInNoList() {
        assertNull(Intrinsics.unsafeWrite(INTERNAL, "putInt", '(' + OBJECT + "JI)V"));
        assertNull(Intrinsics.unsafeWrite(INTERNAL, "getReference", '(' + OBJECT + "J)" + OBJECT));
        assertNull(Intrinsics.unsafeWrite(INTERNAL, "copyMemory", '(' + OBJECT + 'J' + OBJECT + "JJ)V"));
        assertNull(Intrinsics.unsafeWrite("app/Unsafe", "putReference", PUT));
    }
}
