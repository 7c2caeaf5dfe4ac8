package org.shadowheap.instrument;

import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.AnalyzerAdapter;

/**
 * Inserts the calls of the barrier. Every insertion is straight-line code that leaves the stack as it was; values are put
 * by in locals above the method's own, which no stack frame mentions.
 */
final class MethodRewriter extends MethodVisitor {

    private static final String BARRIER = BarrierName.INTERNAL;

    /** Words of stack that insertions need beside the method's own. */
    private static final int EXTRA_STACK = 4;

    /** The same where stores are told of together. */
    private static final int MOST_STACK = GatheredStores.MOST + 2;

    /** Words of locals that insertions need, hooked calls of Unsafe apart. */
    private static final int EXTRA_LOCALS = 3;

    /** Words of stack and of locals that the format can express. */
    private static final int MAX_WORDS = 0xffff;

    private final ClassRewriter sites;
    private final String className;
    private final String methodName;
    private final int firstLocal;
    private final boolean loadsClasses;
    private final boolean rootConstructor;
    private final boolean sharesArrays;
    private final HookedCalls calls;

    /** What a constructor stored to fields of this before the superclass's constructor was called. */
    private final GatheredStores early = new GatheredStores();

    /** In a constructor: the types on the stack, so that this can be told from others before it is initialized. */
    private @Nullable AnalyzerAdapter types;

    private boolean thisIsInitialized;
    private int unfinishedNews;
    private int extraStack = EXTRA_STACK;
    private int line = -1;
    private int bytes;

    MethodRewriter(
            MethodVisitor next,
            ClassRewriter sites,
            String className,
            String methodName,
            int maxLocals,
            boolean loadsClasses,
            boolean sharesArrays,
            boolean isShort) {
        super(Opcodes.ASM9, next);
        this.sites = sites;
        this.className = className;
        this.methodName = methodName;
        this.firstLocal = maxLocals;
        this.loadsClasses = loadsClasses;
        this.sharesArrays = sharesArrays;
        this.calls = new HookedCalls(next, maxLocals, isShort, new SitesHere());
        this.rootConstructor = className.equals("java/lang/Object") && methodName.equals("<init>");
        this.thisIsInitialized = !methodName.equals("<init>");
    }

    private final class SitesHere implements ToIntFunction<Sites.@Nullable Target> {
        @Override
        public int applyAsInt(Sites.@Nullable Target target) {
            return sites.site(methodName, line, target);
        }
    }

    /** Lets this visitor ask for the types on the stack before each instruction that it is told of; null for no longer. */
    void follow(@Nullable AnalyzerAdapter analyzer) {
        types = analyzer;
    }

    /** Whether {@code this} is initialized where the visitor stands, in the order of the code. */
    boolean isThisInitialized() {
        return thisIsInitialized;
    }

    /** Whether the stack holds this, uninitialized, so many words below its top; {@code otherwise} if nobody knows. */
    private boolean isUninitializedThis(int words, boolean otherwise) {
        if (types == null || types.stack == null || types.stack.size() < words) {
            return otherwise;
        }
        return types.stack.get(types.stack.size() - words) == Opcodes.UNINITIALIZED_THIS;
    }

    @Override
    public void visitLineNumber(int number, Label start) {
        line = number;
        super.visitLineNumber(number, start);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        boolean reference = ClassFacts.primitiveBytes(descriptor) == 0;
        if (reference && opcode == Opcodes.PUTFIELD) {
            putField(owner, name, descriptor);
        } else if (reference && opcode == Opcodes.PUTSTATIC && loadsClasses) {
            putStatic(owner, name, descriptor);
        } else if (reference && opcode == Opcodes.PUTSTATIC) {
            sites.leaveOut();
            super.visitFieldInsn(opcode, owner, name, descriptor);
        } else {
            super.visitFieldInsn(opcode, owner, name, descriptor);
        }
    }

    private void putField(String owner, String name, String descriptor) {
        Sites.Target target = ClassRewriter.target(owner, name);
        if (owner.equals(className) && isUninitializedThis(2, !thisIsInitialized)) {
            // The verifier lets nobody see this yet: recorded when the superclass's constructor returns.
            early.add(name, descriptor, sites.site(methodName, line, target));
            super.visitFieldInsn(Opcodes.PUTFIELD, owner, name, descriptor);
            return;
        }
        // Stack: ..., holder, value
        super.visitInsn(Opcodes.DUP2);
        // Stack: ..., holder, value, holder, value
        super.visitFieldInsn(Opcodes.PUTFIELD, owner, name, descriptor);
        // Stack: ..., holder, value
        push(sites.site(methodName, line, target));
        call(
                owner.equals("java/lang/Class") ? "mirrorStore" : "fieldStore",
                "(Ljava/lang/Object;Ljava/lang/Object;I)V");
        // Stack: ...
    }

