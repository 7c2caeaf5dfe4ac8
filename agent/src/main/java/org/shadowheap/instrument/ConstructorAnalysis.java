package org.shadowheap.instrument;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.AnalyzerAdapter;

/**
 * Follows the types on the stack of a constructor until {@code this} is initialized, and not longer: what comes before is mostly
 * short and without a stack frame, which the analyzer would want expanded.
 */
final class ConstructorAnalysis extends MethodVisitor {

    private final MethodRewriter rewriter;
    private final MethodVisitor next;
    private final boolean throughout;
    private final Runnable wantsExpandedFrames;

    /**
     * @param next what the analyzer calls, and is called without it later
     * @param throughout whether {@code this} may be initialized in several places
     * @param wantsExpandedFrames told if a frame that is not expanded comes too early
     */
    ConstructorAnalysis(
            AnalyzerAdapter analyzer,
            MethodVisitor next,
            MethodRewriter rewriter,
            boolean throughout,
            Runnable wantsExpandedFrames) {
        super(Opcodes.ASM9, analyzer);
        this.next = next;
        this.rewriter = rewriter;
        this.throughout = throughout;
        this.wantsExpandedFrames = wantsExpandedFrames;
        rewriter.follow(analyzer);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        if (rewriter.isThisInitialized() && !throughout) {
            leave();
        }
    }

    @Override
    public void visitFrame(int type, int numLocal, Object[] local, int numStack, Object[] stack) {
        if (mv != next && type != Opcodes.F_NEW) {
            wantsExpandedFrames.run();
            leave();
        }
        super.visitFrame(type, numLocal, local, numStack, stack);
    }

    private void leave() {
        mv = next;
        rewriter.follow(null);
    }
}
