package org.shadowheap.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Which stores are told of by one call, and when; see {@link MethodRewriterTest}. */
class StoreGathererTest implements Opcodes {

    private static final String TARGET = "app/Target";
    private static final String OBJECT = "Ljava/lang/Object;";

    private static void store(MethodVisitor m, int holder, String field) {
        m.visitVarInsn(ALOAD, holder);
        m.visitVarInsn(ALOAD, 1);
        m.visitFieldInsn(PUTFIELD, TARGET, field, OBJECT);
    }

    @Test
    void storesToOneObjectInARowAreToldOfByOneCallWhichReadsThem() {
        Rewriting.assertRewritten(
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
        assertEquals("", Rewriting.complaints(rewritten, StoreGathererTest.class.getClassLoader()));
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
}
