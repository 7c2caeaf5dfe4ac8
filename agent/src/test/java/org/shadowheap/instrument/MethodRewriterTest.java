package org.shadowheap.instrument;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Label;
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
        assertRewritten(V17, ACC_STATIC, "m", descriptor, body, expected);
    }

    private static void assertRewritten(
            int version, int access, String name, String descriptor, Consumer<MethodVisitor> body, String expected) {
        byte[] original = Rewriting.classWith(version, access, name, descriptor, body);
        byte[] rewritten = Rewriting.rewrite(original);
        assertEquals(expected, Rewriting.instructions(rewritten, name));
        assertEquals("", Rewriting.complaints(original, MethodRewriterTest.class.getClassLoader()));
        assertEquals("", Rewriting.complaints(rewritten, MethodRewriterTest.class.getClassLoader()));
    }

    private static void store(MethodVisitor m, int holder, String field) {
        m.visitVarInsn(ALOAD, holder);
        m.visitVarInsn(ALOAD, 1);
        m.visitFieldInsn(PUTFIELD, TARGET, field, OBJECT);
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
                    store(m, 0, "hot");
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
    void storesToOneObjectInARowAreToldOfByOneCallWhichReadsThem() {
        assertRewritten(
                V17,
                0,
                "<init>",
                "(" + OBJECT + ")V",
                m -> {
                    m.visitVarInsn(ALOAD, 0);
                    m.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
                    store(m, 0, "field");
                    m.visitVarInsn(ALOAD, 0);
                    m.visitInsn(LCONST_1);
                    m.visitFieldInsn(PUTFIELD, TARGET, "number", "J");
                    store(m, 0, "second");
                    m.visitVarInsn(ALOAD, 0);
                    m.visitVarInsn(ALOAD, 0);
                    m.visitFieldInsn(GETFIELD, TARGET, "field", OBJECT);
                    m.visitFieldInsn(PUTFIELD, TARGET, "third", OBJECT);
                    m.visitInsn(RETURN);
                },
                """
                ALOAD 0
                INVOKESPECIAL java/lang/Object.<init> ()V
                ALOAD 0
                ALOAD 1
                PUTFIELD app/Target.field : Ljava/lang/Object;
                ALOAD 0
                LCONST_1
                PUTFIELD app/Target.number : J
                ALOAD 0
                ALOAD 1
                PUTFIELD app/Target.second : Ljava/lang/Object;
                ALOAD 0
                ALOAD 0
                GETFIELD app/Target.field : Ljava/lang/Object;
                PUTFIELD app/Target.third : Ljava/lang/Object;
                ALOAD 0
                ALOAD 0
                GETFIELD app/Target.field : Ljava/lang/Object;
                ALOAD 0
                GETFIELD app/Target.second : Ljava/lang/Object;
                ALOAD 0
                GETFIELD app/Target.third : Ljava/lang/Object;
                SIPUSH 1
                INVOKESTATIC BARRIER.fieldStores (%s%s%s%sI)V
                RETURN
                MAXSTACK = 8
                MAXLOCALS = 5
                """.formatted(OBJECT, OBJECT, OBJECT, OBJECT));
    }

    /** The calls of the barrier and the stores, in order; constructors of this class aside. */
    private static String calls(Consumer<MethodVisitor> body) {
        byte[] original = Rewriting.classWith(V17, ACC_STATIC, "m", "(L" + TARGET + ";" + OBJECT + ")V", body);
        byte[] rewritten = Rewriting.rewrite(original);
        assertEquals("", Rewriting.complaints(rewritten, MethodRewriterTest.class.getClassLoader()));
        return Rewriting.instructions(rewritten, "m")
                .lines()
                .filter(line -> line.matches("PUTFIELD.*|INVOKE.*|GOTO.*|IF.*"))
                .map(line -> line.replaceAll("PUTFIELD app/Target.(\\w+) .*", "$1"))
                .map(line -> line.replaceAll("INVOKESTATIC BARRIER.fieldStores? \\((.*)I\\)V", "$1"))
                .map(line -> line.replace(OBJECT, "_").replaceAll(" L\\d+", ""))
                .collect(Collectors.joining(" "));
    }

    @Test
    void ofFourStoresAtMost() {
        assertEquals("field second third fourth _____ fifth __", calls(m -> {
            for (String field : List.of("field", "second", "third", "fourth", "fifth")) {
                store(m, 0, field);
            }
            m.visitInsn(RETURN);
        }));
    }

    @Test
    void ofOneStoreToEachField() {
        assertEquals("field second ___ field __", calls(m -> {
            store(m, 0, "field");
            store(m, 0, "second");
            store(m, 0, "field");
            m.visitInsn(RETURN);
        }));
    }

    @Test
    void beforeACallAndAJump() {
        assertEquals(
                "field second ___ INVOKESTATIC java/lang/Thread.yield ()V third __ IFNULL fourth __ second __",
                calls(m -> {
                    Label end = new Label();
                    store(m, 0, "field");
                    store(m, 0, "second");
                    m.visitMethodInsn(INVOKESTATIC, "java/lang/Thread", "yield", "()V", false);
                    store(m, 0, "third");
                    m.visitVarInsn(ALOAD, 1);
                    m.visitJumpInsn(IFNULL, end);
                    store(m, 0, "fourth");
                    m.visitLabel(end);
                    m.visitFrame(F_SAME, 0, null, 0, null);
                    store(m, 0, "second");
                    m.visitInsn(RETURN);
                }));
    }

    @Test
    void beforeTheLocalHoldsAnotherObject() {
        assertEquals("field __ second third ___", calls(m -> {
            m.visitVarInsn(ALOAD, 0);
            m.visitVarInsn(ASTORE, 2);
            store(m, 0, "field");
            m.visitVarInsn(ALOAD, 2);
            m.visitVarInsn(ASTORE, 0);
            store(m, 0, "second");
            store(m, 0, "third");
            m.visitInsn(RETURN);
        }));
    }

    /** An operand that was loaded before is the old object: who it is nobody knows any more. */
    @Test
    void notOfAnObjectThatTheLocalHeldBefore() {
        assertEquals("field __ second __", calls(m -> {
            m.visitVarInsn(ALOAD, 0);
            m.visitVarInsn(ASTORE, 2);
            m.visitVarInsn(ALOAD, 0);
            m.visitVarInsn(ALOAD, 2);
            m.visitVarInsn(ASTORE, 0);
            m.visitVarInsn(ALOAD, 1);
            m.visitFieldInsn(PUTFIELD, TARGET, "field", OBJECT);
            store(m, 0, "second");
            m.visitInsn(RETURN);
        }));
    }

    /** What another local holds may be null, and this the end of the method. */
    @Test
    void beforeAnythingThatMayThrow() {
        assertEquals("field __ second __ third __ fourth __ fifth __", calls(m -> {
            m.visitVarInsn(ALOAD, 0);
            m.visitVarInsn(ASTORE, 2);
            store(m, 0, "field");
            store(m, 2, "second");
            m.visitVarInsn(ALOAD, 2);
            m.visitLdcInsn("made when it is needed first");
            m.visitFieldInsn(PUTFIELD, TARGET, "third", OBJECT);
            m.visitInsn(ICONST_1);
            m.visitInsn(ICONST_0);
            m.visitInsn(IDIV);
            m.visitInsn(POP);
            store(m, 2, "fourth");
            m.visitVarInsn(ALOAD, 2);
            m.visitVarInsn(ALOAD, 0);
            m.visitFieldInsn(GETFIELD, TARGET, "field", OBJECT);
            m.visitFieldInsn(PUTFIELD, TARGET, "fifth", OBJECT);
            m.visitInsn(RETURN);
        }));
    }

    /** Line numbers have labels, too; no jump leads to them. */
    @Test
    void acrossLinesEachWithItsOwnSite() {
        byte[] original = Rewriting.classWith(V17, ACC_STATIC, "m", "(L" + TARGET + ";" + OBJECT + ")V", m -> {
            for (int line = 7; line < 9; line++) {
                Label label = new Label();
                m.visitLabel(label);
                m.visitLineNumber(line, label);
                store(m, 0, line == 7 ? "field" : "second");
            }
            m.visitInsn(RETURN);
        });
        FittedClass rewritten = Rewriting.fit(original, Rewriting.FIRST_SITE, CodeLimits.HOTSPOT);
        assertEquals(
                List.of("1 7 app.Target.field", "2 8 app.Target.second"),
                rewritten.sites().stream()
                        .map(site -> site.id() + " " + site.line() + ' ' + site.field())
                        .toList());
        String text = Rewriting.instructions(rewritten.bytes(), "m");
        assertEquals(1, text.split("BARRIER.fieldStores ", -1).length - 1, text);
    }

    /** Reading a referent as a field would keep it from the collector, or the collector from it. */
    @Test
    void neverInReference() {
        byte[] original = Rewriting.classWith("java/lang/ref/Reference", V17, ACC_STATIC, "m", "()V", m -> {
            for (String field : List.of("field", "second")) {
                m.visitInsn(ACONST_NULL);
                m.visitTypeInsn(CHECKCAST, "java/lang/ref/Reference");
                m.visitVarInsn(ASTORE, 0);
                m.visitVarInsn(ALOAD, 0);
                m.visitInsn(ACONST_NULL);
                m.visitFieldInsn(PUTFIELD, "java/lang/ref/Reference", field, OBJECT);
            }
            m.visitInsn(RETURN);
        });
        String text = Rewriting.instructions(Rewriting.rewrite(original), "m");
        assertEquals(0, text.split("GETFIELD", -1).length - 1, text);
    }

    /** Without frames nobody knows where jumps lead. */
    @Test
    void beforeJava7EachStoreIsToldOfByItself() {
        byte[] original = Rewriting.classWith(V1_6, ACC_STATIC, "m", "(L" + TARGET + ";" + OBJECT + ")V", m -> {
            store(m, 0, "field");
            store(m, 0, "second");
            m.visitInsn(RETURN);
        });
        String text = Rewriting.instructions(Rewriting.rewrite(original), "m");
        assertEquals(2, text.split("BARRIER.fieldStore ", -1).length - 1, text);
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
        assertRewritten(
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

    @Test
    void clonesAndCopiesAreBornFilledWhereTheyAreCalled() {
        assertStatic(
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

    /** An inner class stores its outer instance so. Nobody may see this before super() returns, so the store waits. */
    @Test
    void aStoreBeforeTheSuperConstructorIsToldOfWhenThatReturns() {
        assertRewritten(
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
        assertRewritten(
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

    @Test
    void aCallThatWaitsComesAfterTheThreadHasHadTimeToListWhatItHolds() {
        assertStatic(
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
        assertStatic(
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
}
