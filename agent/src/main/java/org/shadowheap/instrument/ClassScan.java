package org.shadowheap.instrument;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * First pass over a class file: its fields, and for each method how many locals it has and whether anything in it needs a
 * barrier.
 */
final class ClassScan extends ClassVisitor {

    /** Locals of each method in the order of the file; -1 if the method needs no change, or has no room. */
    final List<Integer> locals = new ArrayList<>();

    /** Methods that need a change and have no room for it, by number. */
    final Map<Integer, FittedClass.LeftOut> leftOut = new TreeMap<>();

    /** Methods with subroutines (JSR, RET), which no compiler has made since Java 6, by number. */
    final Set<Integer> subroutines = new HashSet<>();

    /** Numbers of constructors that may initialize {@code this} in several places, or nobody knows where. */
    final Set<Integer> branching = new HashSet<>();

    private final ClassFacts facts;
    private final boolean initialized;
    private String className = "";
    private String[] interfaces = {};
    private final Set<String> constants = new HashSet<>();
    private boolean namesFields;
    private boolean sharesArrays;
    private boolean needed;
    private int sites;

    /** @param initialized whether the class has been, so that its initializer may stay as it is */
    ClassScan(ClassFacts facts, boolean initialized) {
        super(Opcodes.ASM9);
        this.facts = facts;
        this.initialized = initialized;
    }

    /** What the class file says; complete when it has been read. */
    ClassFacts facts() {
        return facts;
    }

    /** Whether any method needs a change. */
    boolean needsRewriting() {
        return needed;
    }

    /** How many sites the class has at most. */
    int sites() {
        return sites;
    }

    /**
     * Whether elements of arrays may be written by compare-and-set: then a plain store to an element may race with it, and
     * needs a ticket although the array is the thread's own.
     */
    boolean sharesArrays() {
        return sharesArrays;
    }

    /** Whether the class declares a field of this name that is neither static nor volatile, nor as good as that. */
    boolean isPlain(String name) {
        for (ClassFacts.Field field : facts.fields) {
            if (field.name().equals(name)) {
                return !field.isStatic() && !field.isVolatile();
            }
        }
        return false;
    }

    /** Fields that are also reached through a handle are as good as volatile: their plain stores may race. */
    @Override
    public void visitEnd() {
        if (namesFields) {
            facts.share(constants);
        }
    }

    @Override
    public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
        className = name;
        this.interfaces = interfaces;
    }

    @Override
    public @Nullable FieldVisitor visitField(
            int access, String name, String descriptor, String signature, @Nullable Object value) {
        String shared = SharedStrings.of(name);
        facts.fields.add(new ClassFacts.Field(
                shared,
                ClassFacts.primitiveBytes(descriptor),
                ClassFacts.isReferenceArray(descriptor),
                (access & Opcodes.ACC_STATIC) != 0,
                (access & Opcodes.ACC_VOLATILE) != 0));
        if (value instanceof String && (access & Opcodes.ACC_STATIC) != 0) {
            facts.constants.add(shared);
        }
        return null;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        facts.declaresGet |= name.equals("get") && descriptor.equals("()Ljava/lang/Object;");
        facts.declaresNative |= (access & Opcodes.ACC_NATIVE) != 0;
        int index = locals.size();
        locals.add(-1);
        boolean hooked = isHooked(className, interfaces, name, descriptor);
        boolean never =
                Intrinsics.isHookedByCallers(className, name, descriptor) || initialized && name.equals("<clinit>");
        return new MethodScan(index, name, descriptor, hooked, never);
    }

    /** Whether the agent cannot do without the calls in a method: it is never left as it is. */
    static boolean isHooked(String className, String[] interfaces, String name, String descriptor) {
        return className.equals("java/lang/Object") && name.equals("<init>")
                || HiddenClassHook.isFor(interfaces, name, descriptor)
                || LinkageHook.isFor(className, name)
                || DefinitionHook.isFor(className, name)
                || ThreadHook.isFor(className, name, descriptor);
    }

    private final class MethodScan extends MethodVisitor {
        private final int index;
        private final String name;
        private final String descriptor;
        private final boolean hooked;
        private final boolean never;
        private boolean found;
        private int stores;

        /** Constructors that are called, {@code new} instructions apart: in a constructor, that of {@code this}. */
        private int initializations;

        MethodScan(int index, String name, String descriptor, boolean hooked, boolean never) {
            super(Opcodes.ASM9);
            this.index = index;
            this.name = name;
            this.descriptor = descriptor;
            this.hooked = hooked;
            this.found = hooked;
            this.never = never;
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            if ((opcode == Opcodes.PUTFIELD || opcode == Opcodes.PUTSTATIC)
                    && ClassFacts.primitiveBytes(descriptor) == 0) {
                stores++;
            }
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.AASTORE) {
                stores++;
            }
        }

        @Override
        public void visitJumpInsn(int opcode, Label to) {
            if (opcode == Opcodes.JSR) {
                subroutines.add(index);
            }
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
            found |= opcode == Opcodes.NEWARRAY;
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            found |= opcode == Opcodes.ANEWARRAY;
            if (opcode == Opcodes.NEW) {
                initializations--;
            }
        }

        @Override
        public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
            found = true;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (opcode == Opcodes.INVOKESPECIAL && name.equals("<init>")) {
                initializations++;
                return;
            }
            if (HookedCalls.isHooked(owner, name, descriptor)) {
                stores++;
            }
            namesFields |= Intrinsics.namesSharedField(name);
            sharesArrays |= Intrinsics.sharesElements(owner, name);
            found |= Intrinsics.makesFilledObject(owner, name, descriptor)
                    || Intrinsics.waits(owner, name, descriptor)
                    || Intrinsics.starts(owner, name);
        }

        @Override
        public void visitLdcInsn(Object value) {
            if (value instanceof String text) {
                constants.add(text);
            }
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
            if (!found && stores == 0 || never) {
                return;
            }
            facts.onlyInitializer = name.equals("<clinit>") && (facts.onlyInitializer || !needed);
            needed = true;
            if (initializations != 1 && name.equals("<init>")) {
                branching.add(index);
            }
            if (MethodRewriter.hasRoom(maxStack, maxLocals) || hooked) {
                locals.set(index, maxLocals);
                sites += stores;
            } else {
                leftOut.put(
                        index,
                        new FittedClass.LeftOut(
                                name + descriptor,
                                "no room for more: maxLocals=" + maxLocals + " maxStack=" + maxStack));
            }
        }
    }

    /** Binary name of a type that an instruction names; of an array its element type with brackets. */
    static String binaryName(String internalName) {
        return internalName.startsWith("[")
                ? Type.getType(internalName).getClassName()
                : internalName.replace('/', '.');
    }
}
