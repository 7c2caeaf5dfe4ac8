package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.shadowheap.selftest.SelfTestProgram;
import org.shadowheap.targets.Links;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;

/** A JVM in which the barrier does not see what it must is not recorded; the program runs all the same. */
class SelfTestIT {

    @TempDir
    private Path folder;

    /** The class path comes before the agent's jar: so the program can be given another self-test, with a store less. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void aStoreThatIsNotSeenIsNamedAndNothingIsRecorded(Jdk jdk) throws Exception {
        Path classes = folder.resolve("classes");
        String file = SelfTestProgram.class.getName().replace('.', '/') + ".class";
        Path changed = classes.resolve(file);
        Files.createDirectories(changed.getParent());
        Files.write(changed, withoutItsFirstFieldStore(file));

        TargetProgram programs = new TargetProgram(jdk, folder);
        ChildJvm alone = programs.alone(Links.class).succeeded();
        ChildJvm watched = programs.run(
                        List.of(TargetProgram.agent("report=report.json,trace=t.shtrace")),
                        TargetProgram.path(classes.toString(), TargetProgram.classPath()),
                        Links.class)
                .succeeded();
        assertEquals(alone.out(), watched.out());
        assertEquals(1, watched.err().lines().count(), watched.err());
        String reason = "the self-test failed at event 3: expected=\"field #1 #2\" found=\"static #1\"";
        assertTrue(watched.err().strip().endsWith(reason), watched.err());
        assertFalse(Files.exists(folder.resolve("report.json")));
    }

    private static byte[] withoutItsFirstFieldStore(String file) throws IOException {
        try (InputStream in = SelfTestProgram.class.getClassLoader().getResourceAsStream(file)) {
            ClassReader reader = new ClassReader(in);
            ClassWriter writer = new ClassWriter(0);
            reader.accept(
                    new ClassVisitor(Opcodes.ASM9, writer) {
                        @Override
                        public MethodVisitor visitMethod(
                                int access, String name, String descriptor, String signature, String[] thrown) {
                            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, thrown);
                            return name.equals("run") ? new LessAStore(next) : next;
                        }
                    },
                    0);
            return writer.toByteArray();
        }
    }

    private static final class LessAStore extends MethodVisitor {
        private boolean dropped;

        LessAStore(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            if (opcode == Opcodes.PUTFIELD && !dropped) {
                dropped = true;
                super.visitInsn(Opcodes.POP2);
            } else {
                super.visitFieldInsn(opcode, owner, name, descriptor);
            }
        }
    }

    @Test
    void theFirstDifferenceIsNamed() {
        SelfTestRun.compare("a\nb\n", "a\nb\n");
        assertEquals(
                "the self-test failed at event 2: expected=\"b\" found=\"c\"",
                assertThrows(IllegalStateException.class, () -> SelfTestRun.compare("a\nb\n", "a\nc\n"))
                        .getMessage());
        assertEquals(
                "the self-test failed at event 2: expected=\"b\" found=nothing",
                assertThrows(IllegalStateException.class, () -> SelfTestRun.compare("a\nb\n", "a\n"))
                        .getMessage());
        assertEquals(
                "the self-test failed at event 2: expected=nothing found=\"b\"",
                assertThrows(IllegalStateException.class, () -> SelfTestRun.compare("a\n", "a\nb\n"))
                        .getMessage());
    }
}