    private void putStatic(String owner, String name, String descriptor) {
        Sites.Target target = ClassRewriter.target(owner, name);
        // Stack: ..., value
        super.visitInsn(Opcodes.DUP);
        super.visitFieldInsn(Opcodes.PUTSTATIC, owner, name, descriptor);
        // Stack: ..., value
        super.visitLdcInsn(Type.getObjectType(owner));
        push(sites.site(methodName, line, target));
        // Stack: ..., value, class, site
        call("staticStore", "(Ljava/lang/Object;Ljava/lang/Class;I)V");
        // Stack: ...
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode == Opcodes.AASTORE) {
            // Stack: ..., array, index, value
            super.visitVarInsn(Opcodes.ASTORE, firstLocal);
            super.visitInsn(Opcodes.DUP2);
            super.visitVarInsn(Opcodes.ALOAD, firstLocal);
            // Stack: ..., array, index, array, index, value
            super.visitInsn(Opcodes.AASTORE);
            super.visitVarInsn(Opcodes.ALOAD, firstLocal);
            push(sites.site(methodName, line, null));
            // Stack: ..., array, index, value, site
            call(sharesArrays ? "sharedArrayStore" : "arrayStore", "(Ljava/lang/Object;ILjava/lang/Object;I)V");
            // Stack: ...
            forget();
            return;
        }
        if (opcode == Opcodes.RETURN && rootConstructor) {
            super.visitVarInsn(Opcodes.ALOAD, 0);
            call("birth", "(Ljava/lang/Object;)V");
        }
        super.visitInsn(opcode);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        super.visitIntInsn(opcode, operand);
        if (opcode == Opcodes.NEWARRAY) {
            made("arrayBirth");
        }
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        super.visitTypeInsn(opcode, type);
        if (opcode == Opcodes.ANEWARRAY) {
            made("arrayBirth");
        } else if (opcode == Opcodes.NEW) {
            unfinishedNews++;
        }
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
        super.visitMultiANewArrayInsn(descriptor, dimensions);
        made("filledBirth");
    }

    private void made(String barrier) {
        // Stack: ..., object
        super.visitInsn(Opcodes.DUP);
        call(barrier, "(Ljava/lang/Object;)V");
        // Stack: ..., object
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        if (calls.rewrite(opcode, owner, name, descriptor, isInterface)) {
            return;
        }
        if (Intrinsics.waits(owner, name, descriptor)) {
            // Stack: ..., what the call takes
            call("waits", "()V");
        } else if (Intrinsics.starts(owner, name)) {
            // Stack: ..., thread
            super.visitInsn(Opcodes.DUP);
            call("starts", "(Ljava/lang/Object;)V");
        }
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        if (Intrinsics.makesFilledObject(owner, name, descriptor)) {
            made("filledBirth");
        } else if (opcode == Opcodes.INVOKESPECIAL && name.equals("<init>")) {
            constructed(Type.getArgumentsAndReturnSizes(descriptor) >> 2);
        }
    }

    /** An interpreted frame would keep alive what was put by. */
    private void forget() {
        super.visitInsn(Opcodes.ACONST_NULL);
        super.visitVarInsn(Opcodes.ASTORE, firstLocal);
    }

    /** A constructor of so many words of arguments returned: if it is of no {@code new}, it initialized this. */
    private void constructed(int words) {
        boolean ofThis = isUninitializedThis(words, !thisIsInitialized && unfinishedNews == 0);
        unfinishedNews = Math.max(0, unfinishedNews - 1);
        if (ofThis) {
            thisIsInitialized = true;
            tell(early, 0);
        }
    }

    /** Tells of stores that were gathered, to the object in a local. */
    void tell(GatheredStores stores, int local) {
        extraStack = Math.max(extraStack, stores.tell(mv, className, local));
    }

    /** A store to a field of this class that the caller tells of later. Returns its site. */
    int putUntold(String owner, String name, String descriptor) {
        mv.visitFieldInsn(Opcodes.PUTFIELD, owner, name, descriptor);
        return sites.site(methodName, line, ClassRewriter.target(owner, name));
    }

    private void push(int number) {
        push(mv, number);
    }

    /** Pushes the number of a site. */
    static void push(MethodVisitor to, int number) {
        if (number <= Short.MAX_VALUE) {
            to.visitIntInsn(Opcodes.SIPUSH, number);
        } else {
            to.visitLdcInsn(number);
        }
    }

    private void call(String name, String descriptor) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, BARRIER, name, descriptor, false);
    }

    /** Whether the format can express what insertions need beside a method's own. */
    static boolean hasRoom(int maxStack, int maxLocals) {
        return maxStack <= MAX_WORDS - MOST_STACK && maxLocals <= MAX_WORDS - HookedCalls.MOST_LOCALS;
    }

    /** Whether it would take less code to rewrite it as a short one. */
    boolean canBeShorter() {
        return calls.canBeShorter();
    }

    /** Bytes of code that were written. Jumps that are too far for their instruction will take more. */
    int bytes() {
        return bytes;
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        Label end = new Label();
        super.visitLabel(end);
        bytes = end.getOffset();
        super.visitMaxs(maxStack + extraStack, maxLocals + Math.max(EXTRA_LOCALS, calls.locals()));
    }
}
