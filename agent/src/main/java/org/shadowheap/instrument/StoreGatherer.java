package org.shadowheap.instrument;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Stands before a {@link MethodRewriter} and gathers stores to several fields of one object, which is in a local variable,
 * while nothing else happens: no call, no jump, nothing that may throw, no other thread that could be told. Where such a stretch
 * ends, the barrier is told of them by one call.
 *
 * <p>Fields are gathered only if the class itself declares them, and none that is volatile: such a store cannot fail to
 * link, and waits for nobody.
 */
final class StoreGatherer extends MethodVisitor {

    private final MethodRewriter rewriter;
    private final String className;
    private final ClassScan scan;

    private final GatheredStores gathered = new GatheredStores();
    private final OperandLocals stack = new OperandLocals();

    /** The local with the object whose stores are gathered. */
    private int holder;

    /** Labels and line numbers since the last instruction: told on when it shows that no jump leads here. */
    private final List<Label> labels = new ArrayList<>();

    private final List<Integer> lines = new ArrayList<>();

    StoreGatherer(MethodRewriter rewriter, String className, ClassScan scan) {
        super(Opcodes.ASM9, rewriter);
        this.rewriter = rewriter;
        this.className = className;
        this.scan = scan;
    }

    /** Ends the stretch: what follows may throw, or be seen. */
    private void end() {
        if (!gathered.isEmpty()) {
            rewriter.tell(gathered, holder);
            gathered.clear();
        }
        proceed();
    }

    /** What follows belongs to the stretch: nobody jumped here. */
    private void proceed() {
        for (int i = 0; i < labels.size(); i++) {
            super.visitLabel(labels.get(i));
            if (lines.get(i) >= 0) {
                super.visitLineNumber(lines.get(i), labels.get(i));
            }
        }
        labels.clear();
        lines.clear();
    }

    @Override
    public void visitLabel(Label label) {
        if (gathered.isEmpty()) {
            super.visitLabel(label);
        } else {
            labels.add(label);
            lines.add(-1);
        }
    }

    @Override
    public void visitLineNumber(int line, Label start) {
        int at = labels.size() - 1;
        if (at < 0) {
            super.visitLineNumber(line, start);
        } else if (lines.get(at) < 0) {
            lines.set(at, line);
        } else {
            labels.add(start);
            lines.add(line);
        }
    }

    @Override
    public void visitFrame(int type, int numLocal, Object[] local, int numStack, Object[] operands) {
        end();
        stack.forget();
        super.visitFrame(type, numLocal, local, numStack, operands);
    }

    @Override
    public void visitInsn(int opcode) {
        if (stack.isCalm(opcode)) {
            proceed();
        } else {
            end();
        }
        stack.apply(opcode);
        super.visitInsn(opcode);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        if (opcode == Opcodes.NEWARRAY) {
            end();
            stack.pop(1);
        } else {
            proceed();
        }
        stack.push(1, OperandLocals.NONE);
        super.visitIntInsn(opcode, operand);
    }

    @Override
    public void visitVarInsn(int opcode, int local) {
        int words = opcode == Opcodes.LLOAD
                        || opcode == Opcodes.DLOAD
                        || opcode == Opcodes.LSTORE
                        || opcode == Opcodes.DSTORE
                ? 2
                : 1;
        if (opcode <= Opcodes.ALOAD) {
            proceed();
            stack.push(words, opcode == Opcodes.ALOAD ? local : OperandLocals.NONE);
        } else {
            if (opcode == Opcodes.RET || local <= holder && holder < local + words) {
                end();
            } else {
                proceed();
            }
            stack.pop(words);
            stack.forgetLocals(local, words);
        }
        super.visitVarInsn(opcode, local);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        end();
        stack.pop(opcode == Opcodes.NEW ? 0 : 1);
        stack.push(1, OperandLocals.NONE);
        super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        int words = Type.getType(descriptor).getSize();
        if (opcode == Opcodes.PUTFIELD) {
            put(owner, name, descriptor, words);
        } else if (opcode == Opcodes.GETFIELD) {
            if (isThere(stack.peek(0)) && isPlain(owner, name)) {
                proceed();
            } else {
                end();
            }
            stack.pop(1);
            stack.push(words, OperandLocals.NONE);
            super.visitFieldInsn(opcode, owner, name, descriptor);
        } else {
            end();
            if (opcode == Opcodes.GETSTATIC) {
                stack.push(words, OperandLocals.NONE);
            } else {
                stack.pop(words);
            }
            super.visitFieldInsn(opcode, owner, name, descriptor);
        }
    }

    private boolean isPlain(String owner, String field) {
        return owner.equals(className) && scan.isPlain(field);
    }

    /** Whether this local holds the object that was just stored to, so it is not null. */
    private boolean isThere(int local) {
        return local == holder && !gathered.isEmpty();
    }

    private void put(String owner, String name, String descriptor, int words) {
        int local = stack.peek(words);
        stack.pop(words + 1);
        boolean plain = local != OperandLocals.NONE && rewriter.isThisInitialized() && isPlain(owner, name);
        boolean reference = ClassFacts.primitiveBytes(descriptor) == 0;
        if (plain && isThere(local) && !(reference && gathered.isFullFor(name))) {
            proceed();
        } else {
            end();
        }
        if (plain && reference) {
            holder = local;
            gathered.add(name, descriptor, rewriter.putUntold(owner, name, descriptor));
        } else {
            super.visitFieldInsn(Opcodes.PUTFIELD, owner, name, descriptor);
        }
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        end();
        call(descriptor, opcode == Opcodes.INVOKESTATIC);
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }

    @Override
    public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
        end();
        call(descriptor, true);
        super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
    }

    private void call(String descriptor, boolean isStatic) {
        int sizes = Type.getArgumentsAndReturnSizes(descriptor);
        stack.pop((sizes >> 2) - (isStatic ? 1 : 0));
        stack.push(sizes & 3, OperandLocals.NONE);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        end();
        stack.forget();
        super.visitJumpInsn(opcode, label);
    }

    @Override
    public void visitLdcInsn(Object value) {
        // Others than numbers are made when they are asked for first, which may fail.
        if (value instanceof Number) {
            proceed();
        } else {
            end();
        }
        boolean twoWords = value instanceof Long || value instanceof Double;
        if (value instanceof Number || value instanceof String || value instanceof Type) {
            stack.push(twoWords ? 2 : 1, OperandLocals.NONE);
        } else {
            stack.forget();
        }
        super.visitLdcInsn(value);
    }

    @Override
    public void visitIincInsn(int local, int increment) {
        proceed();
        super.visitIincInsn(local, increment);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... others) {
        end();
        stack.forget();
        super.visitTableSwitchInsn(min, max, otherwise, others);
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] others) {
        end();
        stack.forget();
        super.visitLookupSwitchInsn(otherwise, keys, others);
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
        end();
        stack.pop(dimensions);
        stack.push(1, OperandLocals.NONE);
        super.visitMultiANewArrayInsn(descriptor, dimensions);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        end();
        super.visitMaxs(maxStack, maxLocals);
    }
}
