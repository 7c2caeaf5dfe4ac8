package org.shadowheap.instrument;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Looks for loops: code that runs once is only ever compiled for the sake of one. */
final class Loops extends MethodVisitor {

    private static final int NO_DETAILS = ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES;

    private final Set<Label> passed = new HashSet<>();
    private boolean found;

    private Loops() {
        super(Opcodes.ASM9);
    }

    /** Whether the class initializer jumps backwards anywhere. */
    static boolean areInInitializer(ClassReader reader) {
        Loops loops = new Loops();
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public @Nullable MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        return name.equals("<clinit>") ? loops : null;
                    }
                },
                NO_DETAILS);
        return loops.found;
    }

    @Override
    public void visitLabel(Label label) {
        passed.add(label);
    }

    @Override
    public void visitJumpInsn(int opcode, Label to) {
        found |= passed.contains(to);
    }

    @Override
    public void visitTableSwitchInsn(int least, int most, Label otherwise, Label... labels) {
        visitLookupSwitchInsn(otherwise, new int[0], labels);
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
        found |= passed.contains(otherwise);
        for (Label label : labels) {
            found |= passed.contains(label);
        }
    }
}
