package org.shadowheap.agent;

import java.lang.instrument.Instrumentation;
import jdk.internal.loader.BootLoader;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.shadowheap.barrier.AllocationMeter;
import org.shadowheap.instrument.NestMates;

/**
 * Makes the class that asks the JVM what threads have allocated, as the management beans do, without the beans: a hidden nest mate of the
 * class behind them, whose native methods are private. Three classes are loaded for it, and none when it is asked.
 *
 * <p>That all threads can be asked for, those that have ended included, is so since JDK 21, and in later updates of 17.
 */
final class ThreadAllocation {

    private static final String ASKED = "sun.management.ThreadImpl";
    private static final String ASKED_INTERNAL = ASKED.replace('.', '/');
    private static final String NAME = "sun/management/ShadowHeapAllocation";
    private static final String LIBRARY = "management";

    private static boolean asked;
    private static @Nullable AllocationMeter made;

    private ThreadAllocation() {}

    /** It, null where the JVM does not tell. One thread at a time asks. */
    static @Nullable AllocationMeter meter(Instrumentation instrumentation) {
        if (!asked) {
            asked = true;
            try {
                made = make(instrumentation);
            } catch (ReflectiveOperationException | RuntimeException | LinkageError untold) {
                // No module java.management, another JVM, or an older update of 17: nobody can tell then.
            }
        }
        return made;
    }

    private static AllocationMeter make(Instrumentation instrumentation) throws ReflectiveOperationException {
        Class<?> beside = Class.forName(ASKED, true, null);
        BootLoader.loadLibrary(LIBRARY);
        ModuleAccess.letRead(instrumentation, beside.getModule(), AllocationMeter.class.getModule());
        byte[] bytes = bytes();
        AllocationMeter meter = (AllocationMeter) NestMates.instance(beside, NAME, bytes);
        if (meter.ofAllThreads() <= 0 || meter.ofThisThread() <= 0) {
            throw new UnsupportedOperationException("the JVM does not count");
        }
        return meter;
    }

    private static byte[] bytes() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, NAME, null, "java/lang/Object", new String[] {
            Type.getInternalName(AllocationMeter.class)
        });
        MethodVisitor ofThis = method(writer, "ofThisThread", "()J");
        ofThis.visitInsn(Opcodes.LCONST_0); // which stands for it
        ask(ofThis, "getThreadAllocatedMemory0", "(J)J");
        MethodVisitor ofOne = method(writer, "ofThread", "(J)J");
        ofOne.visitVarInsn(Opcodes.LLOAD, 1);
        ask(ofOne, "getThreadAllocatedMemory0", "(J)J");
        ask(method(writer, "ofAllThreads", "()J"), "getTotalThreadAllocatedMemory", "()J");
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static MethodVisitor method(ClassWriter writer, String name, String descriptor) {
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC, name, descriptor, null, null);
        method.visitCode();
        return method;
    }

    private static void ask(MethodVisitor method, String name, String descriptor) {
        method.visitMethodInsn(Opcodes.INVOKESTATIC, ASKED_INTERNAL, name, descriptor, false);
        method.visitInsn(Opcodes.LRETURN);
        method.visitMaxs(2, 3);
        method.visitEnd();
    }
}
