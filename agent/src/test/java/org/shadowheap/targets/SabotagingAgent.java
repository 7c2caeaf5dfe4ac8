package org.shadowheap.targets;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.shadowheap.instrument.BarrierName;

/**
 * Another agent, which begins behind ours and takes calls of the barrier out of the code again: those that tell of the ways in
 * its argument, {@code everywhere:PUTFIELD;AASTORE} in all classes, {@code own:PUTFIELD;AASTORE} of each way in its program
 * alone, or where the JDK goes it for all programs. To be put in a jar; the class path has ASM.
 */
public final class SabotagingAgent implements ClassFileTransformer {

    private static final String PROGRAM = SabotagedWrites.class.getName();

    /** Classes of the JDK in which references are cleared, and hidden classes defined, for all others. */
    private static final Set<WritePath> IN_THE_JDK = EnumSet.of(WritePath.REFERENCE_CLEAR, WritePath.HIDDEN_CLASSES);

    private static final String REFERENCES = "java.lang.ref.Reference";

    private static final String DEFINES_HIDDEN_CLASSES = "java.lang.System$";

    private final boolean everywhere;
    private final Set<WritePath> off = EnumSet.noneOf(WritePath.class);

    private SabotagingAgent(String argument) {
        int colon = argument.indexOf(':');
        everywhere = argument.startsWith("everywhere:");
        for (String name : argument.substring(colon + 1).split(";", -1)) {
            if (!name.isEmpty()) {
                off.add(WritePath.valueOf(name));
            }
        }
    }

    public static void premain(String argument, Instrumentation instrumentation) throws Exception {
        SabotagingAgent agent = new SabotagingAgent(argument);
        agent.rehearse();
        instrumentation.addTransformer(agent, true);
        List<Class<?>> loaded = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (agent.concerns(type.getName()) && instrumentation.isModifiableClass(type)) {
                loaded.add(type);
            }
        }
        instrumentation.retransformClasses(loaded.toArray(new Class<?>[0]));
    }

    /** What it needs is loaded before anybody can wait for it. */
    private void rehearse() throws Exception {
        String file = '/' + SabotagingAgent.class.getName().replace('.', '/') + ".class";
        try (var bytes = SabotagingAgent.class.getResourceAsStream(file)) {
            sabotage(bytes.readAllBytes());
        }
    }

    private boolean concerns(String name) {
        return everywhere && !IN_THE_JDK.containsAll(off)
                ? name.startsWith("java.") || name.startsWith("jdk.") || name.startsWith(PROGRAM)
                : name.startsWith(REFERENCES) || name.startsWith(DEFINES_HIDDEN_CLASSES) || name.startsWith(PROGRAM);
    }

    private boolean isOff(WritePath path, String name) {
        boolean own = name.startsWith(PROGRAM)
                ? name.equals(path.program()) || name.startsWith(path.program() + '$')
                : IN_THE_JDK.contains(path);
        return off.contains(path) && (everywhere || own);
    }

    @Override
    public byte[] transform(
            ClassLoader loader, String internalName, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
        if (internalName == null || !concerns(internalName.replace('/', '.'))) {
            return null;
        }
        try {
            return sabotage(bytes);
        } catch (RuntimeException failure) {
            System.err.println("not sabotaged: " + internalName + ", " + failure);
            return null;
        }
    }

    private byte[] sabotage(byte[] bytes) {
        ClassNode type = new ClassNode();
        new ClassReader(bytes).accept(type, 0);
        String name = type.name.replace('/', '.');
        boolean changed = false;
        for (MethodNode method : type.methods) {
            String before = "";
            for (AbstractInsnNode at : method.instructions.toArray()) {
                if (!(at instanceof MethodInsnNode call && call.owner.equals(BarrierName.INTERNAL))) {
                    before = what(at, before);
                    continue;
                }
                WritePath path = WritePath.toldOf(call.name, before);
                if (path != null && isOff(path, name)) {
                    takeOut(method, call, before);
                    changed = true;
                }
            }
        }
        if (!changed) {
            return null;
        }
        ClassWriter writer = new ClassWriter(0);
        type.accept(writer);
        return writer.toByteArray();
    }

    private static String what(AbstractInsnNode at, String before) {
        if (at instanceof MethodInsnNode call) {
            return call.owner.startsWith("[") ? call.name + "[]" : call.name;
        }
        return switch (at.getOpcode()) {
            case Opcodes.PUTFIELD -> "putfield";
            case Opcodes.PUTSTATIC -> "putstatic";
            case Opcodes.AASTORE -> "aastore";
            case Opcodes.MULTIANEWARRAY -> "multianewarray";
            default -> before;
        };
    }

    /** An object that was born filled is born empty: of a birth that nobody tells of what it holds would be read later. */
    private static void takeOut(MethodNode method, MethodInsnNode call, String before) {
        if (call.name.equals("filledBirth")) {
            call.name = before.equals("clone") ? "birth" : "arrayBirth";
            return;
        }
        if (call.name.equals("copyArray")) {
            method.instructions.insertBefore(call, new InsnNode(Opcodes.POP));
            call.owner = "java/lang/System";
            call.name = "arraycopy";
            call.desc = "(Ljava/lang/Object;ILjava/lang/Object;II)V";
            return;
        }
        Type[] arguments = Type.getArgumentTypes(call.desc);
        boolean returns = Type.getReturnType(call.desc).getSize() > 0;
        for (int i = arguments.length - 1; i >= 0; i--) {
            // What returns something returns its last argument, as it would if the barrier did nothing.
            if (returns && i == arguments.length - 1) {
                continue;
            }
            if (returns) {
                method.instructions.insertBefore(call, new InsnNode(Opcodes.SWAP));
            }
            method.instructions.insertBefore(
                    call, new InsnNode(arguments[i].getSize() == 2 ? Opcodes.POP2 : Opcodes.POP));
        }
        method.instructions.remove(call);
    }
}
