package org.shadowheap.instrument;

import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.shadowheap.instrument.Intrinsics.UnsafeWrite;

/**
 * Rewrites calls of {@link Intrinsics} that store references: the arguments are put by in locals, the call is made, and the
 * barrier is told. Straight-line code that leaves the stack as the call alone does.
 */
final class HookedCalls {

    /** Words of locals that {@link #rewrite} may use from the first on. */
    static final int MOST_LOCALS = 5;

    private static final Sites.Target REFERENT = new Sites.Target("java.lang.ref.Reference", "referent");

    private final MethodVisitor next;
    private final int firstLocal;
    private final ToIntFunction<Sites.@Nullable Target> sites;

    /** Whether there is little room: then the barrier makes calls itself that would need most. */
    private final boolean isShort;

    private int locals;
    private int copies;

    /**
     * @param firstLocal the first that is free
     * @param isShort whether the barrier is to copy arrays itself, because there is little room
     * @param sites numbers the site of the instruction that is rewritten, which stores to a field if that is known
     */
    HookedCalls(MethodVisitor next, int firstLocal, boolean isShort, ToIntFunction<Sites.@Nullable Target> sites) {
        this.next = next;
        this.firstLocal = firstLocal;
        this.isShort = isShort;
        this.sites = sites;
    }

    /** Words of locals that calls rewritten so far use. */
    int locals() {
        return locals;
    }

    /** Whether any call rewritten so far could be shorter. */
    boolean canBeShorter() {
        return copies > 0 && !isShort;
    }

    /** Whether a call is one of those, and so a site. */
    static boolean isHooked(String owner, String name, String descriptor) {
        return Intrinsics.isArrayCopy(owner, name)
                || Intrinsics.isArraySet(owner, name)
                || Intrinsics.clearsReferent(owner, name, descriptor)
                || Intrinsics.unsafeWrite(owner, name, descriptor) != null;
    }

    /** Emits a call with what belongs to it, if it is one of those; returns whether it was. */
    boolean rewrite(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        UnsafeWrite write = Intrinsics.unsafeWrite(owner, name, descriptor);
        Runnable call = new Call(next, opcode, owner, name, descriptor, isInterface);
        if (write != null) {
            unsafeWrite(write, call);
        } else if (Intrinsics.isArrayCopy(owner, name)) {
            arrayCopy(call);
        } else if (Intrinsics.isArraySet(owner, name)) {
            arraySet(call);
        } else if (Intrinsics.clearsReferent(owner, name, descriptor)) {
            clearReferent(call);
        } else {
            return false;
        }
        return true;
    }

    private record Call(
            MethodVisitor next, int opcode, String owner, String name, String descriptor, boolean isInterface)
            implements Runnable {
        @Override
        public void run() {
            next.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }
    }

    private void arrayCopy(Runnable call) {
        copies++;
        if (isShort) {
            // Stack: ..., source, sourceFrom, array, from, length
            barrier("copyArray", "(Ljava/lang/Object;ILjava/lang/Object;III)V");
            return;
        }
        use(MOST_LOCALS);
        int array = firstLocal;
        int from = firstLocal + 1;
        int length = firstLocal + 2;
        int source = firstLocal + 3;
        int sourceFrom = firstLocal + 4;
        // Stack: ..., source, sourceFrom, array, from, length
        next.visitVarInsn(Opcodes.ISTORE, length);
        next.visitVarInsn(Opcodes.ISTORE, from);
        next.visitVarInsn(Opcodes.ASTORE, array);
        next.visitVarInsn(Opcodes.ISTORE, sourceFrom);
        next.visitVarInsn(Opcodes.ASTORE, source);
        // Stack: ...
        int number = sites.applyAsInt(null);
        loadAll(source, sourceFrom, array, from, length);
        MethodRewriter.push(next, number);
        call("arrayCopyBegins", "(Ljava/lang/Object;ILjava/lang/Object;III)V");
        loadAll(source, sourceFrom, array, from, length);
        call.run();
        // Stack: ...
        load(array, from, length);
        MethodRewriter.push(next, number);
        call("arrayCopy", "(Ljava/lang/Object;III)V");
        forget(array);
        forget(source);
    }

