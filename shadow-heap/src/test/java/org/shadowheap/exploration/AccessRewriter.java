package org.shadowheap.exploration;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Sends what a class does to shared state to the simulation: calls of {@code OffHeap} and of what {@code NativeMemory}
 * allocates, fields that are not final, monitors. Refuses what the simulation does not know.
 */
final class AccessRewriter extends ClassVisitor {

    private static final String OFF_HEAP = "org/shadowheap/memory/OffHeap";
    private static final String NATIVE_MEMORY = "org/shadowheap/memory/NativeMemory";
    private static final Set<String> OF_NATIVE_MEMORY = Set.of("allocate", "reserve", "free", "release");
    private static final Set<String> WAITING = Set.of("wait", "notify", "notifyAll");
    private static final String SIMULATED_OFF_HEAP = Type.getInternalName(SimulatedOffHeap.class);
    private static final String SIMULATED_OBJECT = Type.getInternalName(SimulatedObject.class);

    private final ClassLoader original;
    private final Map<String, String> renamedAccesses;

    private AccessRewriter(ClassVisitor next, ClassLoader original, Map<String, String> renamedAccesses) {
        super(Opcodes.ASM9, next);
        this.original = original;
        this.renamedAccesses = renamedAccesses;
    }

    /**
     * Rewrites a class file.
     *
     * @param original loads the class and those it knows as they were before
     */
    static byte[] rewrite(byte[] classFile, ClassLoader original, Map<String, String> renamedAccesses) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        new ClassReader(classFile).accept(new AccessRewriter(writer, original, renamedAccesses), 0);
        return writer.toByteArray();
    }

    @Override
    public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] thrown) {
        if ((access & Opcodes.ACC_SYNCHRONIZED) != 0) {
            throw new UnsupportedOperationException("synchronized method: " + name);
        }
        return new Accesses(super.visitMethod(access, name, descriptor, signature, thrown));
    }

    private final class Accesses extends MethodVisitor {

        Accesses(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (owner.equals(OFF_HEAP)) {
                call(SIMULATED_OFF_HEAP, renamedAccesses.getOrDefault(name, name), descriptor);
            } else if (owner.equals(NATIVE_MEMORY) && OF_NATIVE_MEMORY.contains(name)) {
                call(SIMULATED_OFF_HEAP, name, "(Ljava/lang/Object;" + descriptor.substring(1));
            } else if (owner.startsWith("java/util/concurrent/") || WAITING.contains(name)) {
                throw new UnsupportedOperationException("call: " + owner + "." + name);
            } else {
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            }
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.MONITORENTER || opcode == Opcodes.MONITOREXIT) {
                String name = opcode == Opcodes.MONITORENTER ? "monitorEnter" : "monitorExit";
                call(SIMULATED_OBJECT, name, "(Ljava/lang/Object;)V");
            } else {
                super.visitInsn(opcode);
            }
        }

        // Stack: ..., holder -> value, or ..., holder, value ->
        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            if (!owner.startsWith("org/shadowheap/") || isFinal(owner, name)) {
                super.visitFieldInsn(opcode, owner, name, descriptor);
                return;
            }
            String type = descriptor.startsWith("L") ? "Ljava/lang/Object;" : descriptor;
            super.visitLdcInsn(name);
            switch (opcode) {
                case Opcodes.GETFIELD -> get(descriptor, type);
                case Opcodes.PUTFIELD ->
                    call(SIMULATED_OBJECT, "put" + kind(type), "(Ljava/lang/Object;" + type + "Ljava/lang/String;)V");
                default -> throw new UnsupportedOperationException("static field: " + owner + "." + name);
            }
        }

        private void get(String descriptor, String type) {
            call(SIMULATED_OBJECT, "get" + kind(type), "(Ljava/lang/Object;Ljava/lang/String;)" + type);
            if (!type.equals(descriptor)) {
                super.visitTypeInsn(Opcodes.CHECKCAST, Type.getType(descriptor).getInternalName());
            }
        }

        private void call(String owner, String name, String descriptor) {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, owner, name, descriptor, false);
        }
    }

    private static String kind(String type) {
        return switch (type) {
            case "I" -> "Int";
            case "J" -> "Long";
            case "D" -> "Double";
            case "Ljava/lang/Object;" -> "Reference";
            default -> throw new UnsupportedOperationException("field of type " + type);
        };
    }

    /** Whether a field, maybe an inherited one, never changes and so needs no simulation. */
    private boolean isFinal(String owner, String name) {
        try {
            Class<?> holder = Class.forName(owner.replace('/', '.'), false, original);
            for (Class<?> at = holder; at != null; at = at.getSuperclass()) {
                for (Field field : at.getDeclaredFields()) {
                    if (field.getName().equals(name)) {
                        return Modifier.isFinal(field.getModifiers());
                    }
                }
            }
            throw new NoSuchFieldError(owner + "." + name);
        } catch (ClassNotFoundException e) {
            throw new NoClassDefFoundError(owner);
        }
    }
}
