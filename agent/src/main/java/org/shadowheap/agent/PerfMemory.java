package org.shadowheap.agent;

import java.nio.ByteBuffer;
import java.util.function.Supplier;
import jdk.internal.perf.Perf;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.shadowheap.instrument.NestMates;

/**
 * Makes the class that asks the JVM where it keeps its counters, by a call that has a mode before JDK 21 and none from then on: the compiler knows
 * one of them. By reflection newer JDKs would make hidden classes, before those are rewritten.
 */
final class PerfMemory {

    private static final String NAME = "jdk/internal/perf/ShadowHeapPerf";
    private static final String PERF = "jdk/internal/perf/Perf";
    private static final int WITHOUT_MODE_SINCE = 21;

    private PerfMemory() {}

    /**
     * The memory of this JVM's own counters, which is never unmapped.
     *
     * @throws RuntimeException or LinkageError where there are none
     */
    @SuppressWarnings("unchecked") // of that type by how it is made
    static ByteBuffer attach() throws InstantiationException {
        byte[] bytes = bytes(Runtime.version().feature() < WITHOUT_MODE_SINCE);
        return ((Supplier<ByteBuffer>) NestMates.instance(Perf.class, NAME, bytes)).get();
    }

    private static byte[] bytes(boolean withMode) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, NAME, null, "java/lang/Object", new String[] {
            "java/util/function/Supplier"
        });
        MethodVisitor get = writer.visitMethod(Opcodes.ACC_PUBLIC, "get", "()Ljava/lang/Object;", null, null);
        get.visitCode();
        get.visitMethodInsn(Opcodes.INVOKESTATIC, PERF, "getPerf", "()L" + PERF + ';', false);
        get.visitInsn(Opcodes.ICONST_0); // which stands for this JVM
        if (withMode) {
            get.visitLdcInsn("r");
        }
        // Stack: perf, 0, [mode]
        get.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL,
                PERF,
                "attach",
                withMode ? "(ILjava/lang/String;)Ljava/nio/ByteBuffer;" : "(I)Ljava/nio/ByteBuffer;",
                false);
        get.visitInsn(Opcodes.ARETURN);
        get.visitMaxs(3, 1);
        get.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }
}
