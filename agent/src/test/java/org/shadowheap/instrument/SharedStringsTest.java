package org.shadowheap.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.PUTFIELD;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.V17;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.shadowheap.event.SiteDefinition;

final class SharedStringsTest {

    private static final String OBJECT = "Ljava/lang/Object;";

    @Test
    void whatWasSeenLastIsGivenAgain() {
        String first = SharedStrings.of(fresh("a field"));
        assertSame(first, SharedStrings.of(fresh("a field")));
    }

    @Test
    void whatIsGivenSaysTheSameHoweverManyThereAre() {
        String first = SharedStrings.of(fresh("0"));
        for (int i = 0; i < 100_000; i++) {
            assertEquals(Integer.toString(i), SharedStrings.of(Integer.toString(i)));
        }
        assertNotSame(first, SharedStrings.of(fresh("0")), "it was forgotten");
    }

    /** What is kept of a class, and what is kept of its fields. */
    @Test
    void sitesAndFieldsOfTwoClassesShareWhatTheySay() {
        FittedClass one = twoStores();
        FittedClass other = twoStores();
        List<SiteDefinition> sites = one.sites();
        assertEquals(2, sites.size());
        for (int i = 0; i < 2; i++) {
            for (SiteDefinition site : List.of(sites.get(1), other.sites().get(i))) {
                assertSame(sites.get(0).className(), site.className());
                assertSame(sites.get(0).method(), site.method());
                assertSame(sites.get(0).field(), site.field());
            }
            assertSame(one.targets().get(0).owner(), other.targets().get(i).owner());
            assertSame(one.targets().get(0).name(), other.targets().get(i).name());
        }
        assertEquals("app.Target.field", sites.get(0).field());
    }

    @Test
    void fieldsShareTheirNamesWithWhatStoresToThem() {
        byte[] file = Rewriting.classWith(V17, ACC_STATIC, "m", "()V", m -> m.visitInsn(RETURN));
        ClassFacts facts = Rewriting.scan(new ClassReader(file), false).facts();
        assertSame(
                ClassRewriter.target("app/Target", fresh("field")).name(),
                facts.fields.get(0).name());
    }

    private static FittedClass twoStores() {
        return Rewriting.fit(
                Rewriting.classWith(V17, ACC_STATIC, "twice", "(Lapp/Target;" + OBJECT + ")V", m -> {
                    for (int i = 0; i < 2; i++) {
                        m.visitVarInsn(ALOAD, 0);
                        m.visitVarInsn(ALOAD, 1);
                        m.visitFieldInsn(PUTFIELD, "app/Target", "field", OBJECT);
                    }
                    m.visitInsn(RETURN);
                }),
                1,
                CodeLimits.HOTSPOT);
    }

    private static String fresh(String text) {
        return new String(text.toCharArray());
    }
}
