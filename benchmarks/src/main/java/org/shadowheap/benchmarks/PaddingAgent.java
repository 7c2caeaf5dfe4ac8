package org.shadowheap.benchmarks;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.ref.WeakReference;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * An agent that is as like ours as it can be to the JVM, and does nothing: {@code padding} puts instructions that do nothing before each store of a
 * reference and each birth of an array, about where ours puts calls; {@code nothing} has the same classes transformed and gives the JVM
 * what it had; {@code calling} does so, too, and calls native methods of some of them, as most programs do. After each {@code back} has them transformed once
 * more, to what they were.
 */
public final class PaddingAgent {

    private static final int BATCH = 100;

    /** As long as a call and its arguments. */
    private static final int PAD = 8;

    /** Enough for a native method to be compiled. */
    private static final int CALLS = 5000;

    private static boolean calls;

    /** Those that padding changes, from the first round on. */
    private static List<Class<?>> classes = new ArrayList<>();

    private PaddingAgent() {}

    public static void agentmain(String what, Instrumentation jvm) throws UnmodifiableClassException {
        ClassFileTransformer nothing = new ClassFileTransformer() {};
        if (what.equals("back")) {
            transform(jvm, nothing);
            call(CALLS);
            return;
        }
        calls = what.equals("calling");
        Padding padding = new Padding();
        if (classes.isEmpty()) {
            for (Class<?> each : jvm.getAllLoadedClasses()) {
                if (jvm.isModifiableClass(each) && !each.getName().startsWith("org.objectweb.asm.")) {
                    classes.add(each);
                }
            }
            transform(jvm, padding);
            classes.removeIf(each -> !padding.padded.contains(each.getName().replace('.', '/')));
            transform(jvm, nothing);
        }
        transform(jvm, what.equals("padding") ? padding : nothing);
        call(CALLS);
    }

    /** Returns something that depends on each call. */
    private static long call(int times) {
        Object lock = new Object();
        WeakReference<Object> weak = new WeakReference<>(lock);
        Class<?>[] types = {Object.class, Integer.class};
        long sum = 0;
        for (int i = 0; calls && i < times; i++) {
            sum += lock.hashCode() + System.nanoTime() + (Thread.holdsLock(lock) ? 1 : 0);
            sum += (types[i & 1].isInstance(lock) ? 1 : 0) + (weak.refersTo(lock) ? 1 : 0);
        }
        return sum;
    }

    private static void transform(Instrumentation jvm, ClassFileTransformer by) throws UnmodifiableClassException {
        jvm.addTransformer(by, true);
        for (int from = 0; from < classes.size(); from += BATCH) {
            List<Class<?>> batch = classes.subList(from, Math.min(from + BATCH, classes.size()));
            jvm.retransformClasses(batch.toArray(new Class<?>[0]));
        }
        jvm.removeTransformer(by);
    }

    private static final class Padding implements ClassFileTransformer {

        private final Set<String> padded = new HashSet<>();

        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                String name,
                @Nullable Class<?> type,
                @Nullable ProtectionDomain domain,
                byte[] file) {
            if (type == null) {
                return null; // is being loaded
            }
            int[] pads = new int[1];
            ClassWriter writer = new ClassWriter(0);
            new ClassReader(file)
                    .accept(
                            new ClassVisitor(Opcodes.ASM9, writer) {
                                @Override
                                public MethodVisitor visitMethod(
                                        int access,
                                        String method,
                                        String descriptor,
                                        @Nullable String signature,
                                        String @Nullable [] exceptions) {
                                    return new Pads(
                                            super.visitMethod(access, method, descriptor, signature, exceptions), pads);
                                }
                            },
                            0);
            if (pads[0] == 0) {
                return null;
            }
            padded.add(name);
            return writer.toByteArray();
        }
    }

    private static final class Pads extends MethodVisitor {

        private final int[] count;

        Pads(MethodVisitor next, int[] count) {
            super(Opcodes.ASM9, next);
            this.count = count;
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.AASTORE) {
                pad();
            }
            super.visitInsn(opcode);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            if ((opcode == Opcodes.PUTFIELD || opcode == Opcodes.PUTSTATIC)
                    && (descriptor.startsWith("L") || descriptor.startsWith("["))) {
                pad();
            }
            super.visitFieldInsn(opcode, owner, name, descriptor);
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            if (opcode == Opcodes.ANEWARRAY) {
                pad();
            }
            super.visitTypeInsn(opcode, type);
        }

        private void pad() {
            count[0]++;
            for (int i = 0; i < PAD; i++) {
                super.visitInsn(Opcodes.NOP);
            }
        }
    }
}
