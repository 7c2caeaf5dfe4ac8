package org.shadowheap.instrument;

import org.objectweb.asm.Opcodes;

/**
 * What is known of the operands that were pushed last: from which local variable each came that still holds it.
 *
 * <p>Nothing is known of operands below those, nor where instructions are too uncommon to be followed.
 *
 * <p>It is one of {@link Opcodes} so that its class file mentions a type of the library: what the compiler leaves of a class
 * whose constants alone are used is not relocated.
 */
final class OperandLocals implements Opcodes {

    /** Comes from no local. */
    static final int NONE = -1;

    private static final int MOST = 32;

    private final int[] locals = new int[MOST];
    private int depth;

    void forget() {
        depth = 0;
    }

    void push(int words, int local) {
        for (int i = 0; i < words; i++) {
            if (depth == MOST) {
                depth = 0;
            }
            locals[depth++] = local;
        }
    }

    void pop(int words) {
        depth = Math.max(0, depth - words);
    }

    /** The local that the operand so many words below the top came from, {@link #NONE} if none or unknown. */
    int peek(int words) {
        return words < depth ? locals[depth - 1 - words] : NONE;
    }

    /** Locals got other values. */
    void forgetLocals(int first, int words) {
        for (int i = 0; i < depth; i++) {
            if (first <= locals[i] && locals[i] < first + words) {
                locals[i] = NONE;
            }
        }
    }

    /** Whether an instruction without arguments does no more than move operands and compute: it neither throws nor returns. */
    boolean isCalm(int opcode) {
        return opcode <= Opcodes.DCONST_1
                || opcode == Opcodes.POP
                || opcode == Opcodes.DUP
                || opcode == Opcodes.DUP_X1
                || opcode == Opcodes.IADD
                || opcode == Opcodes.ISUB;
    }

    /** An instruction without arguments is executed. */
    void apply(int opcode) {
        switch (opcode) {
            case Opcodes.NOP -> replace(0);
            case Opcodes.ARRAYLENGTH -> replace(1);
            case Opcodes.LCONST_0, Opcodes.LCONST_1, Opcodes.DCONST_0, Opcodes.DCONST_1 -> push(2, NONE);
            case Opcodes.POP -> pop(1);
            case Opcodes.DUP -> push(1, peek(0));
            case Opcodes.DUP_X1 -> duplicateBelow();
            case Opcodes.IADD, Opcodes.ISUB, Opcodes.AALOAD -> replace(2);
            default -> {
                if (opcode < Opcodes.LCONST_0 || Opcodes.FCONST_0 <= opcode && opcode <= Opcodes.FCONST_2) {
                    push(1, NONE);
                } else {
                    forget();
                }
            }
        }
    }

    /** So many operands become one. */
    private void replace(int words) {
        if (words > 0) {
            pop(words);
            push(1, NONE);
        }
    }

    private void duplicateBelow() {
        int top = peek(0);
        int below = peek(1);
        if (depth < 2) {
            forget();
        } else {
            pop(2);
            push(1, top);
            push(1, below);
            push(1, top);
        }
    }
}