    private void loadAll(int source, int sourceFrom, int array, int from, int length) {
        next.visitVarInsn(Opcodes.ALOAD, source);
        next.visitVarInsn(Opcodes.ILOAD, sourceFrom);
        load(array, from, length);
    }

    private void load(int array, int from, int length) {
        next.visitVarInsn(Opcodes.ALOAD, array);
        next.visitVarInsn(Opcodes.ILOAD, from);
        next.visitVarInsn(Opcodes.ILOAD, length);
    }

    private void arraySet(Runnable call) {
        use(1);
        int value = firstLocal;
        // Stack: ..., array, index, value
        next.visitVarInsn(Opcodes.ASTORE, value);
        next.visitInsn(Opcodes.DUP2);
        next.visitVarInsn(Opcodes.ALOAD, value);
        call.run();
        // Stack: ..., array, index
        next.visitVarInsn(Opcodes.ALOAD, value);
        barrier("reflectiveArrayStore", "(Ljava/lang/Object;ILjava/lang/Object;I)V");
        forget(value);
    }

    private void clearReferent(Runnable call) {
        // Stack: ..., reference
        next.visitInsn(Opcodes.DUP);
        call.run();
        // Stack: ..., reference
        next.visitInsn(Opcodes.ACONST_NULL);
        MethodRewriter.push(next, sites.applyAsInt(REFERENT));
        // Stack: ..., reference, null, site
        call("fieldStore", "(Ljava/lang/Object;Ljava/lang/Object;I)V");
        // Stack: ...
    }

    private void unsafeWrite(UnsafeWrite write, Runnable call) {
        use(MOST_LOCALS);
        int holder = firstLocal;
        int offset = firstLocal + 1;
        int value = firstLocal + 3;
        int expected = firstLocal + 4;
        boolean compares = write != UnsafeWrite.PUT;
        // Stack: ..., unsafe, holder, offset, [expected,] value
        next.visitVarInsn(Opcodes.ASTORE, value);
        if (compares) {
            next.visitVarInsn(Opcodes.ASTORE, expected);
        }
        next.visitVarInsn(Opcodes.LSTORE, offset);
        next.visitVarInsn(Opcodes.ASTORE, holder);
        next.visitVarInsn(Opcodes.ALOAD, holder);
        next.visitVarInsn(Opcodes.LLOAD, offset);
        if (compares) {
            next.visitVarInsn(Opcodes.ALOAD, expected);
        }
        next.visitVarInsn(Opcodes.ALOAD, value);
        call.run();
        // Stack: ..., [result]
        if (compares) {
            next.visitInsn(Opcodes.DUP);
        }
        if (write == UnsafeWrite.COMPARE_AND_EXCHANGE) {
            next.visitVarInsn(Opcodes.ALOAD, expected);
        }
        // Stack: ..., [result, [result, [expected]]]
        next.visitVarInsn(Opcodes.ALOAD, holder);
        next.visitVarInsn(Opcodes.LLOAD, offset);
        next.visitVarInsn(Opcodes.ALOAD, value);
        barrier(
                switch (write) {
                    case PUT -> "unsafeStore";
                    case COMPARE_AND_SET -> "unsafeCompareAndSet";
                    case COMPARE_AND_EXCHANGE -> "unsafeCompareAndExchange";
                },
                switch (write) {
                    case PUT -> "(Ljava/lang/Object;JLjava/lang/Object;I)V";
                    case COMPARE_AND_SET -> "(ZLjava/lang/Object;JLjava/lang/Object;I)V";
                    case COMPARE_AND_EXCHANGE ->
                        "(Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;JLjava/lang/Object;I)V";
                });
        // Stack: ..., [result]
        forget(holder);
        forget(value);
        if (compares) {
            forget(expected);
        }
    }

    private void barrier(String name, String descriptor) {
        MethodRewriter.push(next, sites.applyAsInt(null));
        call(name, descriptor);
    }

    private void call(String name, String descriptor) {
        next.visitMethodInsn(Opcodes.INVOKESTATIC, BarrierName.INTERNAL, name, descriptor, false);
    }

    /** An interpreted frame would keep alive what was put by. */
    private void forget(int local) {
        next.visitInsn(Opcodes.ACONST_NULL);
        next.visitVarInsn(Opcodes.ASTORE, local);
    }

    private void use(int words) {
        locals = Math.max(locals, words);
    }
}
