package org.shadowheap.instrument;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Looks for whatever may let an instruction of a method be executed twice: jumps, switches, handlers of exceptions. */
final class Jumps extends ClassVisitor {

    private final int wanted;
    private int method;
    private boolean found;

    private Jumps(int wanted) {
        super(Opcodes.ASM9);
        this.wanted = wanted;
    }

    /** Whether the method of this number has any. Reads its instructions. */
    static boolean areIn(ClassReader reader, int method) {
        Jumps jumps = new Jumps(method);
        reader.accept(jumps, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return jumps.found;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        return method++ == wanted ? new Code() : null;
    }

    private final class Code extends MethodVisitor {

        Code() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visitJumpInsn(int opcode, Label to) {
            found = true;
        }

        @Override
        public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
            found = true;
        }

        @Override
        public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
            found = true;
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
            found = true;
        }
    }
}
