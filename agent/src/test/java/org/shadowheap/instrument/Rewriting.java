package org.shadowheap.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.util.CheckClassAdapter;
import org.objectweb.asm.util.Textifier;
import org.objectweb.asm.util.TraceMethodVisitor;

/** Rewrites class files as the agent does, shows their instructions, checks and loads them. */
final class Rewriting {

    static final int FIRST_SITE = 1;

    private static final String BARRIER = BarrierName.INTERNAL;
    private static final String STAND_IN = "org/shadowheap/instrument/SeenCalls";

    private Rewriting() {}

    static byte[] rewrite(byte[] original) {
        return rewrite(original, FIRST_SITE);
    }

    static byte[] rewrite(byte[] original, int firstSite) {
        FittedClass result = fit(original, firstSite, CodeLimits.HOTSPOT);
        if (!result.leftOut().isEmpty()) {
            throw new AssertionError("left out: " + result.leftOut());
        }
        return result.bytes();
    }

    /** As the agent does it, with methods that do not fit left as they are. */
    static FittedClass fit(byte[] original, int firstSite, CodeLimits limits) {
        ClassReader reader = new ClassReader(original);
        ClassScan scan = scan(reader, false);
        FittedClass result = FittedClass.rewrite(reader, scan, firstSite, limits);
        if (result.sites().size() > scan.sites()) {
            throw new AssertionError("sites=" + result.sites().size() + " counted=" + scan.sites());
        }
        return result;
    }

    /** @param initialized whether the class has been */
    static ClassScan scan(ClassReader reader, boolean initialized) {
        ClassScan scan = new ClassScan(new ClassFacts(true), initialized);
        reader.accept(scan, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return scan;
    }

    /** A class {@code app/Target} with one method. */
    static byte[] classWith(int version, int access, String name, String descriptor, Consumer<MethodVisitor> body) {
        return classWith("app/Target", version, access, name, descriptor, body);
    }

    static byte[] classWith(
            String className, int version, int access, String name, String descriptor, Consumer<MethodVisitor> body) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(version, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, className, null, "java/lang/Object", null);
        writer.visitField(0, "field", "Ljava/lang/Object;", null, null);
        for (String more : List.of("second", "third", "fourth", "fifth")) {
            writer.visitField(0, more, "Ljava/lang/Object;", null, null);
        }
        writer.visitField(Opcodes.ACC_VOLATILE, "hot", "Ljava/lang/Object;", null, null);
        writer.visitField(0, "number", "J", null, null);
        writer.visitField(Opcodes.ACC_STATIC, "shared", "Ljava/lang/Object;", null, null);
        MethodVisitor method = writer.visitMethod(access, name, descriptor, null, null);
        method.visitCode();
        body.accept(method);
        method.visitMaxs(0, 0);
        method.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** The instructions of a method, a line each; labels and debug information left out. */
    static String instructions(byte[] bytes, String name) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, ClassReader.SKIP_DEBUG);
        MethodNode method = node.methods.stream()
                .filter(each -> each.name.equals(name))
                .findFirst()
                .orElseThrow();
        Textifier text = new Textifier();
        method.accept(new TraceMethodVisitor(text));
        StringWriter out = new StringWriter();
        PrintWriter printer = new PrintWriter(out);
        text.print(printer);
        printer.flush();
        return Arrays.stream(out.toString().split("\n"))
                .map(line -> line.strip().replace(BARRIER, "BARRIER"))
                .filter(line -> !line.isEmpty() && !line.matches("L[0-9]+|//.*"))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** A method of {@code app/Target} becomes these instructions, of which the verifier does not complain. */
    static void assertRewritten(
            int version, int access, String name, String descriptor, Consumer<MethodVisitor> body, String expected) {
        byte[] original = classWith(version, access, name, descriptor, body);
        byte[] rewritten = rewrite(original);
        assertEquals(expected, instructions(rewritten, name));
        assertEquals("", complaints(original, Rewriting.class.getClassLoader()));
        assertEquals("", complaints(rewritten, Rewriting.class.getClassLoader()));
    }

    /** What ASM's verifier complains about; empty if nothing. */
    static String complaints(byte[] bytes, ClassLoader loader) {
        StringWriter out = new StringWriter();
        PrintWriter printer = new PrintWriter(out);
        CheckClassAdapter.verify(new ClassReader(bytes), loader, false, printer);
        printer.flush();
        return out.toString();
    }

    /** The same class, but it calls {@link SeenCalls} instead of the barrier. */
    static byte[] withStandIn(byte[] rewritten) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(rewritten)
                .accept(
                        new ClassVisitor(Opcodes.ASM9, writer) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String signature, String[] thrown) {
                                return new MethodVisitor(
                                        Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, thrown)) {
                                    @Override
                                    public void visitMethodInsn(
                                            int opcode, String owner, String called, String type, boolean isInterface) {
                                        String to = owner.equals(BARRIER) ? STAND_IN : owner;
                                        super.visitMethodInsn(opcode, to, called, type, isInterface);
                                    }
                                };
                            }
                        },
                        0);
        return writer.toByteArray();
    }

    static byte[] bytesOf(Class<?> type) throws IOException {
        String file = type.getName().substring(type.getPackageName().length() + 1) + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            return in.readAllBytes();
        }
    }

    /** Defines classes of its own, and leaves all others to the tests' loader. The JVM verifies what it defines. */
    static final class Loader extends ClassLoader {

        Loader() {
            super(Rewriting.class.getClassLoader());
        }

        Class<?> define(byte[] bytes) {
            return defineClass(null, bytes, 0, bytes.length);
        }
    }
}
