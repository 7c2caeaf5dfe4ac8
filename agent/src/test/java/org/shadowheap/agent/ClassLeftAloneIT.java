package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.shadowheap.targets.CallsGenerated;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/** A method that cannot be rewritten: with our calls it would pass 64 KB. The rest of its class is. */
class ClassLeftAloneIT {

    private static final String NAME = "generated.Large";

    /** Six bytes each, so that they fit and what is added does not. */
    private static final int STORES = 10_000;

    @TempDir
    private Path folder;

    static List<Jdk> jdks() {
        return Jdk.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void itWorksAsItIsAndIsCountedAndNamedOnce(Jdk jdk) throws Exception {
        Path generated = Files.createDirectories(folder.resolve("classes"));
        Files.createDirectories(generated.resolve("generated"));
        Files.write(generated.resolve("generated/Large.class"), large());
        TargetProgram programs = new TargetProgram(jdk, folder);
        ChildJvm alone =
                programs.alone(CallsGenerated.class, NAME, generated.toString()).succeeded();
        ChildJvm watched = programs.watched(
                        "report=report.txt;report.json", CallsGenerated.class, NAME, generated.toString())
                .succeeded();

        assertTrue(alone.out().startsWith("[filled, filled, "), alone.out());
        assertEquals(alone.out(), watched.out());
        assertEquals("", watched.err());

        Map<String, Object> report = Json.read(folder.resolve("report.json"));
        List<Map<String, Object>> named = Json.objects(report, "uninstrumented");
        assertEquals(
                List.of(NAME), named.stream().map(each -> each.get("className")).toList());
        // How many exactly depends on the numbers of its sites: those below 2^15 take a byte less.
        String reason = (String) named.get(0).get("reason");
        assertTrue(
                reason.matches("\\Qmethod fill([Ljava/lang/Object;Ljava/lang/Object;)V: its code of " + (6 * STORES + 1)
                        + " bytes would have \\E1(7|8)\\d{4}, more than 65535"),
                reason);
        // Of the initializer, which runs once in each loader.
        assertEquals(
                List.of(2L),
                Json.objects(report, "fields").stream()
                        .filter(each -> each.get("field").equals(NAME + ".initialized"))
                        .map(each -> Json.number(each, "stores"))
                        .toList());
        String text = Files.readString(folder.resolve("report.txt"));
        assertTrue(text.contains("1 class not rewritten, or not wholly"), text);
        assertEquals(
                1,
                text.lines()
                        .filter(line -> line.strip().startsWith(NAME + ": "))
                        .count(),
                text);
    }

    private static byte[] large() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, NAME.replace('.', '/'), null, "java/lang/Object", null);
        MethodVisitor fill = writer.visitMethod(
                Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC,
                "fill",
                "([Ljava/lang/Object;Ljava/lang/Object;)V",
                null,
                null);
        fill.visitCode();
        for (int i = 0; i < STORES; i++) {
            fill.visitVarInsn(Opcodes.ALOAD, 0);
            fill.visitIntInsn(Opcodes.SIPUSH, i % 16);
            fill.visitVarInsn(Opcodes.ALOAD, 1);
            fill.visitInsn(Opcodes.AASTORE);
        }
        fill.visitInsn(Opcodes.RETURN);
        fill.visitMaxs(0, 0);
        fill.visitEnd();
        writer.visitField(Opcodes.ACC_STATIC, "initialized", "Ljava/lang/Object;", null, null);
        MethodVisitor initializer = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        initializer.visitCode();
        initializer.visitLdcInsn("initialized");
        initializer.visitFieldInsn(Opcodes.PUTSTATIC, NAME.replace('.', '/'), "initialized", "Ljava/lang/Object;");
        initializer.visitInsn(Opcodes.RETURN);
        initializer.visitMaxs(0, 0);
        initializer.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }
}
